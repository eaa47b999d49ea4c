/// What undoing a sync would do to a live config.
package struct RevertPlan: Sendable {
  /// A field whose live value is no longer the one that the sync set.
  package struct Move: Sendable, Equatable {
    /// The field.
    package var field: SpecField
    /// The value that the sync set.
    package var synced: JSONValue?
    /// The live value.
    package var now: JSONValue?

    /// The move as a clause; `last` is the log's latest row that set the field.
    package func clause(_ event: SyncEvent, _ last: SyncEvent?) -> String {
      let mismatch = PlanMismatch.field(field, planned: synced, now: now)
      return mismatch.clause(
        last: last.flatMap { $0.id > event.id ? $0 : nil }, at: "after the sync")
    }
  }

  /// The row of the log that is undone.
  package let synced: SyncEvent
  /// The number of the row that is undone.
  package var event: Int64 { synced.id }
  /// From the present values to those before the sync; those that are equal already left out.
  package let changes: [SyncEvent.Change]
  /// The fields whose live values were changed since the sync.
  package let moved: [Move]
  /// The config with the values put back.
  package let config: LiveConfig
  /// Why it may not be done, forced or not; nil where it may.
  package let fault: String?

  /// Plans to undo `event` on a live config.
  package init(_ event: SyncEvent, live: LiveConfig, source: SourceKind) {
    var changes: [SyncEvent.Change] = []
    var moved: [Move] = []
    var json = live.json
    var fault = event.changes.isEmpty ? "event \(event.id) does not tell what it changed" : nil
    for change in event.changes {
      guard let field = SpecFieldTable.named(change.field), !change.isMasked, change.isFromKnown
      else {
        fault =
          fault ?? "event \(event.id) does not hold the value of \(change.field.shownSafely) "
          + "before the sync" + (change.isMasked ? ", which looked like a credential" : "")
        continue
      }
      let now = live[field]
      if !Self.isSame(now, change.to, field) {
        moved.append(Move(field: field, synced: change.to, now: now))
      }
      guard now != change.from else { continue }
      changes.append(.init(field: field.name, from: now, to: change.from))
      do {
        if let before = change.from {
          json = try json.setting(field.name, to: before)
        } else {
          json = try json.removing(field.name)
        }
      } catch {
        fault = fault ?? "the config cannot be changed: \(error.problem)"
      }
    }
    let config = (try? LiveConfig(json)) ?? live
    if fault == nil {
      fault = ConfigValidation.faults(in: config, source: source, declared: []).first
        .map { "the config before the sync is not valid: \($0)" }
    }
    synced = event
    self.changes = changes
    self.moved = moved
    self.config = config
    self.fault = fault
  }

  private static func isSame(_ one: JSONValue?, _ other: JSONValue?, _ field: SpecField) -> Bool {
    if one == other { return true }
    guard let one = Drift.meaning(of: one, for: field),
      let other = Drift.meaning(of: other, for: field)
    else { return false }
    return one == other
  }
}
