// How a format's records become rows of the collection, as its file says it.

/// The section `collection` of a format file: paths that find a conversation's parts.
package struct CollectionDefinition: Codable, Sendable, Equatable {
  /// Why records of this format are no conversations; then all else is empty.
  package var refusal: String?
  /// Lead to the conversations of a record when it holds several: the first that leads to some. The
  /// other paths start there.
  package var each: [String] = []
  /// What every row has, where its variant says nothing else.
  package var columns: [CollectionColumn: CollectionValue] = [:]
  /// One row of each conversation for each: two for a pair of answers, one otherwise.
  package var variants: [CollectionVariant] = []

  package init() {}
}

/// One kind of row that a conversation gives.
package struct CollectionVariant: Codable, Sendable, Equatable {
  /// Put behind the conversation's id; empty where there is one variant.
  package var suffix = ""
  package var turns: CollectionTurns
  package var columns: [CollectionColumn: CollectionValue] = [:]

  package init(turns: CollectionTurns) { self.turns = turns }
}

/// What a row holds beside its turns; the names of the keys in a format file.
package enum CollectionColumn: String, Codable, Sendable, CaseIterable, CodingKeyRepresentable {
  case id, model, user, timestamp, source
  case location, age, gender
  case rate, language, redacted, toxic, title, status
  case customInstruction = "custom_instruction"
  /// Ratings of single answers, in their order; they go into `rate`.
  case ratings
}

/// Where a column's text comes from.
package struct CollectionValue: Codable, Sendable, Equatable {
  /// Tried in order: the first that leads to a text decides.
  package var paths: [String] = []
  /// All of these lead to parts, which are joined. Used where `paths` is empty.
  package var all: [String] = []
  /// What stands between several parts.
  package var joiner = "\n\n"
  /// Texts that are said in another way: the whole, or else its parts.
  package var words: [String: String] = [:]
  /// The text when there is none.
  package var fallback = ""
  /// Whether the text is an identifier that must not be published: a keyed pseudonym stands for it.
  package var isHidden = false

  package init() {}
}

/// How the turns are laid out.
package indirect enum CollectionTurns: Codable, Sendable, Equatable {
  /// Each value at these paths is a turn, those of the first path first.
  case list([String], CollectionTurn)
  /// Two lists: the first of one is followed by the first of the other.
  case pairs(user: String, assistant: String)
  /// A list of texts: the user's, the assistant's, the user's …
  case alternate(String)
  /// One text with marks before each turn, and where the assistant's answer to it stands.
  case transcript(String, marks: [String: Role], answer: String?)
  /// A fixed number of turns.
  case fixed([CollectionFixedTurn])
  /// A message with answers in it, and so on: one row for each path from the first to a last one.
  case tree(root: String, children: String, CollectionTurn)
  /// Messages that name the one before them: the row is the way from the last to the first.
  case linked(nodes: String, id: String, parent: String, last: String, CollectionTurn)
  /// The first of these layouts that finds something.
  case first([CollectionTurns])
}

/// What one message of a list or a tree says, by paths that start at it.
package struct CollectionTurn: Codable, Sendable, Equatable {
  package var role: CollectionValue
  package var content: CollectionValue
  /// Names the message in the id of a tree's row.
  package var id: String?
  /// Messages that are left out.
  package var leaveOut: [CollectionExclusion] = []

  package init(role: CollectionValue, content: CollectionValue) {
    self.role = role
    self.content = content
  }
}

/// Messages that are left out when the value at a path is one of these, and what they are counted
/// as.
package struct CollectionExclusion: Codable, Sendable, Equatable {
  package var reason: String
  package var path: String
  package var values: [String]

  package init(reason: String, path: String, values: [String]) {
    self.reason = reason
    self.path = path
    self.values = values
  }
}

/// A turn that every record of the format has.
package struct CollectionFixedTurn: Codable, Sendable, Equatable {
  package var role: Role
  package var content: CollectionValue

  package init(role: Role, content: CollectionValue) {
    self.role = role
    self.content = content
  }
}
