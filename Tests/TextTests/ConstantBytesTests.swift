import Foundation
import Testing
import Text

@Suite struct ConstantBytesTests {
  @Test func bytesAreTheSameFromEverySource() throws {
    let text: StaticString = "0123456789abcdef\nrest"
    let copy = ConstantBytes(Array("0123456789abcdef\nrest".utf8))
    let path = NSTemporaryDirectory() + "constant-bytes-\(UUID().uuidString)"
    try Data("0123456789abcdef\nrest".utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    for bytes in [ConstantBytes(text), copy, try ConstantBytes(mapping: path)] {
      #expect(bytes.count == 21)
      #expect(bytes.eightBytes(at: 0) == 0x3736_3534_3332_3130)
      #expect(bytes.eightBytes(at: 3) == 0x6139_3837_3635_3433)
      #expect(bytes.line(from: 0, limit: 100) == "0123456789abcdef")
      #expect(bytes.line(from: 0, limit: 10) == nil)
      #expect(bytes.line(from: 17, limit: 100) == nil)
    }
  }

  @Test func whatCannotBeMappedSaysWhy() throws {
    #expect(throws: MappingError(code: ENOENT)) { _ = try ConstantBytes(mapping: "/nowhere/x") }
    let path = NSTemporaryDirectory() + "constant-bytes-\(UUID().uuidString)"
    try Data().write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: MappingError(code: EINVAL)) { _ = try ConstantBytes(mapping: path) }
  }
}
