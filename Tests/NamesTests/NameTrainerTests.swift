import Foundation
import Names
import TestSupport
import Testing
import Text

@Suite struct NameTrainerTests {
  private static let base = NameScanner(
    dictionary: Project.names.dictionary, cues: Project.names.cues, mode: .balanced)

  private static let texts: [(String, [(String, MentionKind)])] = [
    (
      "Yesterday Anna Becker met Paul in Berlin.",
      [("Anna Becker", .person), ("Paul", .person), ("Berlin", .location)]
    ),
    (
      "We flew from Madrid to Lisbon with Maria Silva.",
      [("Madrid", .location), ("Lisbon", .location), ("Maria Silva", .person)]
    ),
    ("Ask Peter whether Siemens pays.", [("Peter", .person), ("Siemens", .organization)]),
    ("The Weather Report says nothing about Monday.", []),
    ("Click Save and then Close the Window.", []),
  ]

  private func trainer(isComplete: Bool = true) -> NameTrainer {
    var trainer = NameTrainer(scanner: Self.base)
    var scratch = NameScratch()
    for (text, names) in Self.texts {
      let gold = names.map { name, kind in
        let range = text.range(of: name)!
        return NameTrainer.Gold(
          range: text.utf8.distance(
            from: text.startIndex, to: range.lowerBound)..<text.utf8.distance(
              from: text.startIndex, to: range.upperBound), kind: kind)
      }
      let bytes = Array(text.utf8)
      trainer.add(bytes.span, gold: gold, isComplete: isComplete, using: &scratch)
    }
    return trainer
  }

  private func found(_ text: String, _ model: NameModel) -> [String] {
    let scanner = NameScanner(
      dictionary: Self.base.dictionary, cues: Self.base.cues,
      models: NameModels(named: [("general", ["*"], model)], languages: []), mode: .balanced)
    var scratch = NameScratch()
    var maps = ByteMaps(marked: [])
    let bytes = Array(text.utf8)
    maps.scan(bytes.span)
    var mentions: [NameMention] = []
    scanner.scan(
      bytes.span, maps: maps, using: &scratch, into: &mentions)
    return mentions.map { "\($0.kind) " + String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test func whatItIsFittedOnIsFound() {
    let model = trainer().fit(rounds: 40, seed: 1, pull: 0.001, dropout: 0.2, scale: 40)
    for (text, names) in Self.texts {
      #expect(found(text, model) == names.map { "\($0.1) \($0.0)" })
    }
    // No word of the texts is in the weights: other names in the same places are found.
    #expect(
      found("Yesterday Clara Weber met Emma in Vienna.", model)
        == ["person Clara Weber", "person Emma", "location Vienna"])
  }

  @Test func theSameSeedGivesTheSameWeights() {
    let first = trainer().fit(rounds: 5, seed: 9, pull: 0.01, dropout: 0.2, scale: 40)
    let second = trainer().fit(rounds: 5, seed: 9, pull: 0.01, dropout: 0.2, scale: 40)
    let other = trainer().fit(rounds: 5, seed: 10, pull: 0.01, dropout: 0.2, scale: 40)
    #expect(first.weights == second.weights && first.weights != other.weights)
  }

  @Test func severalRunsGiveTheirMean() {
    let runs = (0..<3).map { number in
      trainer().fit(
        rounds: 5, seed: 9 + UInt64(number) << 32, pull: 0.01, dropout: 0.2, scale: 4000)
    }
    let mean = trainer().fit(
      rounds: 5, runs: 3, seed: 9, pull: 0.01, dropout: 0.2, scale: 4000)
    for index in mean.weights.indices {
      for label in 0..<NameModel.labels {
        let sum = runs.reduce(0) { $0 + Int($1.weights[index][label]) }
        #expect(abs(Int(mean.weights[index][label]) * 3 - sum) <= 3)
      }
    }
  }

  @Test func whereOnlyPeopleAreLabelledOtherKindsAreNeitherRightNorWrong() {
    var trainer = NameTrainer(scanner: Self.base)
    var scratch = NameScratch()
    let text = Array("We flew from Madrid to Lisbon.".utf8)
    trainer.add(text.span, gold: [], isComplete: false, using: &scratch)
    let model = trainer.fit(rounds: 20, seed: 1, pull: 0, dropout: 0.2, scale: 1000)
    // Nothing says that the towns are none: places are as likely as nothing, people are not.
    let bias = model.weights[0]
    #expect(bias[NameLabel.firstOfPerson.rawValue] < bias[NameLabel.firstOfPlace.rawValue])
    #expect(abs(Int(bias[0]) - Int(bias[NameLabel.firstOfPlace.rawValue])) < 10)
  }
}
