internal import Records

/// Tells which records that follow one another are of one conversation: those with the same value
/// at a path. Used by one thread.
struct RecordGrouper: ~Copyable {
  /// The most records and bytes of one group; what follows is a group of its own, with its own map
  /// of entities. Counted from the group's start, so that it does not depend on batches.
  static let recordsMax = 1000
  static let bytesMax = 4 << 20

  private var parser: RecordParser
  private var map = RecordMap()
  /// The key of the group that is open; empty when none is.
  private var key: [UInt8] = []
  private var records = 0
  private var bytes = 0

  /// A grouper by the value at a path, which is compared as it is written.
  ///
  /// Throws for a path that cannot be read.
  init(path: String) throws(FormatError) {
    let format = try Format(
      FormatDefinition(
        name: "group", fields: [FieldDefinition(path: path, use: .conversationID)]))
    parser = RecordParser(format: format)
  }

  /// Begins a batch: no group reaches into it.
  mutating func startBatch(_ container: Container, columns: [[UInt8]]) {
    parser.layout = container.layout
    parser.columns = columns
    key.removeAll(keepingCapacity: true)
  }

  /// Whether a record goes on with the group of the one before it. One without a value at the path
  /// is of no group. O(record).
  mutating func isNextOfGroup(_ record: Span<UInt8>) -> (isNext: Bool, isFull: Bool) {
    let isRead = (try? parser.parse(record, into: &map)) != nil
    guard isRead, let range = map.conversationID, !range.isEmpty else {
      key.removeAll(keepingCapacity: true)
      return (false, false)
    }
    var own: [UInt8] = []
    own.append(record, range)
    let isSame = own == key
    let isFull =
      isSame && (records >= Self.recordsMax || bytes + record.count > Self.bytesMax)
    if isSame, !isFull {
      records += 1
      bytes += record.count
      return (true, false)
    }
    key = own
    records = 1
    bytes = record.count
    return (false, isFull)
  }
}
