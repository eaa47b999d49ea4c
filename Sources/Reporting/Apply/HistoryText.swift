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
  package func render(
    _ entries: [HistoryEntry], names: [WorkloadKey: String], hasLog: Bool
  ) -> String {
    guard !entries.isEmpty else { return phrases.noHistory + "\n" }
    var table = TextTable(phrases.historyHeader, style: style)
    var isWhole = true
    for entry in entries {
      switch entry {
      case .event(let event):
        table.add(cells(event, name: names[WorkloadKey(event.workload)] ?? ""))
        for change in event.changes { table.add(cells(change)) }
      case .recorded(let row):
        table.add(cells(row))
        isWhole = false
      }
    }
    return style.wrapped(
      table.render() + (isWhole ? "" : phrases.unlogged(hasLog: hasLog) + "\n"))
  }

  private typealias Cell = (text: String, role: TextStyle.Role?)

  private func cells(_ event: SyncEvent, name: String) -> [Cell] {
    [
      ("\(event.id)", .strong), (event.createdAt.shownSafely, nil), (who(event), nil),
      (phrases.done(event.kind), nil), (workload(event.workload, name), nil),
      (source(event), .faint),
    ]
  }

  private func cells(_ row: Workload) -> [Cell] {
    [
      ("-", .faint), (row.lastSyncAt.shownSafely, nil), ("?", nil), (phrases.done(.sync), nil),
      (workload(row.id, row.name), nil), (short(row.lastSyncCommit), .faint),
    ]
  }

  private func cells(_ change: SyncEvent.Change) -> [Cell] {
    // Values are of any length: they stand last, beyond the columns, and widen none.
    let values = [change.from, change.to].map {
      ValueText.shown(($0 ?? .null).withoutCredentials, phrases)
    }
    let pair = "\(change.isFromKnown ? values[0] : "?") → \(values[1])"
    return [("", nil), ("  \(change.field.shownSafely)", .faint), (pair, nil)]
  }

  private func who(_ event: SyncEvent) -> String {
    let actor = event.actor.isEmpty ? "?" : event.actor.shownSafely
    if event.isServers {
      return event.actor.isEmpty ? phrases.server : "\(actor) (\(phrases.server))"
    }
    return event.host.isEmpty ? actor : "\(actor)@\(event.host.shownSafely)"
  }

  private func workload(_ id: String, _ name: String) -> String {
    WorkloadName(id: id, name: name).title.shownSafely
  }

  private func source(_ event: SyncEvent) -> String {
    if let reverts = event.reverts { return phrases.ofEvent(reverts) }
    guard !event.commit.isEmpty else { return "" }
    let commit = short(event.commit)
    return event.path.isEmpty ? commit : "\(commit) \(event.path.shownSafely)"
  }

  private func short(_ commit: String) -> String { ObjectID.short(commit).shownSafely }
}
