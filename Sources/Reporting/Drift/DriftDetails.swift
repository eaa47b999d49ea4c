package import TinyforgeCore

/// The sentences on a drifted field: who moved, who touched the spec, who synced last.
package struct DriftDetails: Sendable {
  var phrases: Phrases
  /// Encodes text of others for the sink.
  var encode: @Sendable (String) -> String
  /// Makes a link of a text that is encoded already, and of an address.
  var link: @Sendable (String, String) -> String

  /// Creates one for a language and a sink.
  package init(
    phrases: Phrases, encode: @escaping @Sendable (String) -> String,
    link: @escaping @Sendable (String, String) -> String = { text, _ in text }
  ) {
    self.phrases = phrases
    self.encode = encode
    self.link = link
  }

  /// The cause first; each sentence without a final full stop.
  func sentences(_ entry: ReportedDrift, links: SpecLinks? = nil) -> [String] {
    [cause(entry), lasting(entry), base(entry), touched(entry, links), synced(entry)]
      .compactMap(\.self)
  }

  func cause(_ entry: ReportedDrift) -> String {
    let label = phrases.cause(entry.cause)
    let reason = reason(entry)
    return reason.isEmpty ? label : "\(label): \(reason)"
  }

  /// Why the cause is what it is; reports hold it in English, so other languages say what the cause
  /// means, except where it is not known and only the report says why.
  package func reason(_ entry: ReportedDrift) -> String {
    guard phrases.language != .en, entry.cause != .unknown else { return encode(entry.reason) }
    let sentence = phrases.explanation(of: entry.cause)
    return sentence.prefix(1).lowercased() + sentence.dropFirst().dropLast()
  }

  /// Since when it drifts.
  package func lasting(_ entry: ReportedDrift) -> String? {
    entry.since.map { since in
      let time = encode(UTCTime.rfc3339(since.firstSeen))
      return since.age.map { phrases.drifting(for: $0, since: time) }
        ?? phrases.drifting(since: time)
    }
  }

  /// What was synced last.
  package func base(_ entry: ReportedDrift) -> String? {
    entry.base.map { phrases.synced(to: encode(ValueText.shown($0, phrases))) }
  }

  /// Who wrote the value's line in the spec last.
  package func touched(_ entry: ReportedDrift, _ links: SpecLinks? = nil) -> String? {
    if let untold = entry.untold { return phrases.untold(encode(untold)) }
    return entry.touched.map { touch in
      let short = encode(ObjectID.short(touch.commit))
      return phrases.touched(
        commit: links?.commit(touch.commit).map { link(short, $0) } ?? short,
        at: encode(touch.authoredAt),
        author: encode(touch.author), subject: encode(touch.subject))
    }
  }

  /// Who set the live value last.
  package func synced(_ entry: ReportedDrift) -> String? {
    entry.syncedBy.map { event in
      phrases.syncedBy(
        actor: encode(event.actor), at: encode(event.at), event: event.id, reverts: event.reverts)
    }
  }
}
