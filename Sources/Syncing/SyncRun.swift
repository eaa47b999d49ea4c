package import TinyforgeCore
import WorkloadStore

/// What a run of apply did.
package struct SyncRun: Sendable {
  /// What became of each workload that was tried.
  package let reports: [WorkloadReport]
  /// Not nil where the database's file was replaced after something was applied to it.
  package let replacement: DatabaseReplacement?

  /// `database` is the one that was written to; nil where none was.
  init(_ reports: [WorkloadReport], _ database: WorkloadDatabase?) {
    self.reports = reports
    let applied = reports.filter { $0.outcome?.result == .applied }
    replacement =
      database?.isReplaced == true && !applied.isEmpty
      ? Self.replacement(of: applied, database?.path ?? "") : nil
  }

  private static func replacement(of applied: [WorkloadReport], _ path: String)
    -> DatabaseReplacement
  {
    do throws(Failure) {
      let database = try WorkloadDatabase.open(
        path, access: .readOnly, busyTimeout: .seconds(5), rollsBack: false)
      var lacking: [Workload] = []
      for report in applied {
        if try database.workload(id: report.workload.id).map(report.isAsApplied) != true {
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
