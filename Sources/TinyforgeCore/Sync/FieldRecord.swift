/// What was done to a field last.
package struct FieldRecord: Sendable, Equatable {
  /// The values of a revert.
  package struct Revert: Sendable, Equatable {
    /// What it put back; null where it took the key out.
    package var live: JSONValue
    /// What the syncs before it had set; null for a key that was absent.
    package var undone: JSONValue
    /// Whose spec it put back; empty where it put back the values from before a sync.
    package var commit: String

    /// Creates one from its parts.
    package init(live: JSONValue, undone: JSONValue, commit: String) {
      self.live = live
      self.undone = undone
      self.commit = commit
    }
  }

  /// The row that set the field.
  package var event: ReportedDrift.SyncEvent
  /// The values, where that row is a revert and the log holds them.
  package var revert: Revert?
  /// What the latest sync set; nil where the log does not tell.
  private var synced: JSONValue?

  /// Creates one from its parts.
  package init(event: ReportedDrift.SyncEvent, revert: Revert? = nil) {
    self.event = event
    self.revert = revert
  }

  init(_ row: SyncEvent, setting field: SpecField, after earlier: FieldRecord?) {
    event = ReportedDrift.SyncEvent(row)
    let change = row.changes.last { $0.field == field.name }
    let isKnown = change.map { !$0.isMasked } ?? false
    guard row.kind == .revert else {
      synced = isKnown ? Self.plain(change?.to) : nil
      return
    }
    synced = earlier?.synced
    let before = change?.isFromKnown == true ? Self.plain(change?.from) : nil
    if isKnown, let live = Self.plain(change?.to), let undone = synced ?? before {
      revert = Revert(live: live, undone: undone, commit: row.commit)
    }
  }

  /// The value as a log and a snapshot may hold it; nil where it looks like a credential.
  private static func plain(_ value: JSONValue?) -> JSONValue? {
    let value = value ?? .null
    return value.withoutCredentials == value ? value : nil
  }

  /// The cause of drift in the field that a revert made; nil where none did.
  ///
  /// The live value is what the revert put back, and the spec still declares what was undone.
  package func cause(of entry: DriftEntry) -> FieldCause? {
    guard let revert, isSame(revert.live, entry.live, entry.field),
      Drift.meaning(of: revert.undone, for: entry.field) == entry.field.normalize(entry.repo)
    else { return nil }
    let what =
      event.reverts.map { "reverted the sync of event \($0)" }
      ?? "put back the spec of commit \(ObjectID.short(revert.commit).shownSafely)"
    return FieldCause(
      cause: .reverted,
      reason: "event \(event.id) \(what); the spec still declares the value that was undone",
      base: event.reverts == nil ? nil : entry.repo)
  }

  private func isSame(_ put: JSONValue, _ live: JSONValue?, _ field: SpecField) -> Bool {
    let put = put == .null ? nil : put
    if put == live { return true }
    let meaning = Drift.meaning(of: put, for: field)
    return meaning != nil && meaning == Drift.meaning(of: live, for: field)
  }
}

extension ReportedDrift.SyncEvent {
  init(_ row: SyncEvent) {
    self.init(
      id: row.id, at: row.createdAt, actor: row.actor.withoutCredentials, reverts: row.reverts)
  }
}
