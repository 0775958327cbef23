/// Foreign names written with Chinese characters, where no dot joins their parts: 阿尔瓦雷斯.
///
/// Few characters are used so (the tables of Xinhua News Agency, "世界人名翻译大辞典", have some five
/// hundred, of which a hundred make nearly all names), and they seldom follow one another in words.
extension NameScanner {
  /// The fewest characters of such a name: two are too often words.
  private static let charactersMin = 3
  private static let charactersMax = 8

  /// Whether a character is used for foreign names and hardly ever follows another such in words.
  static func isTransliterating(_ codePoint: UInt32) -> Bool {
    let offset = Int(codePoint) - first
    guard offset >= 0, offset < 64 * transliterating.count else { return false }
    return transliterating[offset >> 6] >> UInt64(offset & 63) & 1 != 0
  }

  /// The length of a name of such characters that begins at one, `nil` where there is none: it ends
  /// before a word that is known.
  ///
  /// - Complexity: O(`charactersMax`) look-ups.
  func transliteratedName(_ index: Int, using scratch: inout NameScratch) -> Int? {
    let count = scratch.characters.count - 1
    guard index + Self.charactersMin <= count,
      Self.isTransliterating(scratch.characters[index].codePoint),
      Self.isTransliterating(scratch.characters[index + 1].codePoint),
      Self.isTransliterating(scratch.characters[index + 2].codePoint),
      index == 0 || !Self.isTransliterating(scratch.characters[index - 1].codePoint)
    else { return nil }
    var end = index
    while end < count, end - index < Self.charactersMax,
      Self.isTransliterating(scratch.characters[end].codePoint),
      !beginsWord(end, using: &scratch)
    {
      end += 1
    }
    return end - index >= Self.charactersMin ? end - index : nil
  }

  private static let first = 0x4E00

  /// By code point from `first` on.
  private static let transliterating: [UInt64] = {
    // The commonest of those foreign names that jieba lists, and their traditional forms; without
    // those that are frequent words by themselves ("里", "多", "本").
    let characters = """
      尔斯拉克特夫德阿卡巴维格哈尼瓦科罗塔奥亚普纳伊洛诺托弗萨雷姆莱勒蒂帕埃茨莫贝曼迪\
      库塞兰比奇什菲赫耶鲁波圣恩伯伦吉图穆威朗默戈韦顿杜坎林希雅瑟森梅涅博扎沃堡兹佩凯\
      霍约费皮努迈娜彼艾杰福麦劳谢玛卢蒙哥登丁路逊罕莎佐泰厄翰苏芬妮撒辛丽契琳赛娅潘舒\
      媛芙孜玻勃爾羅維亞納諾薩萊貝蘭奧盧倫圖韋頓豐凱約費邁傑麥勞謝瑪遜麗婭蘇馬歐
      """
    var bits: [UInt64] = []
    for scalar in characters.unicodeScalars where scalar.value >= UInt32(first) {
      let offset = Int(scalar.value) - first
      while bits.count <= offset >> 6 { bits.append(0) }
      bits[offset >> 6] |= 1 << UInt64(offset & 63)
    }
    return bits
  }()
}
