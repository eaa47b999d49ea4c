package import DriftTracking
package import Reporting
package import TinyforgeCore

/// The report of a run to a service: drift that is new, changed or resolved.
package struct DriftNotification: Sendable {
  /// The value of the document's `schema`.
  package static let schema = "tinyforge.notification/v1"

  /// When the run looked, RFC 3339 in UTC.
  let generatedAt: String
  /// When the earlier run looked; nil where there was none.
  let previousAt: String?
  /// What drifts, counts, and did not before.
  package let new: [TrackedDrift]
  /// What drifted before too, with another declared or live value.
  package let changed: [TrackedDrift]
  /// What drifted, counted, and does no more.
  package let resolved: [TrackedDrift]

  /// Takes what is news of a comparison; drift that is too young to count is none.
  package init(_ changes: DriftChanges, generatedAt: String) {
    self.generatedAt = generatedAt
    previousAt = changes.previousAt
    new = changes.new.filter(\.isCounted) + changes.lasting.filter(\.isNewlyCounted)
    changed = changes.lasting.filter { $0.isChanged && $0.isCounted && !$0.isNewlyCounted }
    resolved = changes.resolved.filter(\.isCounted)
  }

  /// Whether there is nothing to notify of.
  package var isEmpty: Bool { new.isEmpty && changed.isEmpty && resolved.isEmpty }

  /// The document of the form `json`.
  package var json: JSONValue {
    [
      "schema": .string(Self.schema), "generated_at": .string(generatedAt),
      "previous_generated_at": .optional(previousAt), "new": .array(new.map(\.json)),
      "changed": .array(changed.map(\.json)), "resolved": .array(resolved.map(\.json)),
    ]
  }

  // MARK: Messages

  /// What is sent: a body, its type, and further headers.
  package struct Message: Sendable, Equatable {
    /// The body of the request.
    package let body: String
    /// The body's media type.
    let contentType: String
    /// Further headers, as names and values.
    let headers: [String: String]
  }

  /// The message in a form.
  package func message(_ format: NotificationFormat, _ phrases: Phrases) -> Message {
    let body: JSONValue
    switch format {
    case .json: body = json
    case .slack:
      body = [
        "text": .string(text(format, phrases)), "mrkdwn": false, "unfurl_links": false,
        "unfurl_media": false,
      ]
    case .mattermost: body = ["text": .string(text(format, phrases))]
    case .matrix:
      body = ["text": .string(text(format, phrases)), "html": .string(html(phrases))]
    case .ntfy:
      return Message(
        body: text(format, phrases), contentType: "text/plain; charset=utf-8",
        headers: [
          "Title": "Tinyforge: drift",
          "Tags": new.isEmpty && changed.isEmpty ? "white_check_mark" : "warning",
        ])
    }
    return Message(
      body: JSONWriter.compact(body), contentType: "application/json", headers: [:])
  }

  private func text(_ format: NotificationFormat, _ phrases: Phrases) -> String {
    fitted(format, phrases) { format.encoded($0) }
  }

  private func html(_ phrases: Phrases) -> String {
    fitted(.matrix, phrases, lineEnd: "<br>") { "<code>\(HTMLText.encoded($0))</code>" }
  }

  /// The lines that fit into the format's limit, each whole; how many are left out is said.
  private func fitted(
    _ format: NotificationFormat, _ phrases: Phrases, lineEnd: String = "\n",
    encode: @escaping (String) -> String
  ) -> String {
    let words = NotificationWords(phrases: phrases, encode: encode)
    let lines = words.lines(self)
    // Room for the words on what is left out.
    let limit = format.limit - 100
    var text = words.head(self)
    var size = format.size(of: text)
    for (index, line) in lines.enumerated() {
      size += format.size(of: line) + lineEnd.utf8.count
      guard size <= limit else { return text + lineEnd + words.leftOut(lines.count - index) }
      text += lineEnd + line
    }
    return text
  }
}
