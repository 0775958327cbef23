import Foundation
let out = CommandLine.arguments[2]
let big = String(repeating: "abcdefghij klmnop \\n zażółć\u{1F}", count: 60000).replacingOccurrences(of: "\u{1F}", with: "|")
try "package let packedPatterns: StaticString = #\"\(big)\"#\n".write(toFile: out, atomically: true, encoding: .utf8)
