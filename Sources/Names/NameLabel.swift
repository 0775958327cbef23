/// What a capitalised word is in the sequence of its chain: the first or a further word of a name,
/// or none (the BIO scheme of CoNLL-2003).
package enum NameLabel: Int, Sendable, CaseIterable {
  case outside, firstOfPerson, insidePerson, firstOfPlace, insidePlace, firstOfOrganization,
    insideOrganization

  /// The kind of name, `nil` outside.
  package var kind: MentionKind? {
    switch self {
    case .outside: nil
    case .firstOfPerson, .insidePerson: .person
    case .firstOfPlace, .insidePlace: .location
    case .firstOfOrganization, .insideOrganization: .organization
    }
  }

  package var isInside: Bool { rawValue != 0 && rawValue & 1 == 0 }

  /// The label in the file of weights.
  package var name: String {
    ["O", "B-PERSON", "I-PERSON", "B-LOCATION", "I-LOCATION", "B-ORGANIZATION", "I-ORGANIZATION"][
      rawValue]
  }

  /// Whether the label may follow another in one chain: only a name goes on.
  package func follows(_ previous: NameLabel) -> Bool {
    !isInside || previous.kind == kind
  }

  package static func first(of kind: MentionKind) -> NameLabel {
    NameLabel(rawValue: Int(kind.rawValue) * 2 + 1)!
  }

  package static func inside(_ kind: MentionKind) -> NameLabel {
    NameLabel(rawValue: Int(kind.rawValue) * 2 + 2)!
  }
}
