package import TinyforgeCore

/// Renders the event log's rows on GitOps as a table, what each changed below it.
package struct HistoryText: HistoryForm {
  private let names: [WorkloadKey: String]
  private let phrases: Phrases
  private let style: TextStyle
  private var table: TextTable
  private var isEmpty = true
  private var isWhole = true

  /// `names` are the workloads' names by their ids.
  package init(_ names: [WorkloadKey: String], phrases: Phrases, style: TextStyle) {
    (self.names, self.phrases, self.style) = (names, phrases, style)
    table = TextTable(phrases.historyHeader, style: style)
  }

  /// The rows that are ready with the next entry, often none.
  ///
  /// Columns are as wide as the widest text so far: a long history is not held for the sake of them.
  package mutating func add(_ entry: HistoryEntry) -> String {
    isEmpty = false
    switch entry {
    case .event(let event):
      table.add(cells(event, name: names[WorkloadKey(event.workload)] ?? ""))
      for change in event.changes { table.add(cells(change)) }
    case .recorded(let row):
      table.add(cells(row))
      isWhole = false
    }
    return table.count < Self.pageSize ? "" : style.wrapped(table.flush())
  }

  /// The rest.
  package mutating func end(_ ending: HistoryEnding) -> String {
    guard !isEmpty else {
      return (ending.isSince ? phrases.noRecentHistory : phrases.noHistory) + "\n"
    }
    return style.wrapped(
      table.flush() + (isWhole ? "" : phrases.unlogged(hasLog: ending.hasLog) + "\n"))
  }

  private static let pageSize = 512

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
    // Values are of any length: they come last, after the columns, and widen none.
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
    let place = event.host.isEmpty ? actor : "\(actor)@\(event.host.shownSafely)"
    return event.sudoUser.isEmpty ? place : "\(place) (sudo: \(event.sudoUser.shownSafely))"
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
