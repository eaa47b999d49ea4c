package import TinyforgeCore

extension SQLiteStore {
  /// Hands out the event log's rows on GitOps, the latest first, of one workload or of all, as long as
  /// `body` returns true; with `since`, seconds since 1970, those of that time and later.
  ///
  /// However long the log is, a few rows are held at a time. The database is not locked while `body` runs: a reader
  /// that waits, such as a pager, keeps no writer waiting. Rows that are written meanwhile are left out.
  package func forEachLatestSyncEvent(
    of workload: String? = nil, since: Int64? = nil, _ body: (SyncEvent) throws(Failure) -> Bool
  ) throws(Failure) {
    guard schema.hasSyncEvents else { return }
    var page = EventPage(upTo: .max)
    while let next = page.upTo {
      page = try events(upTo: next, of: workload, since: since)
      for event in page.events {
        guard try body(event) else { return }
      }
    }
  }

  private func events(upTo last: Int64, of workload: String?, since: Int64?)
    throws(Failure) -> EventPage
  {
    let (condition, values) = workload.map(condition(on:)) ?? ("", [])
    let statement = try connection.prepare(
      "\(eventQuery)\(condition) AND rowid <= ? ORDER BY rowid DESC LIMIT \(EventPage.size)",
      "read the event log")
    try statement.bind(values + [.integer(last)])
    var page = EventPage(upTo: nil)
    var (count, row) = (0, last)
    while try statement.step() {
      (count, row) = (count + 1, statement.integer(0))
      guard let event = event(statement, since: since),
        workload.map({ event.workload.hasSameBytes(as: $0) }) ?? true
      else { continue }
      page.events.append(event)
    }
    page.upTo = count == EventPage.size && row > .min ? row - 1 : nil
    return page
  }
}

/// Some rows of the event log, read at once.
private struct EventPage {
  static let size = 256

  /// The latest first.
  var events: [SyncEvent] = []
  /// The number that the next page begins with; nil after the last one.
  var upTo: Int64?

  init(upTo: Int64?) { self.upTo = upTo }
}
