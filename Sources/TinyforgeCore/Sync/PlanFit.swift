/// How a saved plan fits the row that it is to be applied to.
package enum PlanFit: Sendable, Equatable {
  /// Every field is as planned already.
  case done
  /// The live config is as it was at planning, or some fields of it as planned already.
  case fits
  /// Something moved since.
  case stale([PlanMove])

  /// Compares the pinned workload with its row; `live` is the row's config.
  package init(
    _ planned: PlannedWorkload, row: Workload, live: LiveConfig, _ digests: PlanDigests
  ) {
    var moves = Self.movedRow(planned, row)
    var isDone = true
    for field in planned.fields {
      let now = Self.meaning(live[field.field], field.field)
      if now == Self.meaning(field.to, field.field) { continue }
      isDone = false
      guard now != Self.meaning(field.from, field.field) else { continue }
      moves.append(.field(field.field, planned: field.from, now: live[field.field]))
    }
    if moves.isEmpty, isDone {
      self = .done
      return
    }
    if moves.isEmpty { moves = Self.movedRest(planned, live, digests) }
    self = moves.isEmpty ? .fits : .stale(moves)
  }

  /// Values are compared as the server means them; one of an odd type only equals itself.
  private enum Meaning: Equatable {
    case value(FieldValue?)
    case odd(JSONValue)
  }

  private static func meaning(_ stored: JSONValue?, _ field: SpecField) -> Meaning {
    guard let stored, stored != .null else { return .value(field.absentMeans.map(field.normalize)) }
    guard let value = Drift.value(of: stored, as: field.form) else { return .odd(stored) }
    return .value(field.normalize(value))
  }

  private static func movedRow(_ planned: PlannedWorkload, _ row: Workload) -> [PlanMove] {
    var moves: [PlanMove] = []
    if !row.gitopsEnabled { moves.append(.optedOut) }
    if !row.sourceKind.hasSameBytes(as: planned.sourceKind) {
      moves.append(.column("source_kind", planned: planned.sourceKind, now: row.sourceKind))
    }
    if !row.gitopsPath.hasSameBytes(as: planned.path) {
      moves.append(.column("gitops_path", planned: planned.path, now: row.gitopsPath))
    }
    return moves
  }

  /// The members that nothing declares: a sync leaves them alone, but what was reviewed is the whole.
  private static func movedRest(
    _ planned: PlannedWorkload, _ live: LiveConfig, _ digests: PlanDigests
  ) -> [PlanMove] {
    let managed = planned.fields.map(\.field)
    let rest = PlannedWorkload.restDigest(planned.id, live, besides: managed, digests)
    if rest == planned.restDigest { return [] }
    let present = live.members(besides: managed)
    var moves: [PlanMove] = []
    for member in present {
      let same = planned.undeclared.first { $0.name.hasSameBytes(as: member.name) }
      guard let pinned = same else {
        moves.append(.undeclared(member.name, .added))
        continue
      }
      guard let known = pinned.digest else { continue }
      if known != PlannedWorkload.digest(of: member, planned.id, live, digests) {
        moves.append(.undeclared(member.name, .changed))
      }
    }
    moves += planned.undeclared.filter { pinned in
      !present.contains { $0.name.hasSameBytes(as: pinned.name) }
    }.map { .undeclared($0.name, .removed) }
    return moves.isEmpty
      ? [.rest(planned.undeclared.filter { $0.digest == nil }.map(\.name))] : moves
  }
}

/// Something that is not as a saved plan has it.
package enum PlanMove: Sendable, Equatable {
  /// What happened to a member.
  package enum Deed: String, Sendable { case added, changed, removed }

  case optedOut
  /// A column of the row.
  case column(String, planned: String, now: String)
  /// A declared field; nil stands for an absent key.
  case field(SpecField, planned: JSONValue?, now: JSONValue?)
  /// A member of the live config that no spec declares.
  case undeclared(String, Deed)
  /// Some other part of the live config: one of these secret members, or their order.
  case rest([String])

  /// Whether a row of the log tells of a change of what moved.
  package func isTold(by event: SyncEvent) -> Bool {
    switch self {
    case .optedOut: event.kind == .disable
    case .column(let name, _, let now):
      event.changes.contains { $0.field == name && $0.to == .string(now) }
    case .field(let field, _, _): event.sets(field)
    case .undeclared, .rest: false
    }
  }

  /// What moved, as a clause; `last` is the log's latest row that tells of it, `moment` when it
  /// was otherwise.
  package func told(last: SyncEvent?, at moment: String = "at planning") -> String {
    switch self {
    case .optedOut: return "the workload is no longer opted in to GitOps" + Self.doer(last)
    case .column(let name, let planned, let now):
      return "\(name) was \(planned.shownSafely) \(moment) and is \(now.shownSafely) now"
        + Self.doer(last)
    case .field(let field, let planned, let now):
      return "\(field.name) was \(Self.shown(planned)) \(moment) and is \(Self.shown(now)) now, "
        + Self.author(of: now, field, last)
    case .undeclared(let name, let deed):
      return "\(name.shownSafely), which the spec does not declare, was \(deed.rawValue) since"
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
