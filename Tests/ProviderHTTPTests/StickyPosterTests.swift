import Forges
import ProviderHTTP
import TestSupport
import Testing
import TinyforgeCore

/// The sticky comment against the three APIs, with their paging, limits and refusals.
struct StickyPosterTests {
  /// A forge with one pull request, and its comments.
  struct Place: Sendable {
    let forge: ForgeKind
    let server: ForgeServer
    let dump: String

    /// Runs a test at a forge; `settings` and `more` are members of the comments' settings and of the whole.
    static func run(
      _ forge: ForgeKind, _ settings: [JSONValue.Member] = [], more: [JSONValue.Member] = [],
      body: @Sendable (Place) async throws -> Void
    ) async throws {
      let scratch = try Scratch()
      let dump = try scratch.write("comments.json", "[]")
      let own: [JSONValue.Member] = [
        .init("tokens", ["secret-token-1": "bot", "secret-token-2": "job:bot"]),
        .init("dump", .string(dump)),
      ]
      let prefix = forge == .github ? "/api/v3" : ""
      let configuration: [JSONValue.Member] = [
        .init("forge", .string(forge.rawValue)), .init("prefix", .string(prefix)),
        .init("comments", .object(own + settings)),
      ]
      try await ForgeServer.run(JSONWriter.compact(.object(configuration + more))) { server in
        try await body(Place(forge: forge, server: server, dump: dump))
      }
    }

    func request() throws -> PullRequest {
      let path =
        [ForgeKind.github: "/api/v3", .gitea: "/api/v1", .gitlab: "/api/v4"][forge] ?? ""
      return try #require(
        PullRequest(forge, api: server.address + path, project: "acme/shop", number: 7))
    }

    func poster(token: String = "secret-token-1", author: String? = nil) throws -> StickyPoster {
      let token = try #require(Token(token))
      let api = CommentAPI(
        try request(), client: try ClientTests.client(), token: token, author: author,
        deadline: .now + .seconds(30))
      return StickyPoster(api)
    }

    func comment(_ report: String, name: String = "") -> StickyComment {
      StickyPosterTests.comment(report, forge, name: name)
    }

    /// Bodies and edits of the comments.
    func standing() throws -> [(author: String, body: String, edits: Int)] {
      guard case .array(let items) = try JSONValue(parsing: readFile(dump)) else { return [] }
      return items.map {
        ($0["author"]?.text ?? "", $0["body"]?.text ?? "", $0["edits"]?.wholeNumber ?? -1)
      }
    }
  }

  private static func comment(_ report: String, _ forge: ForgeKind, name: String = "")
    -> StickyComment
  {
    StickyComment(
      tool: "drift", pipeline: "ci", name: name, forge: forge, report: report, footer: "now")
  }

  private static func standing(_ author: String, _ body: String, system: Bool = false) -> JSONValue
  {
    ["author": .string(author), "body": .string(body), "system": .bool(system)]
  }

  @Test(arguments: ForgeKind.allCases)
  func aLife(_ forge: ForgeKind) async throws {
    try await Place.run(forge) { place async throws in
      let poster = try place.poster()
      #expect(try await poster.post(place.comment("green"), hasFindings: false) == .nothing)
      #expect(try await poster.post(place.comment("red"), hasFindings: true) == .created)
      #expect(try await poster.post(place.comment("red"), hasFindings: true) == .unchanged)
      #expect(try await poster.post(place.comment("redder"), hasFindings: true) == .edited)
      #expect(try await poster.post(place.comment("x", name: "b"), hasFindings: true) == .created)
      #expect(try await poster.post(place.comment("green"), hasFindings: false) == .edited)
      #expect(try await poster.post(place.comment("green"), hasFindings: false) == .unchanged)
      let standing = try place.standing()
      #expect(standing.map(\.edits) == [2, 0])
      #expect(standing[0].body == place.comment("green").body && standing[0].author == "bot")
      // The token is in its header, and nowhere else.
      let secret = "secret-token"
      for entry in try place.server.log() {
        #expect(!entry.target.contains(secret) && !entry.body.contains(secret))
        let names = entry.headers.filter { $0.value.contains(secret) }.map(\.key)
        #expect(names == [forge == .gitlab ? "private-token" : "authorization"])
      }
    }
  }

  /// A new comment whose answer was lost is there once: written again only where it is not found.
  @Test(arguments: ForgeKind.allCases, [true, false])
  func aLostAnswerMakesNoSecondComment(_ forge: ForgeKind, _ isWritten: Bool) async throws {
    let path = forge == .gitlab ? "/notes" : "/comments"
    let fault: JSONValue = [
      "match": .string(path), "method": "POST", "mode": "close", "times": .integer(1),
    ]
    try await Place.run(
      forge, isWritten ? [.init("lost", 1)] : [],
      more: isWritten ? [] : [.init("faults", .array([fault]))]
    ) { place async throws in
      #expect(
        try await place.poster().post(place.comment("red"), hasFindings: true) == .created)
      #expect(try place.standing().map(\.body) == [place.comment("red").body])
      let posts = try place.server.log().count {
        $0.method == "POST" && $0.target.hasSuffix(path)
      }
      // What is carried out and not answered is not in the log.
      #expect(posts == (isWritten ? 0 : 2))
    }
  }

  /// It is not tried for ever.
  @Test func aConnectionThatAlwaysDrops() async throws {
    let fault: JSONValue = ["match": "/comments", "method": "POST", "mode": "close"]
    try await Place.run(.gitea, more: [.init("faults", .array([fault]))]) { place async throws in
      await #expect(throws: Failure.self) {
        try await place.poster().post(place.comment("red"), hasFindings: true)
      }
      #expect(try place.server.log().count { $0.method == "POST" } == 2)
    }
  }

  /// The own comment is found on the last page, after others that carry the same marker.
  @Test(arguments: ForgeKind.allCases, [1, 100])
  func ownIsFoundThroughAllPages(_ forge: ForgeKind, _ page: Int) async throws {
    let own = Self.comment("red", forge).body
    let count = page == 1 ? 6 : 230
    let others = (0..<count).map { index in
      index % 3 == 0
        ? Self.standing("eve", own)
        : Self.standing("bot", index % 3 == 1 ? "hello" : own, system: index % 3 == 2)
    }
    // A note that the system wrote is not a comment, whoever caused it.
    let standing = forge == .gitlab ? others : others.filter { $0["system"] == false }
    let settings: [JSONValue.Member] = [
      .init("standing", .array(standing + [Self.standing("bot", own)])),
      .init("page", .integer(page)),
    ]
    try await Place.run(forge, settings) { place async throws in
      #expect(
        try await place.poster().post(place.comment("new"), hasFindings: true) == .edited)
      let after = try place.standing()
      #expect(after.count == standing.count + 1 && after.last?.body == place.comment("new").body)
      #expect(after.dropLast().allSatisfy { $0.edits == 0 })
    }
  }

  /// All of them find no comment before the first writes one; in the end there is one.
  @Test(arguments: ForgeKind.allCases, [2, 4])
  func postersAtOnce(_ forge: ForgeKind, _ count: Int) async throws {
    try await Place.run(forge, [.init("barrier", .integer(count))]) { place async throws in
      let outcomes = try await withThrowingTaskGroup(of: StickyPoster.Outcome.self) { group in
        for index in 0..<count {
          group.addTask {
            try await place.poster().post(place.comment("report \(index)"), hasFindings: true)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(outcomes.allSatisfy { $0 == .created })
      let posts = try place.server.log().count {
        $0.method == "POST" && !$0.target.contains("graphql")
      }
      #expect(posts == count)
      let standing = try place.standing()
      #expect(standing.count == 1, "\(standing)")
      let reports = (0..<count).map { place.comment("report \($0)").body }
      #expect(standing.allSatisfy { reports.contains($0.body) })
    }
  }

  @Test(arguments: ForgeKind.allCases)
  func duplicatesThatARaceLeftAreRemoved(_ forge: ForgeKind) async throws {
    let own = Self.comment("red", forge).body
    let standing = ["bot", "eve", "bot", "bot"].map { Self.standing($0, own) }
    try await Place.run(forge, [.init("standing", .array(standing))]) { place async throws in
      #expect(try await place.poster().post(place.comment("red"), hasFindings: true) == .unchanged)
      #expect(try place.standing().map(\.author) == ["bot", "eve"])
    }
  }

  /// Somebody deletes the comment between the look and the edit.
  @Test(arguments: ForgeKind.allCases)
  func aDeletedCommentIsWrittenAnew(_ forge: ForgeKind) async throws {
    let standing = Self.standing("bot", Self.comment("red", forge).body)
    let settings: [JSONValue.Member] = [
      .init("standing", [standing]), .init("vanish", true),
    ]
    try await Place.run(forge, settings) { place async throws in
      #expect(try await place.poster().post(place.comment("new"), hasFindings: true) == .created)
      #expect(try place.standing().map(\.body) == [place.comment("new").body])
    }
  }

  /// A job's own token of GitHub may not ask for `/user`.
  @Test func aJobsTokenKnowsItself() async throws {
    try await Place.run(.github) { place async throws in
      let poster = try place.poster(token: "secret-token-2")
      #expect(try await poster.post(place.comment("red"), hasFindings: true) == .created)
      #expect(try await poster.post(place.comment("new"), hasFindings: true) == .edited)
      #expect(try !place.server.log().contains { $0.target.hasSuffix("/user") })
    }
  }

  @Test func anAccountCanBeNamedWhereItMayNotBeAsked() async throws {
    let fault: JSONValue = [
      "match": "/user", "status": 403,
      "body": #"{"message":"token does not have at least one of required scope(s): [read:user]"}"#,
    ]
    try await Place.run(.gitea, more: [.init("faults", [fault])]) { place async throws in
      let failure = await #expect(throws: Failure.self) {
        try await place.poster().post(place.comment("red"), hasFindings: true)
      }
      #expect(failure?.remedy?.text.contains("read:user") == true, "\(String(describing: failure))")
      let named = try place.poster(author: "bot")
      #expect(try await named.post(place.comment("red"), hasFindings: true) == .created)
      #expect(try await named.post(place.comment("new"), hasFindings: true) == .edited)
    }
  }
}
