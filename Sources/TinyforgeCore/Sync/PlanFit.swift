/// Whether a saved plan still fits the row that it is to be applied to.
package enum PlanFit: Sendable, Equatable {
  /// Every planned field has its planned value already: there is nothing to write.
  case done
  /// Each planned field has the value from planning or the planned one, and the rest of the config did not change: the
  /// plan may be written.
  case fits
  /// The row or its config changed since in another way: the plan is refused. ``StalePlan`` words the mismatches.
  case stale([PlanMismatch])

  /// Compares the pinned workload with its row; `live` is the row's config.
  package init(
    _ planned: PlannedWorkload, row: Workload, live: LiveConfig, _ digests: PlanDigests
  ) {
    var mismatches = Self.rowMismatches(planned, row)
    var isDone = true
    for field in planned.fields {
      let now = Self.meaning(live[field.field], field.field)
      if now == Self.meaning(field.to, field.field) { continue }
      isDone = false
      guard now != Self.meaning(field.from, field.field) else { continue }
      mismatches.append(.field(field.field, planned: field.from, now: live[field.field]))
    }
    if mismatches.isEmpty, isDone {
      self = .done
      return
    }
    if mismatches.isEmpty { mismatches = Self.restMismatches(planned, live, digests) }
    self = mismatches.isEmpty ? .fits : .stale(mismatches)
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

  private static func rowMismatches(_ planned: PlannedWorkload, _ row: Workload) -> [PlanMismatch] {
    var mismatches: [PlanMismatch] = []
    if !row.gitopsEnabled { mismatches.append(.optedOut) }
    if !row.sourceKind.hasSameBytes(as: planned.sourceKind) {
      mismatches.append(.column("source_kind", planned: planned.sourceKind, now: row.sourceKind))
    }
    if !row.gitopsPath.hasSameBytes(as: planned.path) {
      mismatches.append(.column("gitops_path", planned: planned.path, now: row.gitopsPath))
    }
    return mismatches
  }

  /// The members that nothing declares: a sync leaves them alone, but what was reviewed is the whole.
  private static func restMismatches(
    _ planned: PlannedWorkload, _ live: LiveConfig, _ digests: PlanDigests
  ) -> [PlanMismatch] {
    let managed = planned.fields.map(\.field)
    let rest = PlannedWorkload.restDigest(planned.id, live, besides: managed, digests)
    if rest == planned.restDigest { return [] }
    let present = live.members(besides: managed)
    var mismatches: [PlanMismatch] = []
    for member in present {
      let same = planned.undeclared.first { $0.name.hasSameBytes(as: member.name) }
      guard let pinned = same else {
        mismatches.append(.undeclared(member.name, .added))
        continue
      }
      guard let known = pinned.digest else { continue }
      if known != PlannedWorkload.digest(of: member, planned.id, live, digests) {
        mismatches.append(.undeclared(member.name, .changed))
      }
    }
    mismatches += planned.undeclared.filter { pinned in
      !present.contains { $0.name.hasSameBytes(as: pinned.name) }
    }.map { .undeclared($0.name, .removed) }
    return mismatches.isEmpty
      ? [.rest(planned.undeclared.filter { $0.digest == nil }.map(\.name))] : mismatches
  }
}
