import Crypto
package import FleetReading
import Reporting
import RunningProcess
package import TinyforgeCore
import WorkloadStore

/// SHA-256, as digests are written in saved plans.
package let sha256: Digesting = { "sha256:" + hexadecimal(SHA256.hash(data: $0)) }

private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// The digests of a database's saved plans, keyed with its key.
private func planDigests(key: [UInt8]) -> PlanDigests {
  let key = SymmetricKey(data: key)
  return PlanDigests(plain: sha256) { bytes in
    "hmac-sha256:" + hexadecimal(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
  }
}

/// Saved plans as files.
package enum PlanFile {
  /// Saves what the reports plan for databases; workloads that nothing changes are left out.
  ///
  /// Nothing is saved where a workload could not be planned: the file would not be what was asked
  /// for.
  package static func save(
    _ reports: [WorkloadReport], to path: String, of databases: [ServerAddress]
  ) throws(Failure) {
    var digests: [String?: PlanDigests] = [:]
    for database in databases {
      digests[database.server] = try self.digests(toSave: path, of: database)
    }
    var planned: [PlannedWorkload] = []
    for report in reports {
      guard let digests = digests[report.workload.server] else { continue }
      let pinned = try pin(report, path, digests)
      if report.plan?.changes.isEmpty == false { planned.append(pinned) }
    }
    let plan = SavedPlan(
      createdAt: UTCTime.rfc3339(Environment.now), toolVersion: ToolkitVersion.current,
      keyID: databases.count == 1 ? digests.values.first?.keyID : nil,
      serverKeyIDs: databases.count == 1 ? [:] : keyIDs(digests), workloads: planned)
    try WholeFile.replace(
      path, with: Array(SavedPlanJSON.render(plan, digest: sha256).utf8), as: "the saved plan",
      staysPrivate: true)
  }

  private static func keyIDs(_ digests: [String?: PlanDigests]) -> [String: String] {
    Dictionary(
      digests.compactMap { server, digests in server.map { ($0, digests.keyID) } },
      uniquingKeysWith: { $1 })
  }

  private static func pin(_ report: WorkloadReport, _ path: String, _ digests: PlanDigests)
    throws(Failure)
    -> PlannedWorkload
  {
    let name = report.workload.shownName.shownSafely
    do throws(PlannedWorkload.Obstacle) {
      return try PlannedWorkload(report, digests)
    } catch .credential(let field) {
      throw Failure(
        .usage,
        "no plan was saved to \(path.shownSafely): the \(field) of \(name) looks like a "
          + "credential, which no saved plan may hold",
        remedy: "take the credential out of the config, or leave the workload out of the plan")
    } catch {
      throw Failure(
        .usage, "no plan was saved to \(path.shownSafely): \(name) cannot be planned",
        remedy: "fix what is reported of it, or leave it out with --workload")
    }
  }

  /// Reads a saved plan; `.stalePlan` where the file is not the one that was written, or another version
  /// of the toolkit wrote it.
  package static func read(_ path: String) throws(Failure) -> SavedPlan {
    let bytes = try WholeFile.read(path, as: "the saved plan")
    let plan: SavedPlan
    do {
      plan = try SavedPlanJSON.read(bytes, digest: sha256)
    } catch {
      switch error {
      case .other(let kind):
        throw Failure(
          .usage, "\(path.shownSafely) is not a saved plan, but \(kind)",
          remedy: "save one: plan --workload ID --out FILE")
      case .changed(let fault):
        throw StalePlan.changedFile(path, fault: fault)
      }
    }
    guard plan.toolVersion == ToolkitVersion.current else {
      throw StalePlan.otherVersion(path, plan.toolVersion)
    }
    guard plan.keyID != nil || !plan.serverKeyIDs.isEmpty else { throw StalePlan.withoutKey(path) }
    return plan
  }

  private static func digests(toSave path: String, of database: ServerAddress)
    throws(Failure) -> PlanDigests
  {
    do throws(Failure) {
      return planDigests(key: try database.address.makePlanKey())
    } catch {
      throw Failure(
        error.code,
        "no plan was saved to \(path.shownSafely): \(error.message.told(of: database.server))",
        remedy: error.remedy)
    }
  }

  /// The same of each database that the plan is for.
  package static func digests(of plan: SavedPlan, _ databases: FleetDatabases) throws(Failure)
    -> [String?: PlanDigests]
  {
    var digests: [String?: PlanDigests] = [:]
    for database in databases.all where plan.isFor(database.server, of: databases.all.count) {
      digests[database.server] = try self.digests(of: plan, database)
    }
    return digests
  }

  /// The digests that a plan was made with; `.stalePlan` where the database's key is another one.
  package static func digests(of plan: SavedPlan, _ database: ServerDatabase) throws(Failure)
    -> PlanDigests
  {
    do throws(Failure) {
      guard let digests = try database.store.planKey().map(planDigests),
        digests.keyID == plan.keyID(of: database.server)
      else { throw StalePlan.otherKey(at: database.store.planKeyPlace) }
      return digests
    } catch {
      throw error.told(of: database.server)
    }
  }
}
