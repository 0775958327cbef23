import Records
import Redact
import TestSupport
import Testing

@testable import Unify

/// Columns and ids. How turns are found is in `RowMapper+TurnsTests`.
@Suite struct RowMapperTests {
  private static let upload = #"""
    {"conversation_id":"c1","bot_msgs":["Hi"],"user_msgs":["Hello","Bye"],
    "page_url":"https://chat.example/c/1?x#y","user_id":"u1","user_metadata":{"age":"27",
    "gender":"x","location":"Springfield"},"timestamp":"2025-01-02T03:04:05.678Z",
    "conversation_metadata":{"message_ratings":[-1],"rate":"thumbup"},"extra":{"deep":[1]}}
    """#

  @Test func anUploadBecomesARow() throws {
    var mapper = try mapper("sharelm_upload")
    let rows = try mapper.rows(Self.upload)
    #expect(
      rows.map(\.line) == [
        #"{"conversation_id": "c1", "conversation": [{"content": "Hello", "role": "user"}, "#
          + #"{"content": "Hi", "role": "assistant"}, {"content": "Bye", "role": "user"}], "#
          + #""model_name": "https://chat.example", "user_id": "", "#
          + #""timestamp": "2025-01-02 03:04:05.678000000Z", "#
          + #""source": "https://chromewebstore.google.com/detail/"#
          + #"sharelm-share-your-chat-c/nldoebkdaiidhceaphmipeclmlcbljmh", "#
          + #""user_metadata": {"location": "Springfield", "age": "27", "gender": "x"}, "#
          + #""conversation_metadata": {"rate": "thumbup messages:-1", "language": "", "#
          + #""redacted": "", "toxic": "", "title": "", "custom_instruction": "", "#
          + #""status": ""}}"# + "\n"
      ])
    #expect(mapper.tally.userIDsLeftOut == 1)
    #expect(mapper.tally.leftBehind == ["*": 1], "a key that no format names is not shown")
  }

  @Test func userIDsAreKeyedAndStayWhatTheyAre() throws {
    var mapper = try mapper("sharelm_upload", keys: Project.keys)
    let first = try mapper.rows(Self.upload)[0]
    #expect(text(first.user) == text(Project.keys.pseudonym(of: bytes("u1"), name: "user_id")))
    let again = try mapper.rows(
      Self.upload.replacing(#""u1""#, with: "\"" + text(first.user) + "\""))[0]
    #expect(again.user == first.user && again.userHash == first.userHash)
    let other = try mapper.rows(Self.upload.replacing(#""u1""#, with: #""u2""#))[0]
    #expect(other.user != first.user && other.userHash != first.userHash)
  }

  /// Every record has an `[ID_1]`: a pseudonym of it would make one user of all.
  @Test func numberedPlaceholdersAreNoIDs() throws {
    var mapper = try mapper("sharelm_upload", keys: Project.keys)
    let row = try mapper.rows(Self.upload.replacing(#""u1""#, with: #""[ID_1]""#))[0]
    #expect(row.user.isEmpty && row.userHash == 0 && mapper.tally.userIDsLeftOut == 1)
    var shared = try UnifyTests.mapper("sharegpt", keys: Project.keys)
    let page = try shared.rows(
      #"{"id": "[ID_1]", "conversations": [{"from": "human", "value": "Hi"}]}"#)[0]
    #expect(page.id.count == 32 && shared.tally.idsMade == 1)
  }

  /// The published time has lost its hours; which revision is the newest is seen all the same.
  @Test func whoAndWhenAreReadFromTheRecordAsItWas() throws {
    var mapper = try mapper("sharelm_upload", keys: Project.keys)
    let record = bytes(Self.upload)
    let clean = bytes(
      Self.upload.replacing("03:04:05.678", with: "00:00:00.000").replacing("u1", with: "[ID_1]"))
    let row = try mapper.rows(record.span, clean: clean.span, hasActs: true)[0]
    #expect(text(row.timestamp) == "2025-01-02 00:00:00.000000000Z")
    #expect(row.order == CollectionTime(bytes("2025-01-02T03:04:05.678Z"))!.order)
    #expect(row.user == Project.keys.pseudonym(of: bytes("u1"), name: "user_id"))
    #expect(text(row.redacted) == "True")
  }

  @Test(arguments: [
    ("https://chatgpt.com/c/0000-1", "https://chatgpt.com"),
    ("https://claude.ai/chat/1?x=1", "https://claude.ai"),
    ("https://user:word@chat.example:8080/x", "https://chat.example:8080"),
    ("https://chat.example?share=1", "https://chat.example"),
    ("https://chat.example#c/1", "https://chat.example"),
    ("https://chat.example\\c", "https://chat.example"),
    ("chatgpt.com/share/abc", "chatgpt.com"), ("https://chatgpt.com", "https://chatgpt.com"),
    ("gpt-4-0314", "gpt-4-0314"), ("meta-llama/Llama-3.1-8B", "meta-llama/Llama-3.1-8B"), ("", ""),
    ("model 1.5 / large", "model 1.5 / large"),
  ])
  func noAddressOfAConversationIsAModel(_ model: String, _ wanted: String) {
    #expect(text(RowMapper.withoutPath(bytes(model))) == wanted)
  }

  @Test func idsOfPublicPagesAreHidden() throws {
    let record = #"{"id": "slug", "conversations": [{"from": "human", "value": "Hi"}]}"#
    var keyed = try mapper("sharegpt", keys: Project.keys)
    let row = try keyed.rows(record)[0]
    #expect(row.id == Project.keys.pseudonym(of: bytes("slug"), name: "conversation_id"))
    var unkeyed = try mapper("sharegpt")
    let made = try unkeyed.rows(record)[0]
    #expect(made.id.count == 32 && unkeyed.tally.idsMade == 1)
    let sameTurns = try unkeyed.rows(record.replacing("slug", with: "other"))[0]
    #expect(sameTurns.id == made.id)
    let otherTurns = try unkeyed.rows(record.replacing("Hi", with: "Ho"))[0]
    #expect(otherTurns.id != made.id)
  }

  @Test func theSourceOfARecordGoesBeforeTheUsers() throws {
    let record =
      #"{"conversation_id": "c", "source": "", "conversation": "#
      + #"[{"role": "user", "content": "Hi"}]}"#
    var mapper = try mapper("sharelm_hub", source: "https://data.example/u")
    #expect(text(try mapper.rows(record)[0].source) == "https://data.example/u")
    let own = try mapper.rows(
      record.replacing(#""source": """#, with: #""source": "https://data.example/own""#))[0]
    #expect(text(own.source) == "https://data.example/own")
  }

  @Test func valuesOfOtherKindsBecomeTexts() throws {
    var mapper = try mapper("wildchat")
    let row = try mapper.rows(
      #"""
      {"conversation_hash": "h", "model": "m", "timestamp": 1700000000.5, "language": null,
      "redacted": false, "toxic": true, "conversation": [{"role": "user", "content": "x",
      "timestamp": null, "toxic": false}], "openai_moderation": [{"flagged": false}],
      "detoxify_moderation": [], "turn": 1}
      """#)[0]
    #expect(text(row.timestamp) == "2023-11-14 22:13:20.500000000Z")
    #expect(
      [row.language, row.redacted, row.toxic].map { text($0) } == ["", "False", "True"])
    #expect(
      mapper.tally.leftBehind == [
        "conversation[].toxic": 1, "openai_moderation": 1, "turn": 1,
      ])
  }

  @Test func aTimeThatIsNoneIsCounted() throws {
    var mapper = try mapper("sharelm_upload")
    let row = try mapper.rows(
      Self.upload.replacing("2025-01-02T03:04:05.678Z", with: "last week"))[0]
    #expect(row.timestamp.isEmpty && mapper.tally.timesNotUnderstood == 1)
    #expect(row.order == .min)
  }

  @Test func zeroRatingsAreNoRatings() throws {
    var mapper = try mapper("sharelm_upload")
    let none = try mapper.rows(Self.upload.replacing("[-1]", with: "[0, 0]"))[0]
    #expect(text(none.rate) == "thumbup")
    let some = try mapper.rows(
      Self.upload.replacing("[-1]", with: "[0, 1, null]").replacing("thumbup", with: ""))[0]
    #expect(text(some.rate) == "messages:0,1,0")
  }

  @Test func whatIsNoConversationIsRefused() throws {
    var mapper = try mapper("sharelm_hub")
    #expect(throws: RowFailure.noConversation) { _ = try mapper.rows(#"{"conversation_id": "c"}"#) }
    #expect(throws: RowFailure.noConversation) { _ = try mapper.rows(#"{"conversation": "c"}"#) }
    #expect(throws: RowFailure.noConversation) { _ = try mapper.rows("[]") }
    #expect(throws: RowFailure.record(.invalidJSON(offset: 1, fault: .expectedKey))) {
      _ = try mapper.rows("{")
    }
    #expect(try mapper.rows(#"{"conversation": []}"#).isEmpty)
    #expect(mapper.tally.emptyConversations == 1)
    #expect(throws: CollectionRefusal.self) { _ = try plan("generic") }
  }

  private func plan(_ format: String) throws -> CollectionPlan {
    try CollectionPlan(format: try Format(Project.formats[format]!), source: nil, keys: nil)
  }

  @Test func aRecordCanHoldSeveralConversations() throws {
    var collection = collection(.alternate("turns[]"))
    collection.each = ["sets[].chats[]", "chats[]"]
    collection.columns[.id] = value("id")
    collection.columns[.title] = value("$.t")
    var mapper = try mapper(collection)
    let rows = try mapper.rows(
      #"{"t": "T", "chats": [{"id": 1, "turns": ["a"]}, {"id": 2, "turns": []}, "#
        + #"{"id": 3, "turns": ["b"]}]}"#
    )
    #expect(rows.map { text($0.id) + text($0.title) } == ["1T", "3T"])
    #expect(mapper.tally.emptyConversations == 1)
    #expect(throws: RowFailure.noConversation) { _ = try mapper.rows(#"{"chats": []}"#) }
  }

  @Test func variantsHaveTheirSuffix() throws {
    var collection = CollectionDefinition()
    collection.columns[.id] = value("id")
    for side in ["a", "b"] {
      var variant = CollectionVariant(turns: .alternate("\(side)[]"))
      variant.suffix = "_\(side)"
      var rate = value("winner")
      rate.words = ["a": side == "a" ? "win" : "loss", "b": side == "b" ? "win" : "loss"]
      variant.columns = [.model: value("model_\(side)"), .rate: rate]
      collection.variants.append(variant)
    }
    var mapper = try mapper(collection)
    let rows = try mapper.rows(
      #"{"id": "q", "winner": "b", "model_a": "m1", "model_b": "m2", "a": ["x"], "b": ["x"]}"#)
    #expect(rows.map { text($0.id) } == ["q_a", "q_b"])
    #expect(rows.map { text($0.model) } == ["m1", "m2"])
    #expect(rows.map { text($0.rate) } == ["loss", "win"])
  }
}
