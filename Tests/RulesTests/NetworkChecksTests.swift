import Rules
import TestSupport
import Testing

@Suite struct NetworkChecksTests {
  @Test func ipv4TakesHostsAndRefusesTheRest() {
    let valid = [
      "192.0.2.1", "198.51.100.255", "203.0.113.0", "10.0.0.1", "8.8.8.8", "1.2.3.4",
      "255.1.2.3", "128.0.0.1", "192.168.1.1",
    ]
    for text in valid { #expect(NetworkChecks.ipv4(Array(text.utf8)), "\(text)") }
    let invalid = [
      "", "0.0.0.0", "0.1.2.3", "127.0.0.1", "127.255.255.254", "255.255.255.255",
      "255.255.255.0", "255.0.0.0", "255.255.240.0", "255.255.255.252", "256.1.1.1", "1.2.3",
      "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3", "01.2.3.4", "1.2.3.04", "1.2.3.4 ", "a.b.c.d",
      "1.2.3.1000", "-1.2.3.4", "1,2,3,4", "１.2.3.4",
    ]
    for text in invalid { #expect(!NetworkChecks.ipv4(Array(text.utf8)), "\(text)") }
  }

  @Test func everyNetmaskIsRefused() {
    for length in 8...32 {
      let mask = UInt32.max << UInt32(32 - length)
      let text = [24, 16, 8, 0].map { String(mask >> UInt32($0) & 255) }.joined(separator: ".")
      #expect(!NetworkChecks.ipv4(Array(text.utf8)), "\(text)")
    }
  }

  @Test func ipv6TakesTheTextFormsOfRFC4291() {
    let valid = [
      "2001:db8:0:0:8:800:200c:417a", "2001:DB8::8:800:200C:417A", "ff01:0:0:0:0:0:0:101",
      "2001:db8::1", "2001:0db8:85a3:0000:0000:8a2e:0370:7334", "fe80::1:2%eth0",
      "64:ff9b::192.0.2.33", "::ffff:0:192.0.2.33", "2001:db8:1:2:3:4:5::", "::2:3:4",
      "1:2:3:4:5:6:192.0.2.1",
    ]
    for text in valid { #expect(NetworkChecks.ipv6(Array(text.utf8)), "\(text)") }
    let invalid = [
      "", ":", "::", "::1", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "2001:db8::1::2",
      "2001:db8:12345::1", "2001:db8::g", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "12:30:45",
      "1:2:3:4:5:6:7:192.0.2.1", "1::300.0.2.1", "std::vector", "a:b",
    ]
    for text in invalid { #expect(!NetworkChecks.ipv6(Array(text.utf8)), "\(text)") }
  }

  @Test func anyOneRunOfGroupsMayBeLeftOut() {
    let groups = (1...8).map { "200\($0)" }
    for low in 0..<8 {
      for high in (low + 2)...max(low + 2, 8) where high <= 8 && groups.count - (high - low) >= 3 {
        let text =
          groups[..<low].joined(separator: ":") + "::" + groups[high...].joined(separator: ":")
        #expect(NetworkChecks.ipv6(Array(text.utf8)), "\(text)")
      }
    }
  }

  @Test func macsOfOneDigitOnlyAreRefused() {
    #expect(NetworkChecks.mac(Array("00005E0053FF".utf8)))
    for text in ["000000000000", "FFFFFFFFFFFF", "ffffffffffff", "00005E0053F", "00005E0053FF0"] {
      #expect(!NetworkChecks.mac(Array(text.utf8)), "\(text)")
    }
  }
}
