import Foundation
import Testing

/// What golden cases cannot show: directories that cannot be read, for the superuser reads all.
@Suite struct InputsTests {
  @Test func aDirectoryThatCannotBeReadIsNamedBeforeAnythingIsWritten() throws {
    let folder = try TemporaryFolder()
    // Without the rights of the superuser, where the command can be started without them.
    let result = try Shell.run(
      """
      as=
      if [ "$(id -u)" = 0 ]; then as="setpriv --reuid 65534 --clear-groups"; fi
      $as chatscrub --version > version || exit 0
      chmod 777 .
      mkdir -p data/sub
      echo '{"text":"x"}' | tee data/a.jsonl > data/sub/b.jsonl
      chmod 000 data/sub
      for input in data data/sub 'data/*/*.jsonl'; do
        $as chatscrub redact "$input" --format generic --output-dir out; echo "status $?" >&2
      done
      chmod 755 data/sub
      chmod 000 data/sub/b.jsonl
      $as chatscrub redact data --format generic --output-dir out; echo "status $?" >&2
      echo done
      ls
      """, in: folder.url)
    guard !result.standardOutput.isEmpty else { return }
    #expect(String(decoding: result.standardOutput, as: UTF8.self) == "done\ndata\nversion\n")
    let names = ["data/sub", "data/sub", "data/*/*.jsonl", "data/sub/b.jsonl"]
    let lines = names.map {
      "chatscrub: error: cannot read \($0): Permission denied\nstatus 2\n"
    }
    #expect(String(decoding: result.standardError, as: UTF8.self) == lines.joined())
  }

  @Test func aPathThatIsTooLongIsNamed() throws {
    let folder = try TemporaryFolder()
    let result = try Shell.run(
      """
      mkdir data
      echo '{"text":"x"}' > data/a.jsonl
      name=$(printf '%0200d' 0)
      (cd data; for step in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22
      do mkdir $name; cd -P $name; done)
      chatscrub redact data --format generic --output-dir out 2> log; echo "status $?"
      tail -c 21 log
      rm -rf data
      ls
      """, in: folder.url)
    #expect(
      String(decoding: result.standardOutput, as: UTF8.self)
        == "status 2\n: File name too long\nlog\n")
  }
}
