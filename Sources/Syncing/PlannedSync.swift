package import FleetReading
package import TinyforgeCore
package import WorkloadStore

extension SavedPlan {
  /// The plan as one for these databases; throws where it names a server that none of them is of.
  package func on(_ databases: FleetDatabases) throws(Failure) -> SavedPlan {
    var plan = self
    for index in plan.workloads.indices {
      guard let planned = plan.workloads[index].server else {
        plan.workloads[index].server = try Self.onlyServer(databases)
        continue
      }
      if databases[planned] == nil { throw Self.otherServer(planned, databases.servers) }
    }
    return plan
  }

  /// The server of a plan that names none: that of the only database.
  private static func onlyServer(_ databases: FleetDatabases) throws(Failure) -> String? {
    guard !databases.areSeveral else {
      throw Failure(
        .usage, "the saved plan names no server, and several databases are given",
        remedy: "give the one that it was made for, with one --db")
    }
    return databases.servers.first
  }

  private static func otherServer(_ planned: String, _ servers: [String]) -> Failure {
    let given = servers.joined(separator: ", ")
    return Failure(
      .usage,
      "the saved plan is for server \(planned), and "
        + (servers.isEmpty ? "no server is named" : "the databases that are given are of \(given)"),
      remedy:
        "give its database by that name: --db \(prose: planned)=PATH, or with \(option: "--server-name", planned)"
    )
  }

  /// The rows of its workloads that are still in the databases.
  package func rows(in databases: FleetDatabases) throws(Failure) -> [Workload] {
    var rows: [Workload] = []
    for planned in workloads {
      guard let database = databases[planned.server],
        let row = try database.store.workload(id: planned.id)
      else { continue }
      rows.append(row.labelled(planned.server))
    }
    return rows
  }
}

/// Carries out what a saved plan pins of a workload, or says why it no longer fits.
package struct PlannedSync: SyncTask {
  /// What is reported where the run ends before it.
  package let shown: WorkloadReport
  private let planned: PlannedWorkload
  private let inspection: Inspection
  private let digests: PlanDigests

  /// Creates the task for one workload of a saved plan.
  package init(_ planned: PlannedWorkload, inspection: Inspection, _ digests: PlanDigests) {
    self.planned = planned
    self.digests = digests
    self.inspection = inspection
    shown = WorkloadReport(
      Workload(
        id: planned.id, name: planned.name, sourceKind: planned.sourceKind, sourceConfig: "",
        gitopsEnabled: true, gitopsPath: planned.path, lastSyncAt: "",
        lastSyncCommit: planned.lastSyncCommit, server: planned.server), .ok)
  }

  /// The outcome for a workload that is no longer in the database: the plan is stale.
  package var vanished: ApplyOutcome { StalePlan.missingWorkload }

  /// Decides on the row as it is inside the lock.
  package func decide(
    on row: Workload, _ rows: any WorkloadRows, _ writer: WorkloadWriter
  ) async throws(Failure) -> SyncDecision {
    let report = try await report(on: row, rows)
    return report.outcome == nil ? writer.author.decision(on: report) : .settled(report)
  }

  /// What carrying it out would come to at this moment, without a lock.
  package func lookAhead(_ rows: any WorkloadRows) async -> WorkloadReport {
    do {
      guard let row = try rows.row(of: shown.workload) else { return shown.with(vanished) }
      return try await report(on: row, rows)
    } catch {
      return shown.with(ApplyOutcome(error))
    }
  }

  /// What the plan would still change of the row; with an outcome where it may not, or has nothing
  /// to do.
  private func report(on row: Workload, _ rows: any WorkloadRows) async throws(Failure)
    -> WorkloadReport
  {
    let report = WorkloadReport(row, .ok)
    let live = try row.liveConfig()
    switch PlanFit(planned, row: row, live: live, digests) {
    case .done: return report.with(ApplyOutcome(.unchanged))
    case .stale(let mismatches):
      let events = try rows.syncEvents(of: planned.id)
      return report.with(StalePlan.mismatch(planned, mismatches, events: events))
    case .fits: break
    }
    // The values are pinned in the plan, but the repository must still say the same at the pinned
    // commit: an edited plan could otherwise put anything into the config, under that commit's name.
    let fresh = await inspection.report(on: row, at: planned.commit)
    guard let plan = fresh.plan, fresh.status == .ok, plan.isValid else {
      return fresh.with(LiveSync.refusal(fresh) ?? ApplyOutcome(.refused))
    }
    guard case .file(let bytes) = fresh.spec?.content, sha256(bytes) == planned.specDigest else {
      return fresh.with(StalePlan.otherSpec(planned))
    }
    guard plan.managed.count == planned.fields.count,
      zip(plan.managed, planned.fields).allSatisfy({
        $0.field == $1.field && $0.value.json == $1.to
      })
    else {
      return fresh.with(StalePlan.otherValues(planned))
    }
    return await noting(fresh, live)
  }

  /// The report, with a note where the branch is at another commit than the plan.
  ///
  /// A branch that cannot be read keeps no plan from being applied: the plan pins all that is written.
  private func noting(_ report: WorkloadReport, _ live: LiveConfig) async -> WorkloadReport {
    guard let tip = await inspection.presentSpec(of: report.workload, live),
      let commit = tip.commit?.id, commit != planned.commit
    else { return report }
    let isSame =
      if case .file(let bytes) = tip.content { sha256(bytes) == planned.specDigest } else { false }
    let anew = "to plan anew: plan --workload \(ShellWord(planned.reference)) --out FILE"
    var noted = report
    noted.notes.append(
      "the branch has moved on since the plan, from commit \(ObjectID.short(planned.commit)) to "
        + "\(ObjectID.short(commit)); "
        + (isSame
          ? "the spec is the same there; \(anew)"
          : "the spec is another one there, which the plan does not apply; \(anew)"))
    return noted
  }
}
