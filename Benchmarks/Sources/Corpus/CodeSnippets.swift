/// Pieces of code of our own, with much in them that looks like personal data and is none.
enum CodeSnippets {
  /// The snippets as they stand inside a JSON string.
  static let escaped: [[UInt8]] = snippets.map { snippet in
    var target: [UInt8] = []
    for byte in snippet.utf8 {
      switch byte {
      case UInt8(ascii: "\n"): target += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): target += [UInt8(ascii: "\\"), byte]
      default: target.append(byte)
      }
    }
    return target
  }

  private static let snippets = [
    """
    ```cpp
    std::vector<int> v{1, 2, 3};
    for (auto it = v.begin(); it != v.end(); ++it) { std::cout << *it << std::endl; }
    boost::asio::io_context io; Foo::bar(0x7fff5fbff8a0);
    ```
    """,
    """
    ```python
    import re
    def parse(line):
        m = re.match(r"^(\\d{4})-(\\d{2})-(\\d{2}) v(\\d+\\.\\d+\\.\\d+)$", line)
        return [int(x) for x in m.groups()[::-1]] if m else None
    data = {"key": [1.5, 2.25, 1700000000], "id": "a1b2c3d4e5f60718"}
    ```
    """,
    """
    ```swift
    struct Point { var x = 0.0, y = 0.0 }
    let points = (0..<10).map { Point(x: Double($0), y: 3.14159) }
    precondition(points.count == 10, "ten points")
    ```
    """,
    """
    ```sql
    SELECT id, count(*) AS n FROM events WHERE ts > '2024-01-02 03:04:05'
    GROUP BY id HAVING n > 1000 ORDER BY n DESC LIMIT 25;
    ```
    """,
    """
    ```json
    {"name": "demo", "version": "2.10.11-beta.3", "size": 1048576, "tags": ["a", "b"],
     "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
    ```
    """,
    """
    ```
    [12:04:55.120] INFO  worker-3 took 1532 ms, 4096 rows, 127.0.0.1:8080 -> 0.0.0.0
    [12:04:55.981] WARN  retry 2/5: timeout after 30000 ms at core::net::poll (net.rs:412)
    ```
    """,
    """
    ```html
    <div class="card" id="c-42"><a href="/index.html#top">Home</a>&nbsp;<b>42 %</b></div>
    <style>.card { color: #336699; margin: 0 4px 8px; }</style>
    ```
    """,
    """
    ```rust
    let v: Vec<u32> = (0..10).collect();
    assert_eq!(v.iter().sum::<u32>(), 45);
    impl<T: Ord> Heap<T> { fn push(&mut self, item: T) { self.items.push(item); } }
    ```
    """,
  ]
}
