import Synchronization
package import TinyforgeCore
package import ToolSupport

/// Looks at many workloads in parallel.
package enum Fleet {
  /// The reports in the order of the workloads, whatever order they come in.
  package static func inspect(_ workloads: [Workload], with inspection: Inspection, jobs: Int) async
    -> [WorkloadReport]
  {
    let queue = Queue(count: workloads.count)
    let workers = max(1, min(jobs, workloads.count))
    return await withTaskGroup(of: [(Int, WorkloadReport)].self) { group in
      for _ in 0..<workers {
        group.addTask {
          var done: [(Int, WorkloadReport)] = []
          while let index = queue.next() {
            done.append((index, await inspection.report(on: workloads[index])))
          }
          return done
        }
      }
      var reports: [WorkloadReport?] = Array(repeating: nil, count: workloads.count)
      for await done in group {
        for (index, report) in done { reports[index] = report }
      }
      return reports.compactMap(\.self)
    }
  }

  /// A workload that could not be read outweighs findings.
  package static func status(of reports: [WorkloadReport]) -> ExitStatus {
    reports.reduce(.clean) { status, report in
      if report.status == .fetchFailed { return .failed }
      return status.combined(with: report.hasFindings ? .findings : .clean)
    }
  }

  /// Hands out each index once.
  private final class Queue: Sendable {
    private let count: Int
    private let taken = Atomic(0)

    init(count: Int) { self.count = count }

    func next() -> Int? {
      let index = taken.wrappingAdd(1, ordering: .relaxed).oldValue
      return index < count ? index : nil
    }
  }
}
