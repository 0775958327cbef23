import Names
import TestSupport
import Testing
import Text

/// What a worker remembers of words and pairs of characters saves time and changes nothing.
@Suite struct EntryCacheTests {
  private static let pieces = [
    "今天", "天气", "很好", "我叫", "王伟", "林晓澜", "和", "时间", "公司", "北京", "的", "了", "查一下",
    "经理", "李", "张三丰", "，", "。", "30元", "山本", "美咲", "さん", "です", "私の名前は", "ありがとう",
    "橘川しおり", "マイケル・ジョーダン", "は", "東京", "に", "行き", "ました", "John", " ", "สมชาย", "ครับ",
    "中国人民", "高兴", "成", "方", "于是", "ー", "々", "㐂",
    // Rare family names, alone and behind what announces a name or goes on with a list.
    "羊", "展", "粘", "屠", "流产", "数", "鸿年", "世勳", "市长", "母", "父", "局长", "老师", "、", "出席：",
  ]

  /// Runs in two scripts without blanks: what is passed over in one must not decide of the other.
  private static let mixed = [
    "今天", "时间", "公司", "经理", "我叫", "先生", "です", "さん", "สมชาย", "ธนกฤตวงศ์", "คุณ", "ใจดี", " ",
  ]

  private static func mentions(
    _ text: [UInt8], using scratch: inout NameScratch
  ) -> [NameMention] {
    var maps = ByteMaps(marked: [])
    maps.scan(text.span)
    var found: [NameMention] = []
    scratch.beginText()
    Project.names.scan(text.span, maps: maps, using: &scratch, into: &found)
    return found
  }

  @Test(arguments: [pieces, mixed]) func aWorkerThatHasSeenOtherTextsFindsTheSame(
    _ pieces: [String]
  ) {
    var random = SplitMix64(seed: 8_291)
    var used = NameScratch()
    var count = 0
    for _ in 0..<1_500 {
      let text = Array(
        (0..<1 + random.below(24)).map { _ in random.one(of: pieces) }.joined().utf8)
      var fresh = NameScratch()
      let found = Self.mentions(text, using: &used)
      let expected = Self.mentions(text, using: &fresh)
      #expect(found == expected, "\(String(decoding: text, as: UTF8.self))")
      count += found.count
    }
    #expect(count > 500)
  }
}
