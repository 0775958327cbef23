package import Names
internal import Text

extension NameScanner {
  /// The chains that a text's words form, each word as it is written and what is known of it.
  package func chains(in text: String) -> [[(word: String, entry: WordEntry)]] {
    var scratch = NameScratch()
    var maps = ByteMaps(marked: [])
    let bytes = Array(text.utf8)
    maps.scan(bytes.span)
    findChains(bytes.span, maps, using: &scratch)
    return scratch.chains.map { chain in
      scratch.tokens[chain.words].map { token in
        (String(decoding: bytes[token.range], as: UTF8.self), token.entry)
      }
    }
  }
}
