/// What a JSON value is.
package enum ValueKind: UInt8, Sendable, CaseIterable {
  case string, number, literal, object, array

  /// The name used after the colon of a `detect` path.
  package var name: String {
    switch self {
    case .string: "string"
    case .number: "number"
    case .literal: "literal"
    case .object: "object"
    case .array: "array"
    }
  }

  init?(name: String) {
    guard let kind = ValueKind.allCases.first(where: { $0.name == name }) else { return nil }
    self = kind
  }
}

/// How a string is written where it stands.
package enum TextEncoding: UInt8, Sendable {
  /// The inside of a JSON string.
  case json
  /// As it is.
  case verbatim
  /// The inside of a quoted cell of a table: two quotes stand for one.
  case cell
  /// HTML: entities stand for characters. Tags are taken for text.
  case html
}

/// Where a value stands in its record, and what the format says about it.
package struct ValueLocation: Sendable, Equatable {
  /// Bytes of the record, or of its `layer`: inside the quotes for a string, the whole value else.
  package var range: Range<Int>
  /// The index into `Format.fields`; -1 when no path of the format leads here.
  package var field: Int32
  /// The number of the innermost object around the value, counted from 0 as they open; -1: none.
  package var object: Int32
  package var kind: ValueKind
  /// Whether a string holds a backslash, so that it has to be unescaped.
  package var hasEscapes: Bool
  /// Whether a string's raw bytes are all ASCII; an escape may still stand for another character.
  package var isASCII: Bool
  package var encoding: TextEncoding
  /// Who speaks here, when the field says so; else the object does.
  package var role: Role?
  /// The text inside a string that the value stands in, counted from 1; 0: the record itself.
  package var layer: Int32
  /// The index into `RecordMap.keys` of its key, or of that of the array it is in, for what no path
  /// of the format names; else -1.
  package var key: Int32 = -1

  /// Whether this is a number under a key, which is read as a string would be.
  package var isKeyedNumber: Bool { kind == .number && key >= 0 }

  package init(
    range: Range<Int>, field: Int32, object: Int32, kind: ValueKind, hasEscapes: Bool,
    isASCII: Bool, encoding: TextEncoding = .json, role: Role? = nil, layer: Int32 = 0
  ) {
    self.encoding = encoding
    self.role = role
    self.layer = layer
    self.range = range
    self.field = field
    self.object = object
    self.kind = kind
    self.hasEscapes = hasEscapes
    self.isASCII = isASCII
  }
}

/// A string of a record whose text is looked into: JSON in a string, a transcript, HTML.
package struct TextLayer: Sendable {
  /// The string's text.
  package let bytes: [UInt8]
  /// How the string is written where it stands.
  package let encoding: TextEncoding
  /// The layer the string stands in; 0: the record.
  let outer: Int32
  /// The string's first byte in that.
  let start: Int
  let segment: EscapeMap.Segment
}

/// Appends the text of a string wherever it stands, and the bytes of any other value, as `decode`.
@discardableResult
package func decode(
  _ value: ValueLocation, of record: Span<UInt8>, in layers: [TextLayer],
  into text: inout [UInt8], map: inout EscapeMap
) -> EscapeMap.Segment {
  let encoding = value.kind == .string ? value.encoding : .verbatim
  if value.layer == 0 {
    return decode(record, value.range, as: encoding, into: &text, map: &map)
  }
  let bytes = layers[Int(value.layer - 1)].bytes
  return decode(bytes.span, value.range, as: encoding, into: &text, map: &map)
}

/// What the parser found in one record. Reused from record to record by its worker.
package struct RecordMap: Sendable {
  /// An object of the record.
  struct ObjectInfo: Sendable {
    /// The object around it, or -1.
    let parent: Int32
    /// The role said in it; after the parse, the role said in it or around it.
    var role: Role
    /// Which conditions its strings fulfil.
    var facts: UInt64 = 0
  }

  /// The values to look at, in the order of the record; disjoint.
  package internal(set) var values: [ValueLocation] = []
  /// The flags and derived values, in the order of the record.
  package internal(set) var noted: [ValueLocation] = []
  /// The conversation's identifier: inside the quotes, or a number's digits.
  package internal(set) var conversationID: Range<Int>?
  /// The record's language, inside the quotes.
  package internal(set) var language: Range<Int>?
  /// The keys, or names of columns, of the short strings and numbers that no path of the format
  /// names, without their escapes.
  package internal(set) var keys: [[UInt8]] = []
  /// The texts that values stand in, the first being layer 1.
  package internal(set) var layers: [TextLayer] = []
  /// The way back from the layers' bytes.
  var escapes = EscapeMap()
  /// The objects in the order they open.
  var objects: [ObjectInfo] = []
  /// By field of the format: how many objects further out it speaks for; -1: the record.
  var objectsUp: [Int32] = []

  package init() {}

  /// Who speaks in a value: the role of its field, else the role its object says, before or after
  /// it, else what the nearest object around that says. O(1).
  package func role(of value: ValueLocation) -> Role {
    value.role ?? (value.object < 0 ? .none : objects[Int(value.object)].role)
  }

  /// The offset in the record of an offset in a layer. O(layers × log escapes).
  package func recordOffset(_ offset: Int, layer: Int32) -> Int {
    var (offset, layer) = (offset, layer)
    while layer > 0 {
      let text = layers[Int(layer - 1)]
      offset = escapes.rawOffset(ofDecoded: offset, in: text.segment)
      layer = text.outer
    }
    return offset
  }

  /// The offset in the record of the string that a value is, or stands in.
  package func start(of value: ValueLocation) -> Int {
    var (start, layer) = (value.range.lowerBound, value.layer)
    while layer > 0 {
      let text = layers[Int(layer - 1)]
      (start, layer) = (text.start, text.outer)
    }
    return start
  }

  /// Where a value and the strings it stands in begin, the outermost first: the layer and the
  /// offset in it, and how the string is written there.
  package func places(
    of value: ValueLocation
  ) -> [(layer: Int32, start: Int, encoding: TextEncoding)] {
    var places = [(value.layer, value.range.lowerBound, value.encoding)]
    var layer = value.layer
    while layer > 0 {
      let text = layers[Int(layer - 1)]
      layer = text.outer
      places.append((layer, text.start, text.encoding))
    }
    return places.reversed()
  }

  /// How a value and the strings it stands in are written, the innermost first.
  package func encodings(of value: ValueLocation) -> [TextEncoding] {
    var encodings = [value.encoding]
    var layer = value.layer
    while layer > 0 {
      encodings.append(layers[Int(layer - 1)].encoding)
      layer = layers[Int(layer - 1)].outer
    }
    return encodings
  }

  /// The number of the object a flag or derived value speaks for; -1: all there is.
  package func scope(of value: ValueLocation) -> Int32 {
    let up = objectsUp[Int(value.field)]
    return outer(value.object, up < 0 ? .max : up)
  }

  /// The object that many further out, -1 beyond the outermost; `.max`: the outermost.
  func outer(_ object: Int32, _ count: Int32) -> Int32 {
    var object = object
    var left = count
    while object >= 0, left > 0 {
      let parent = objects[Int(object)].parent
      // Without a count, as far as there are objects.
      if parent < 0, count == .max { break }
      object = parent
      left -= 1
    }
    return object
  }

  /// The object around an object, or -1.
  package func parent(of object: Int32) -> Int32 { objects[Int(object)].parent }

  package var objectCount: Int { objects.count }

  mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    noted.removeAll(keepingCapacity: true)
    objects.removeAll(keepingCapacity: true)
    layers.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    escapes.removeAll()
    conversationID = nil
    language = nil
  }
}
