internal import Names
internal import Text

/// The steps that look for names: `fold` is the first of them.
extension EngineTask {
  static let namesLookup = EngineTask(
    name: "names, look-up",
    analysis: """
      Looks up every run of ASCII letters, folded, in the dictionary. It moves with the share of \
      words that no cache holds; most words of a text are looked up nowhere else. This step and \
      the next two decode every text first, as `unescape` does.
      """,
    run: { corpus in
      let dictionary = BuiltinEngine.names.dictionary
      var known = 0
      forEachText(of: corpus) { text in
        var hash = ByteHash()
        var length = 0
        for index in 0...text.count {
          let byte = index < text.count ? text[index] | 0x20 : 0
          if byte &- 97 < 26 {
            hash.combine(byte)
            length += 1
          } else if length > 0 {
            if dictionary.entry(hash.finalize()).classes.meets(.name) { known += 1 }
            hash = ByteHash()
            length = 0
          }
        }
      }
      return known
    })

  static let namesCandidates = EngineTask(
    name: "names, candidates",
    analysis: """
      Finds the words that may be names, looks them up and makes chains of them, without a score. \
      It moves with the share of capitals and of scripts without them.
      """,
    run: { corpus in
      let names = BuiltinEngine.names
      var scratch = NameScratch()
      var count = 0
      var maps = ByteMaps(marked: [])
      forEachText(of: corpus) { text in
        maps.scan(text)
        scratch.begin()
        names.findChains(text, maps, using: &scratch)
        count += scratch.chains.count
      }
      return count
    })

  static let names = EngineTask(
    name: "names",
    analysis: """
      The same with features, weights and the decoding of labels. Its distance from the \
      candidates is the price of the scorer; it moves with the words of the chains.
      """,
    run: { corpus in
      let names = BuiltinEngine.names
      var scratch = NameScratch()
      var mentions: [NameMention] = []
      var count = 0
      var maps = ByteMaps(marked: [])
      forEachText(of: corpus) { text in
        maps.scan(text)
        scratch.begin()
        mentions.removeAll(keepingCapacity: true)
        names.scan(text, maps: maps, using: &scratch, into: &mentions)
        count += mentions.count
      }
      return count
    })
}
