import DriftTracking
import Notifying
import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// What each service reads out of names that are anybody's.
@Suite(.ownTime) struct NotificationFormatTests {
  /// Names of markup, mentions, links, control characters and marks of each service.
  static func names(_ count: Int) -> [String] {
    var random = SeededGenerator(seed: 19)
    let parts = [
      "<", ">", "&", "&amp;", "<!channel>", "<@U1>", "<https://x|y>", "@all", "@channel", "@room",
      "`", "``",
      "```", "*b*", "_i_", "~s~", "[a](b)", "![i](u)", "#", "|", "\\", "\"", "'", "\u{1B}[31m",
      "\n", "\r\n",
      "\u{0}", "\u{202E}", "\u{301}", "日", "🦆", ":tada:", "::error::", "<script>", "</code>",
      "shop", " ", "%0a",
    ]
    return (0..<count).map { _ in
      (0..<Int.random(in: 1...8, using: &random)).map { _ in
        parts.randomElement(using: &random) ?? ""
      }.joined()
    }
  }

  static func notification(_ names: [String]) -> DriftNotification {
    var changes = DriftChanges(previousAt: "2026-01-05T00:00:00Z")
    changes.new = names.map {
      TrackedDrift(
        id: $0, name: "", field: "port", repo: .string($0), live: .null, firstSeen: 1_767_571_200)
    }
    return DriftNotification(changes, generatedAt: "2026-01-06T00:00:00Z")
  }

  private static func text(_ name: String, _ format: NotificationFormat) throws -> JSONValue {
    let message = notification([name]).message(format, Phrases(.en))
    return try JSONValue(parsing: Array(message.body.utf8))
  }

  /// Slack reads `<…>` and `&…;` alone; undone, its text is the plain one.
  @Test func slackReadsNoMarkup() throws {
    for name in Self.names(2_000) {
      let body = try Self.text(name, .slack)
      let text = try #require(body["text"]?.text)
      #expect(!text.utf8.contains { "<>".utf8.contains($0) } && body["mrkdwn"] == false)
      var plain = Array(text.utf8)
      for (entity, mark) in [("&lt;", "<"), ("&gt;", ">")] {
        plain = plain.replacing(entity.utf8, with: Array(mark.utf8))
      }
      let rest = Array(text.utf8).replacing("&lt;".utf8, with: [])
        .replacing("&gt;".utf8, with: []).replacing("&amp;".utf8, with: [])
      #expect(!rest.contains(UInt8(ascii: "&")))
      plain = plain.replacing("&amp;".utf8, with: Array("&".utf8))
      #expect(plain.contains(name.shownSafely.utf8), "\(text)")
    }
  }

  /// In Mattermost each name is one span of code, which no mark of its own ends.
  @Test func mattermostReadsCodeAlone() throws {
    for name in Self.names(2_000) {
      let text = try #require(try Self.text(name, .mattermost)["text"]?.text)
      let parts = text.utf8.split(separator: UInt8(ascii: "`"), omittingEmptySubsequences: false)
      // Subject, field, spec and live value: four spans.
      #expect(parts.count == 9, "\(text)")
      let outside = parts.enumerated().filter { $0.offset % 2 == 0 }.flatMap(\.element)
      #expect(!outside.contains { "@[<*_~#|!".utf8.contains($0) }, "\(text)")
    }
  }

  /// No client of Matrix finds `@room` in the text, and the HTML has no elements but ours.
  @Test func matrixReadsNoMentionAndNoElement() throws {
    for name in Self.names(2_000) {
      let body = try Self.text(name, .matrix)
      let text = try #require(body["text"]?.text)
      #expect(!text.utf8.contains(UInt8(ascii: "@")))
      #expect(text.utf8.split(separator: 10).count == 2)
      var html = Array(try #require(body["html"]?.text).utf8)
      for element in ["<code>", "</code>", "<br>"] { html = html.replacing(element.utf8, with: []) }
      #expect(!html.contains { "<>\"".utf8.contains($0) }, "\(html)")
    }
  }

  /// ntfy takes plain text, and its headers hold nothing of others.
  @Test func ntfyGetsLinesWithoutControlCharacters() {
    for name in Self.names(2_000) {
      let body = Self.notification([name]).message(.ntfy, Phrases(.en)).body
      #expect(body.split(separator: "\n").count == 2)
      #expect(
        body.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    }
  }

  @Test(arguments: [
    (NotificationFormat.slack, 4_000), (.mattermost, 16_383), (.matrix, 65_535), (.ntfy, 4_096),
  ])
  func longMessagesFit(_ format: NotificationFormat, _ limit: Int) throws {
    for name in ["shop-&<>\"", String(repeating: "🦆", count: 5_000), "日\u{1B}"] {
      let notification = Self.notification((0..<3_000).map { "\($0)\(name)" })
      for language in Language.allCases {
        let body = notification.message(format, Phrases(language)).body
        let size =
          switch format {
          case .slack, .mattermost:
            try #require(JSONValue(parsing: Array(body.utf8))["text"]?.text).utf16.count
          case .matrix, .ntfy, .json: body.utf8.count
          }
        #expect(size <= limit && size > limit / 5, "\(format) \(size)")
        #expect(body.contains(language == .en ? " more" : "и ещё"))
      }
    }
  }
}
