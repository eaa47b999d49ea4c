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
