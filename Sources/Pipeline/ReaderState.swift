/// What is known of an input that was read to its end.
package struct InputSummary: Codable, Equatable, Sendable {
  /// The name as given.
  package var name: String
  /// The size of the file as it is, compressed or not.
  package var bytes: Int64
  /// The size of what was decoded from it.
  package var decodedBytes: Int64
  /// The number of records, over-long ones included.
  package var records: Int
  /// SHA-256 of the file as it is, in hexadecimal digits, if it was asked for.
  package var sha256: String?

  package init(name: String, bytes: Int64, decodedBytes: Int64, records: Int, sha256: String?) {
    self.name = name
    self.bytes = bytes
    self.decodedBytes = decodedBytes
    self.records = records
    self.sha256 = sha256
  }
}

/// The place between two batches: enough for a reader to go on from there.
package struct ReaderState: Codable, Equatable, Sendable {
  /// The inputs read to their ends.
  package var finished: [InputSummary] = []
  /// The place of the current input in the list, counted from 0.
  package var input = 0
  /// Bytes of decoded input that lie behind.
  package var offset: Int64 = 0
  /// Records that lie behind.
  package var records = 0
  /// Line endings that lie behind.
  package var lines = 0
  /// How the records are held together; `nil` before the first bytes were looked at.
  package var container: Container?
  /// Where in an array the place is.
  var phase = RecordSplitter.Phase.start
  /// Whether the place is between records; it is not amid the pieces of an over-long one.
  var isBetweenRecords = true
  /// Whether the next record would go on with the group of the last, had that not been full.
  var isGroupCut: Bool?

  package init() {}
}
