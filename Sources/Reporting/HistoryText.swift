package import TinyforgeCore

/// Renders the event log's rows on GitOps as a table, what each changed below it.
package struct HistoryText {
  private let phrases: Phrases
  private let style: TextStyle

  /// Creates one from its parts.
  package init(phrases: Phrases, style: TextStyle) {
    self.phrases = phrases
    self.style = style
  }

  /// `names` are the workloads' names by their ids.
  package func render(_ events: [SyncEvent], names: [WorkloadKey: String]) -> String {
    guard !events.isEmpty else { return phrases.noHistory + "\n" }
    var table = TextTable(phrases.historyHeader, style: style)
    for event in events {
      table.add([
        ("\(event.id)", .strong), (event.createdAt.shownSafely, nil), (who(event), nil),
        (phrases.done(event.kind), nil), (workload(event, names), nil),
        (source(event), .faint),
      ])
      for change in event.changes { table.add(cells(change)) }
    }
    return table.render()
  }

  private func cells(_ change: SyncEvent.Change) -> [(text: String, role: TextStyle.Role?)] {
    // Values are of any length: they stand last, beyond the columns, and widen none.
    let pair = [change.from, change.to].map {
      ValueText.shown(($0 ?? .null).withoutCredentials, phrases)
    }.joined(separator: " → ")
    return [("", nil), ("  \(change.field.shownSafely)", .faint), (pair, nil)]
  }

  private func who(_ event: SyncEvent) -> String {
    let actor = event.actor.isEmpty ? "?" : event.actor.shownSafely
    return event.host.isEmpty ? actor : "\(actor)@\(event.host.shownSafely)"
  }

  private func workload(_ event: SyncEvent, _ names: [WorkloadKey: String]) -> String {
    let id = event.workload.shownSafely
    guard let name = names[WorkloadKey(event.workload)], !name.isEmpty, name != event.workload
    else { return id }
    return "\(name.shownSafely) (\(id))"
  }

  private func source(_ event: SyncEvent) -> String {
    if let reverts = event.reverts { return phrases.ofEvent(reverts) }
    guard !event.commit.isEmpty else { return "" }
    let commit = String(event.commit.prefix(12)).shownSafely
    return event.path.isEmpty ? commit : "\(commit) \(event.path.shownSafely)"
  }
}
