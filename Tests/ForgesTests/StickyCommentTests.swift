import Forges
import TestSupport
import Testing
import TinyforgeCore

struct StickyCommentTests {
  private static func comment(
    _ report: String, tool: String = "drift", pipeline: String = "ci", name: String = "",
    forge: ForgeKind = .github, footer: String = "now"
  ) -> StickyComment {
    StickyComment(
      tool: tool, pipeline: pipeline, name: name, forge: forge, report: report, footer: footer)
  }

  @Test func theFooterAloneIsNoChange() {
    let comment = Self.comment("### Drift\n\n| a |\n")
    #expect(comment.tellsTheSame(as: Self.comment("### Drift\n\n| a |", footer: "later").body))
    #expect(!comment.tellsTheSame(as: Self.comment("### Drift\n\n| b |").body))
    // As forges give it back: other line ends, nothing at the end.
    let stored = String(comment.body.dropLast()).replacing("\n", with: "\r\n")
    #expect(comment.tellsTheSame(as: stored) && comment.isSibling(stored))
    #expect(!comment.tellsTheSame(as: ""))
  }

  @Test func anEditByHandIsAChange() {
    let comment = Self.comment("### Drift\n")
    #expect(!comment.tellsTheSame(as: comment.body.replacing("Drift", with: "All well")))
  }

  @Test func toolsPipelinesAndNamesAreApart() {
    let names = ["", "a", "b", "a b", "a%20b", "a--b", "--> x", "\n", "ё"]
    let comments = ["drift", "plan"].flatMap { tool in
      names.flatMap { name in
        names.map { Self.comment("x", tool: tool, pipeline: $0, name: name) }
      }
    }
    #expect(Set(comments.map(\.marker)).count == comments.count)
    for comment in comments {
      #expect(comments.count { $0.isSibling(comment.body) } == 1)
      // One comment of HTML, which nothing within ends.
      #expect(comment.marker.components("-->") == 2 && comment.marker.components("--") == 3)
      #expect(comment.marker.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
    }
  }

  /// A report by whatever encoder: no marker comes from within, and the footer stays the footer.
  @Test func reportsForgeNoMarkers() {
    let other = Self.comment("x", name: "other")
    let hostile = [
      other.body, "\n\(other.marker)\n", "<!-- tinyforge-drift run -->\n<sub>x</sub>",
      "x\r\(other.marker)", "<!--", "-->",
    ]
    for report in hostile {
      let comment = Self.comment(report)
      #expect(comment.isSibling(comment.body) && !other.isSibling(comment.body))
      #expect(comment.tellsTheSame(as: Self.comment(report, footer: "later").body))
      #expect(!comment.tellsTheSame(as: Self.comment(report + "!").body))
      #expect(comment.body.components("<!--") == 3)
    }
  }

  /// GitLab carries out lines such as `/merge`.
  @Test(arguments: ["/merge", "  /close", "x\n/approve\ny", "\t/label ~bug", "a\r\n/close"])
  func reportsGiveNoCommands(_ report: String) {
    let lines = Self.comment(report, forge: .gitlab).body.split(whereSeparator: \.isNewline)
    #expect(!lines.contains { $0.drop { $0.isWhitespace }.hasPrefix("/") })
    #expect(Self.comment(report).body.contains(report.replacing("\r\n", with: "\r\n")))
  }

  private static func posted(_ id: Int64, _ author: String, _ body: String) -> PostedComment {
    PostedComment(id: id, author: ServerText(author), body: ServerText(body))
  }

  @Test func ownAreThoseOfMarkerAndAuthor() {
    let comment = Self.comment("x")
    let comments = [
      Self.posted(9, "Bot", comment.body),
      Self.posted(3, "bot", comment.body),
      Self.posted(1, "eve", comment.body),
      Self.posted(2, "bot", "> " + comment.body),
      Self.posted(4, "bot", "hello"),
      Self.posted(5, "", comment.body),
      Self.posted(6, "bot", Self.comment("x", name: "other").body),
    ]
    #expect(comment.own(among: comments, author: ServerText("bot")).map(\.id) == [3, 9])
    #expect(comment.own(among: comments, author: ServerText("")).isEmpty)
  }

  @Test(arguments: [
    (403, "", nil, true, false, Failure.Code.busy, "takes no more requests"),
    (403, "", 60, false, false, .busy, "again in 60 s"),
    (429, "", 5, false, false, .busy, "again in 5 s"),
    (401, "Bad credentials", nil, false, false, .denied, "rejects the token"),
    (
      403, "Unable to create comment because issue is locked.", nil, false, false, .denied,
      "is locked"
    ),
    (403, "", nil, false, true, .denied, "is locked"),
    (
      403, "You have exceeded a secondary rate limit", nil, false, false, .busy,
      "takes no more requests"
    ),
    (403, "User is blocked", nil, false, false, .denied, "(\"User is blocked\")"),
    (
      403, "Resource not accessible by integration", nil, false, false, .denied, "comes from a fork"
    ),
    (404, "Not Found", nil, false, false, .notFound, "shows no pull request acme/shop#7"),
    (307, "", nil, false, false, .notFound, "has moved"),
    (423, "", nil, false, false, .denied, "archived"),
    (502, "x\n::error::y", nil, false, false, .network, "502 (\"x\\n::error::y\")"),
    (422, "Validation Failed", nil, false, false, .network, "with 422 (\"Validation Failed\")"),
  ])
  func refusals(
    _ status: Int, _ words: String, _ retryAfter: Int64?, _ isUsedUp: Bool, _ isLocked: Bool,
    _ code: Failure.Code, _ message: String
  ) throws {
    let request = try #require(
      PullRequest(
        .github, api: "https://api.github.com", project: "acme/shop", number: 7, isFromFork: true))
    let body = JSONWriter.compact(["message": .string(words)])
    let failure = PostRefusal(
      status: status, words: RefusalWords(ServerJSON(ServerText(body))), retryAfter: retryAfter,
      isLimitUsedUp: isUsedUp, isLocked: isLocked, scrubber: TokenScrubber()
    ).failure(on: request.place)
    #expect(failure.code == code && failure.message.contains(message), "\(failure.message)")
  }
}

extension String {
  /// How many parts the separator makes.
  fileprivate func components(_ separator: String) -> Int {
    ranges(of: separator).count + 1
  }
}
