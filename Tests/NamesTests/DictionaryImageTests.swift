import Names
import TestSupport
import Testing
import Text

@Suite struct DictionaryImageTests {
  private static func table(_ words: Int) -> WordTable {
    var builder = DictionaryBuilder()
    var random = SplitMix64(seed: 11)
    for index in 0..<words {
      let word = Array("w\(random.next())".utf8)
      builder.addList(
        word.span, classes: index % 2 == 0 ? [.given, .common] : [.place, .organization],
        bucket: index % 7 + 1, isForeign: index % 3 == 0)
    }
    return builder.table()
  }

  @Test func aCompiledTableSaysWhatTheTableSays() throws {
    let table = Self.table(3_000)
    let image = try DictionaryImage(
      ConstantBytes(DictionaryImage.compile(table, manifest: "{\"a\":1}", digest: "00ff")))
    #expect(image.count == table.count && image.manifest == "{\"a\":1}" && image.digest == "00ff")
    let dictionary = NameDictionary(images: [image])
    var random = SplitMix64(seed: 11)
    for _ in 0..<3_000 {
      let hash = ByteHash.of(Array("w\(random.next())".utf8))
      #expect(dictionary.entry(hash) == table.entry(hash))
    }
    for _ in 0..<3_000 {
      #expect(dictionary.entry(ByteHash.of(Array("x\(random.next())".utf8))) == .unknown)
    }
  }

  @Test func sixtyBitsGoIntoTenCharactersAndBack() throws {
    // Every class and every bucket at its highest.
    var builder = DictionaryBuilder()
    let word = Array("all".utf8)
    builder.addList(
      word.span, classes: WordClasses(rawValue: 0xFFFF), bucket: 7, isForeign: true)
    let table = builder.table()
    let hash = ByteHash.of(word)
    let image = try DictionaryImage(
      ConstantBytes(DictionaryImage.compile(table, manifest: "{}", digest: "")))
    let entry = NameDictionary(images: [image]).entry(hash)
    #expect(entry == table.entry(hash))
    #expect(entry.classes.rawValue == 0xFFFF && entry.organizationBucket == 3)
    #expect(entry.givenBucket == 7 && entry.surnameBucket == 7 && entry.placeBucket == 7)
    #expect(entry.commonBucket == 7 && entry.isForeign)
  }

  @Test func whatIsNoDictionaryIsRefusedAndSaysWhy() {
    let whole = DictionaryImage.compile(Self.table(10), manifest: "{}", digest: "d")
    func error(_ bytes: [UInt8]) -> DictionaryImageError? {
      do throws(DictionaryImageError) {
        _ = try DictionaryImage(ConstantBytes(bytes))
        return nil
      } catch {
        return error
      }
    }
    #expect(error(whole) == nil)
    #expect(error([]) == .notADictionary)
    #expect(error(Array("Anna\nBerta\n".utf8)) == .notADictionary)
    #expect(error(Array(whole.dropLast(9))) == .cutShort)
    func changed(_ old: String, _ new: String) -> [UInt8] {
      let end = whole.firstIndex(of: 10)!
      let head = String(decoding: whole[..<end], as: UTF8.self).replacing(old, with: new)
      return Array(head.utf8) + whole[end...]
    }
    #expect(error(changed("names 2", "names 3")) == .version("3"))
    #expect("\(DictionaryImageError.version("1"))".hasSuffix("`chatscrub names build`"))
    #expect(
      error(changed("fold=\(FoldTable.version)", "fold=60.1-1"))
        == .foldedOtherwise(made: "60.1-1", here: FoldTable.version))
    #expect(error(changed("slots=1024", "slots=1000")) == .notADictionary)
    #expect(error(changed("slots=1024", "slots=\(1 << 40)")) == .notADictionary)
    for refused in [
      DictionaryImageError.cutShort, .foldedOtherwise(made: "1", here: "2"),
    ] {
      #expect(refused.description.contains("chatscrub names build"))
    }
  }

  @Test func aTableWithoutAnEmptySlotEndsLookUps() throws {
    var whole = DictionaryImage.compile(Self.table(10), manifest: "{}", digest: "d")
    let lineEnds = whole.indices.filter { whole[$0] == 10 }
    for index in lineEnds[1] + 1..<whole.count { whole[index] = UInt8(ascii: "1") }
    let full = NameDictionary(images: [try DictionaryImage(ConstantBytes(whole))])
    #expect(full.entry(ByteHash.of(Array("absent".utf8))) == .unknown)
  }

  @Test func severalPartsAreJoined() throws {
    func image(_ word: String, _ classes: WordClasses) throws -> DictionaryImage {
      var builder = DictionaryBuilder()
      let bytes = Array(word.utf8)
      builder.addList(bytes.span, classes: classes, bucket: 3)
      return try DictionaryImage(
        ConstantBytes(DictionaryImage.compile(builder.table(), manifest: "{}", digest: "")))
    }
    var builder = DictionaryBuilder()
    let list = Array("mark\tkeep\n".utf8)
    #expect(builder.addUserList(list.span).isEmpty)
    let dictionary = NameDictionary(
      images: [try image("Mark", .given), try image("mark", .common), try image("Ada", .given)],
      added: builder.table())
    #expect(dictionary.entry(ByteHash.of(Array("mark".utf8))).classes == [.given, .common, .keep])
    #expect(dictionary.entry(ByteHash.of(Array("ada".utf8))).classes == .given)
    #expect(dictionary.count == 4)
  }
}
