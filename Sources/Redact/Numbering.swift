internal import Scan

/// The numbers of a record's placeholders: one per entity, in order of first appearance, above
/// every number that was there before. Scratch of one worker, emptied for each record.
struct Numbering {
  private struct Key: Hashable {
    var type: Int
    var value: [UInt8]
  }

  private var numbers: [Key: Int] = [:]
  /// The numbers of people, by entity; 0 where there is none yet.
  private var people: [Int] = []
  private var next: [Int: Int] = [:]
  /// The greatest number a label already has in the record.
  private var taken: [String: Int] = [:]

  /// Forgets everything.
  mutating func removeAll() {
    forgetNumbers()
    taken.removeAll(keepingCapacity: true)
  }

  /// Forgets the numbers given, not those that were there before.
  mutating func forgetNumbers() {
    numbers.removeAll(keepingCapacity: true)
    people.removeAll(keepingCapacity: true)
    next.removeAll(keepingCapacity: true)
  }

  /// Notes a placeholder that stands in the record.
  mutating func reserve(_ placeholder: [UInt8]) {
    guard let (label, number) = Placeholders.parse(placeholder) else { return }
    taken[label] = max(taken[label] ?? 0, number)
  }

  /// The number of an entity, given its type and its value in the form in which equal entities are
  /// equal.
  mutating func number(type: Int, label: String, value: [UInt8]) -> Int {
    let key = Key(type: type, value: value)
    if let known = numbers[key] { return known }
    let number = nextNumber(type: type, label: label)
    numbers[key] = number
    return number
  }

  /// The number of a person, given the entity.
  mutating func number(person entity: Int, type: Int, label: String) -> Int {
    while people.count <= entity { people.append(0) }
    if people[entity] == 0 { people[entity] = nextNumber(type: type, label: label) }
    return people[entity]
  }

  private mutating func nextNumber(type: Int, label: String) -> Int {
    let number = (next[type] ?? taken[label] ?? 0) + 1
    next[type] = number
    return number
  }

  /// The form of a value in which two spellings of one thing are equal: without case and, where
  /// there are digits enough to tell things apart, without what is between them.
  static func canonical(_ value: Span<UInt8>, isNumeric: Bool) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(value.count)
    if isNumeric {
      for index in 0..<value.count where value[index] &- 48 < 10 { result.append(value[index]) }
      if result.count >= 7 {
        // +1 415… and 415… are one subscriber, as are 00 44… and +44….
        if result.starts(with: [48, 48]) { result.removeFirst(2) }
        if result.count == 11, result[0] == 49 { result.removeFirst() }
        return result
      }
      result.removeAll(keepingCapacity: true)
    }
    for index in 0..<value.count {
      let byte = value[index]
      result.append(byte &- 65 < 26 ? byte | 0x20 : byte)
    }
    return result
  }
}
