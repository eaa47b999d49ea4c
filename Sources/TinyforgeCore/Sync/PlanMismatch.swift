/// One difference between a saved plan and the row that it is for: why the plan is stale.
///
/// ``PlanFit`` finds them; ``StalePlan`` joins their clauses to the message.
package enum PlanMismatch: Sendable, Equatable {
  /// How a member changed.
  package enum MemberChange: String, Sendable { case added, changed, removed }

  /// The workload is no longer opted in to GitOps.
  case optedOut
  /// A column of the row.
  case column(String, planned: String, now: String)
  /// A declared field; nil means an absent key.
  case field(SpecField, planned: JSONValue?, now: JSONValue?)
  /// A member of the live config that the spec does not declare.
  case undeclared(String, MemberChange)
  /// Some other part of the live config: one of these secret members, or their order.
  case rest([String])

  /// Whether a row of the log records the change.
  package func isRecorded(by event: SyncEvent) -> Bool {
    switch self {
    case .optedOut: event.kind == .disable
    case .column(let name, _, let now):
      event.changes.contains { $0.field == name && $0.to == .string(now) }
    case .field(let field, _, _): event.sets(field)
    case .undeclared, .rest: false
    }
  }

  /// The mismatch as a clause; `last` is the latest row of the log that records it, `moment` when it
  /// was otherwise.
  package func clause(last: SyncEvent?, at moment: String = "at planning") -> String {
    switch self {
    case .optedOut: return "the workload is no longer opted in to GitOps" + Self.doer(last)
    case .column(let name, let planned, let now):
      return "\(name) was \(planned.shownSafely) \(moment) and is \(now.shownSafely) now"
        + Self.doer(last)
    case .field(let field, let planned, let now):
      return "\(field.name) was \(Self.shown(planned)) \(moment) and is \(Self.shown(now)) now, "
        + Self.author(of: now, field, last)
    case .undeclared(let name, let change):
      return "\(name.shownSafely), which the spec does not declare, was \(change.rawValue) since"
    case .rest(let secrets):
      let names = secrets.map(\.shownSafely).joined(separator: ", ")
      return secrets.isEmpty
        ? "the members of the live config are in another order since"
        : "the live config changed since, in \(names) or in the order of its members"
    }
  }

  private static func author(of now: JSONValue?, _ field: SpecField, _ last: SyncEvent?) -> String {
    guard let last, let change = last.changes.first(where: { $0.field == field.name }) else {
      return "changed outside of GitOps: no audit row tells of it"
    }
    return change.to == now
      ? "set by \(row(last))" : "changed outside of GitOps after \(row(last))"
  }

  private static func doer(_ event: SyncEvent?) -> String { event.map { ", by \(row($0))" } ?? "" }

  private static func row(_ event: SyncEvent) -> String {
    "event \(event.id), the \(event.kind.rawValue) of \(event.actor.shownSafely) at "
      + event.createdAt.shownSafely
  }

  private static func shown(_ value: JSONValue?) -> String {
    value.map { JSONWriter.compact($0.withoutCredentials) } ?? "unset"
  }
}
