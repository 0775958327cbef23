/// In how many conversations, of how many users, each name of a data set stands.
///
/// Counts grow in the order of the input, whatever the number of workers, so they are the same for
/// any. Memory is bounded: of a name the users are counted up to `usersMax`, its spelling is kept
/// only once it has as many as are asked for, and above `namesMax` names those of the fewest users
/// are forgotten. That can only make counts smaller, so that what is kept is never kept wrongly.
package struct SurveyTally: BatchTally {
  /// One name in one conversation.
  package struct Sighting: Codable, Sendable {
    /// Of the folded name and its type.
    package var key: UInt64
    /// A hash of who had the conversation.
    package var user: UInt64
    package var type: String
    package var name: String

    package init(key: UInt64, user: UInt64, type: String, name: String) {
      self.key = key
      self.user = user
      self.type = type
      self.name = name
    }
  }

  /// What is known of a name.
  package struct Count: Codable, Sendable {
    /// The first that were seen, each once.
    fileprivate var firstUser: UInt64
    fileprivate var otherUsers: [UInt64] = []
    package fileprivate(set) var conversations = 0
    /// Known once the name has enough users.
    package fileprivate(set) var type = ""
    package fileprivate(set) var name = ""

    package var users: Int { 1 + otherUsers.count }

    fileprivate mutating func add(_ sighting: Sighting, usersMin: Int) {
      conversations += 1
      if sighting.user != firstUser, users < SurveyTally.usersMax,
        !otherUsers.contains(sighting.user)
      {
        otherUsers.append(sighting.user)
      }
      if name.isEmpty, users >= usersMin {
        name = sighting.name
        type = sighting.type
      }
    }
  }

  /// The most users that are counted of one name.
  package static let usersMax = 256

  /// The most names that are counted at a time: some 100 MB, and 8 bytes more for each user of each
  /// name.
  package var namesMax = 1 << 20
  /// From how many users on a name's spelling is kept.
  package var usersMin = 1
  package var records = 0
  /// Those of them that do not say whose they are: they are taken for one user's.
  package var recordsWithoutUser = 0
  /// Records that could not be read or scanned, by the reason.
  package var failures: [String: Int] = [:]
  /// Names of few users that were forgotten to make room.
  package private(set) var forgotten = 0
  /// What a batch saw; empty in totals.
  package var sightings: [Sighting] = []
  private var counts: [UInt64: Count] = [:]

  package init() {}

  package mutating func merge(_ later: Self) {
    usersMin = later.usersMin
    records += later.records
    recordsWithoutUser += later.recordsWithoutUser
    failures.merge(later.failures, uniquingKeysWith: +)
    for sighting in later.sightings { add(sighting) }
  }

  private mutating func add(_ sighting: Sighting) {
    if counts[sighting.key] == nil, counts.count >= namesMax { makeRoom() }
    counts[sighting.key, default: Count(firstUser: sighting.user)]
      .add(sighting, usersMin: usersMin)
  }

  /// Forgets names of one user, then of two, …, until there is room for a quarter more.
  private mutating func makeRoom() {
    var users = 1
    while counts.count > namesMax / 4 * 3, users <= Self.usersMax {
      let before = counts.count
      counts = counts.filter { $0.value.users > users }
      forgotten += before - counts.count
      users += 1
    }
  }

  /// The names of at least `usersMin` users: those of the most users first, then by conversations,
  /// then by name and type.
  ///
  /// - Complexity: O(names log names).
  package var names: [Count] {
    counts.values.filter { $0.users >= usersMin && !$0.name.isEmpty }.sorted {
      ($1.users, $1.conversations, $0.name, $0.type)
        < ($0.users, $0.conversations, $1.name, $1.type)
    }
  }

  /// How many names were counted and not forgotten.
  package var distinct: Int { counts.count }
}
