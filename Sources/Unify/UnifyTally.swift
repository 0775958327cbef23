package import Pipeline

/// What was counted while records became rows, and what is known of each row. Holds codes, counts
/// and paths that a format's file names, never a value of the input.
package struct UnifyTally: BatchTally {
  /// What is kept of a row while all rows are gathered: 56 bytes.
  package struct Entry: Codable, Sendable, Equatable {
    /// A hash of source and conversation id.
    package var key: Hash128
    /// A hash of source and turns.
    package var content: Hash128
    /// A hash of the user's id; 0 for none.
    package var user: UInt64
    /// The record's time in nanoseconds since 1970; the least number for none.
    package var order: Int64
    /// The length of the row's line in bytes.
    package var length: Int64

    package init(key: Hash128, content: Hash128, user: UInt64, order: Int64, length: Int64) {
      self.key = key
      self.content = content
      self.user = user
      self.order = order
      self.length = length
    }
  }

  /// What redaction counted; without redaction only records and quarantine.
  package var scrub = ScrubTally()
  /// One for each row, in the order of the input.
  package var entries: [Entry] = []
  /// Messages that are in no row, by the reason.
  package var messagesLeftOut: [String: Int] = [:]
  /// Conversations without a message that can be in a row.
  package var emptyConversations = 0
  /// System messages that became custom instructions.
  package var systemMessages = 0
  /// Values of the record that no column is for, by the path of the topmost.
  package var leftBehind: [String: Int] = [:]
  /// Users whose id is "" because there is no key.
  package var userIDsLeftOut = 0
  /// Conversations that got their id from their content.
  package var idsMade = 0
  /// Times in no form that is understood; they are "".
  package var timesNotUnderstood = 0
  /// Texts with half a pair of surrogates, which no UTF-8 can say: U+FFFD stands for it.
  package var loneSurrogates = 0

  package init() {}

  /// The most paths that are listed, the first in the order of the alphabet.
  private static let pathsMax = 1000

  package mutating func merge(_ later: Self) {
    scrub.merge(later.scrub)
    entries += later.entries
    messagesLeftOut.merge(later.messagesLeftOut, uniquingKeysWith: +)
    leftBehind.merge(later.leftBehind, uniquingKeysWith: +)
    emptyConversations += later.emptyConversations
    systemMessages += later.systemMessages
    userIDsLeftOut += later.userIDsLeftOut
    idsMade += later.idsMade
    timesNotUnderstood += later.timesNotUnderstood
    loneSurrogates += later.loneSurrogates
    guard leftBehind.count > Self.pathsMax else { return }
    for path in leftBehind.keys.sorted().dropFirst(Self.pathsMax) { leftBehind[path] = nil }
  }
}
