package import TinyforgeCore
import WorkloadStore

/// What a run of apply did.
package struct SyncRun: Sendable {
  /// What became of each workload that was tried.
  package let reports: [WorkloadReport]
  /// Not nil where the database's file was replaced after something was applied to it.
  package let replacement: DatabaseReplacement?

  /// `stores` are the databases that were opened for writing.
  init(_ reports: [WorkloadReport], _ stores: [(server: String?, store: any StoreWriter)]) {
    self.reports = reports
    let applied = reports.filter { $0.outcome?.result == .applied }
    replacement = stores.compactMap { server, store in
      let own = stores.count > 1 ? applied.filter { $0.workload.server == server } : applied
      return own.isEmpty ? nil : Self.replacement(of: store, own)
    }.reduce(nil) { whole, next in whole?.joined(with: next) ?? next }
  }

  private static func replacement(of store: any StoreWriter, _ applied: [WorkloadReport])
    -> DatabaseReplacement?
  {
    do throws(Failure) {
      guard let database = try store.replacement() else { return nil }
      var lacking: [Workload] = []
      for report in applied {
        if try database.row(of: report.workload).map(report.isAsApplied) != true {
          lacking.append(report.workload)
        }
      }
      return DatabaseReplacement(lacking: lacking, failure: nil)
    } catch {
      return DatabaseReplacement(lacking: applied.map(\.workload), failure: error.message)
    }
  }
}

extension WorkloadReport {
  /// Whether a row holds what the report says was applied: the declared values, and the commit.
  fileprivate func isAsApplied(_ row: Workload) -> Bool {
    guard let plan, let live = try? row.liveConfig() else { return false }
    return row.lastSyncCommit == spec?.commit?.id
      && plan.changes.allSatisfy { live[$0.field] == $0.repo.json }
  }
}
