import Reporting
import TinyforgeCore

/// What a notification is written for.
package enum NotificationFormat: String, Sendable, CaseIterable {
  /// The document of docs/schemas/notification.v1.json.
  case json
  /// An incoming webhook of Slack.
  case slack
  /// An incoming webhook of Mattermost.
  case mattermost
  /// A generic webhook of matrix-hookshot.
  case matrix
  /// A topic of ntfy.
  case ntfy

  /// How long a message may be, in the service's own unit: Slack splits longer ones, Mattermost refuses them, an event of
  /// Matrix with both of its texts has 65,535 bytes, and ntfy makes an attachment of what is longer.
  var limit: Int {
    switch self {
    case .json: .max
    case .slack: 4_000
    case .mattermost: 16_383
    case .matrix: 12_000
    case .ntfy: 4_000
    }
  }

  /// How much of the limit a text takes.
  func size(of text: String) -> Int {
    switch self {
    case .json, .slack, .mattermost: text.utf16.count
    case .matrix, .ntfy: text.utf8.count
    }
  }

  /// A name or a value of others, as the format's own rules have it, on one line.
  package func encoded(_ text: String) -> String {
    let shown = text.shownSafely
    switch self {
    case .json, .ntfy: return shown
    // The three characters that Slack reads, its mentions and links among them; see docs.slack.dev, "Formatting message text".
    case .slack: return shown.replacingBytes(Self.slackEntity)
    // Code is neither Markdown nor a mention; nothing escapes the mark that ends it.
    case .mattermost:
      return "`\(shown.replacingBytes { $0 == UInt8(ascii: "`") ? "'" : nil })`"
    // A client looks for `@room` in the plain text, wherever it is.
    case .matrix: return shown.replacingBytes { $0 == UInt8(ascii: "@") ? "＠" : nil }
    }
  }

  private static func slackEntity(_ byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    default: nil
    }
  }
}
