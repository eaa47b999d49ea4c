package import TinyforgeCore

/// What a forge writes in the body of a refusal.
package struct RefusalWords: Sendable {
  private let parts: [ServerText]

  /// The words of an answer's JSON; none where it has none.
  ///
  /// GitHub gives the reasons of a 422 in `errors`, as objects or as texts; GitLab's `message` may be
  /// an object with a list of texts for each field.
  package init(_ json: ServerJSON?) {
    let head = [json?["message"], json?["error_description"], json?["error"]].compactMap { part in
      part.map(Self.texts)
    }.first { !$0.isEmpty }
    let reasons = (json?["errors"]?.items ?? []).flatMap { error in
      Self.texts(error["message"] ?? error)
    }
    parts = (head ?? []) + reasons
  }

  /// The texts of a string, a list, or an object whose values are either; without empty ones.
  private static func texts(_ json: ServerJSON) -> [ServerText] {
    let own = json.text.map { [$0] }
    let texts =
      own
      ?? (json.items ?? json.values).flatMap {
        $0.text.map { [$0] } ?? $0.items?.compactMap(\.text) ?? []
      }
    return texts.filter { !$0.isEmpty }
  }

  /// Whether there are none.
  package var isEmpty: Bool { parts.isEmpty }

  /// Whether they speak of a limit on requests: GitHub's secondary limits come as 403, at times
  /// without a header that says so.
  package var tellOfLimit: Bool {
    holdAny(["rate limit", "abuse detection", "too many requests"])
  }

  /// Whether they say that a thread is locked, which "blocked" does not.
  package var tellOfLock: Bool {
    parts.contains { part in
      part.satisfies { text in
        text.lowercased().splitAtScalars { !$0.properties.isAlphabetic }
          .contains { $0.hasSameBytes(as: "locked") }
      }
    }
  }

  private func holdAny(_ phrases: [String]) -> Bool {
    parts.contains { part in
      part.satisfies { text in phrases.contains { text.lowercased().utf8.contains($0.utf8) } }
    }
  }

  /// The words for a message, at most `limit` characters.
  package func shown(_ scrubber: TokenScrubber, atMost limit: Int) -> String {
    // At most a few: a list may be of any length.
    parts.prefix(8).map { scrubber.scrub($0) }.joined(separator: "; ").shortened(to: limit)
      .shownSafely
  }
}
