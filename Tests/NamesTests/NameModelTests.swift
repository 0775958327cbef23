import Names
import TestSupport
import Testing

@Suite struct NameModelTests {
  /// All sequences of labels that may stand, by trying each.
  private func sequences(_ count: Int) -> [[NameLabel]] {
    if count == 0 { return [[]] }
    return sequences(count - 1).flatMap { before in
      NameLabel.allCases.filter { label in
        if let last = before.last { return label.follows(last) }
        return !label.isInside
      }.map { before + [$0] }
    }
  }

  @Test func theFamiliesBeginWhereTheCodeSays() {
    #expect(NameFeatures.Base.all == NameFeatures.families.map(\.base))
    #expect(NameFeatures.count == NameFeatures.families.map(\.count).reduce(0, +))
  }

  @Test func theBestLabelsAreThoseThatTryingAllFinds() {
    var random = SplitMix64(seed: 5)
    var model = NameModel()
    for index in model.transitions.indices {
      for label in 0..<NameModel.labels {
        model.transitions[index][label] = Int16(random.next() % 200) - 100
      }
    }
    var memory = DecodeMemory()
    for _ in 0..<300 {
      let count = Int(random.next() % 4) + 1
      let emissions = (0..<count).map { _ in
        var emission = SIMD8<Int32>.zero
        for label in 0..<NameModel.labels { emission[label] = Int32(random.next() % 300) - 150 }
        return emission
      }
      let gaps = (0..<count).map { _ in NameGap(rawValue: UInt8(random.next() % 6))! }
      func score(_ labels: [NameLabel]) -> Int32 {
        var sum: Int32 = 0
        for (index, label) in labels.enumerated() {
          sum += emissions[index][label.rawValue]
          guard index > 0 else { continue }
          let row = Int(gaps[index].rawValue) * NameModel.labels + labels[index - 1].rawValue
          sum += Int32(model.transitions[row][label.rawValue])
        }
        return sum
      }
      var found: [NameLabel] = []
      model.decode(emissions, gaps: gaps, using: &memory, into: &found)
      #expect(sequences(count).contains(found))
      #expect(score(found) == sequences(count).map(score).max())
    }
  }

  @Test func aNameGoesOnOnlyAsItself() {
    #expect(NameLabel.insidePerson.follows(.firstOfPerson))
    #expect(NameLabel.insidePerson.follows(.insidePerson))
    #expect(!NameLabel.insidePerson.follows(.firstOfPlace))
    #expect(!NameLabel.insidePerson.follows(.outside))
    #expect(NameLabel.firstOfPerson.follows(.outside))
    for kind in MentionKind.allCases {
      #expect(NameLabel.first(of: kind).kind == kind && NameLabel.inside(kind).kind == kind)
      #expect(NameLabel.inside(kind).isInside && !NameLabel.first(of: kind).isInside)
    }
  }

  @Test func weightsSurviveTheirFileAndTheirPackedForm() throws {
    var random = SplitMix64(seed: 8)
    var model = NameModel()
    for _ in 0..<500 {
      let index = Int(random.next() % UInt64(model.weights.count))
      for label in 0..<NameModel.labels {
        model.weights[index][label] = Int16(truncatingIfNeeded: random.next() % 60_000)
      }
    }
    model.transitions[3][2] = -7
    let file = NameModelFile(languages: ["de", "nl"], fitted: "a test", model: model)
    let again = try NameModelFile(file: Array(file.text.utf8))
    #expect(again.languages == ["de", "nl"] && again.fitted == "a test")
    #expect(again.model.weights == model.weights && again.model.transitions == model.transitions)
    let packed = Array(("x\t" + model.packed).utf8)
    let unpacked = NameModel(packed: packed.span, from: 2, to: packed.count)
    #expect(unpacked.weights == model.weights && unpacked.transitions == model.transitions)
  }

  @Test func featuresHaveNamesOfTheirOwn() {
    #expect(Set(NameModelFile.names).count == NameModelFile.names.count)
    #expect(NameFeatures.count < 1 << 16)
    #expect(NameModelFile.names[0] == "bias[any]")
  }

  @Test func aWrongLineOfAFileIsNamed() {
    func error(_ text: String) -> NameModelFileError? {
      do throws(NameModelFileError) {
        _ = try NameModelFile(file: Array(text.utf8))
        return nil
      } catch {
        return error
      }
    }
    #expect(error("languages: *\nbias[any]\t0\t1\t0\t0\t0\t0\t0\n") == nil)
    #expect(error("languages: *\nnothing[any]\t0\t1\t0\t0\t0\t0\t0\n")?.line == 2)
    #expect(error("languages: *\nbias[any]\t0\t1\n")?.line == 2)
    #expect(error("languages: *\nbias[any]\t0\tx\t0\t0\t0\t0\t0\n")?.line == 2)
    #expect(error("bias[any]\t0\t1\t0\t0\t0\t0\t0\n")?.reason == "no line `languages:`")
  }
}
