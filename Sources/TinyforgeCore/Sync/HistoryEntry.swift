/// One entry of a history.
package enum HistoryEntry: Sendable {
  /// A row of the event log.
  case event(SyncEvent)
  /// The last sync of a workload of which the event log holds none, as the workload's own row records it.
  case recorded(Workload)

  /// When it was, as `YYYY-MM-DDTHH:MM:SSZ`; nil for a time in another form.
  fileprivate var time: String? {
    switch self {
    case .event(let event): UTCTime.utc(ofRFC3339: event.createdAt)
    case .recorded(let row): UTCTime.utc(ofRFC3339: row.lastSyncAt)
    }
  }
}

/// Puts what rows record into its place among the events of the log, which come one by one, the latest first.
///
/// Events keep the order of the log. What a row records goes before the first earlier event.
package struct HistoryOrder {
  private var recorded: ArraySlice<HistoryEntry>

  /// Takes rows whose last sync the log does not hold.
  package init(recorded rows: [Workload]) {
    let entries = rows.map(HistoryEntry.recorded).enumerated().sorted { left, right in
      let (one, other) = (left.element.time ?? "", right.element.time ?? "")
      return one == other ? left.offset < right.offset : one > other
    }
    recorded = entries.map(\.element)[...]
  }

  /// The entries from the last event to this one.
  package mutating func entries(upTo event: SyncEvent) -> [HistoryEntry] {
    let entry = HistoryEntry.event(event)
    guard !recorded.isEmpty, let time = entry.time else { return [entry] }
    let later = recorded.prefix { $0.time.map { $0 > time } ?? false }
    recorded = recorded.dropFirst(later.count)
    return later + [entry]
  }

  /// What is left when there are no more events.
  package mutating func rest() -> [HistoryEntry] {
    defer { recorded = [] }
    return Array(recorded)
  }
}
