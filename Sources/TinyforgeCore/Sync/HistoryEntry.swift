/// One entry of a history.
package enum HistoryEntry: Sendable {
  /// A row of the event log.
  case event(SyncEvent)
  /// The last sync of a workload of which the event log holds none, as the workload's own row records it.
  case recorded(Workload)

  /// When it was, as `YYYY-MM-DDTHH:MM:SSZ`; nil for a time in another form.
  private var time: String? {
    switch self {
    case .event(let event): UTCTime.utc(ofRFC3339: event.createdAt)
    case .recorded(let row): UTCTime.utc(ofRFC3339: row.lastSyncAt)
    }
  }

  /// The latest first: events keep the order of the log, and what the rows record goes before the first
  /// earlier event.
  package static func ordered(
    _ latestEvents: some Sequence<SyncEvent>, recorded: some Sequence<Workload>
  ) -> [HistoryEntry] {
    var entries = latestEvents.map(HistoryEntry.event)
    for row in recorded {
      let entry = HistoryEntry.recorded(row)
      let place = entries.firstIndex { other in
        guard let own = entry.time, let time = other.time else { return false }
        return time < own
      }
      entries.insert(entry, at: place ?? entries.endIndex)
    }
    return entries
  }
}
