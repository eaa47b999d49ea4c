package import TinyforgeCore
package import ToolSupport

/// Looks at many workloads in parallel.
package enum Fleet {
  /// Hands on what `make` makes of each report, in the order of the workloads, as they come.
  ///
  /// `make` runs beside the reading. A slow repository holds back those behind it, up to a bound
  /// beyond which no more are read until it is done. `progress` is told how many are done. What
  /// `each` throws ends the run.
  package static func stream<Result: Sendable, Fault: Error>(
    _ workloads: [Workload], with inspection: Inspection, jobs: Int,
    make: @escaping @Sendable (WorkloadReport) -> Result, progress: (Int) -> Void = { _ in },
    each: (Result) throws(Fault) -> Void
  ) async throws(Fault) {
    let chunks = chunks(of: workloads, jobs: jobs)
    var order = InOrder<[Result]>()
    var (started, done) = (0, 0)
    let failure = await withTaskGroup(of: (Int, [Result]).self) { group -> Fault? in
      func start() {
        let number = started
        let chunk = chunks[number]
        started += 1
        group.addTask {
          var results: [Result] = []
          for workload in chunk { results.append(make(await inspection.report(on: workload))) }
          return (number, results)
        }
      }
      while started < min(jobs, chunks.count) { start() }
      while let (number, results) = await group.next() {
        done += results.count
        progress(done)
        do throws(Fault) {
          for ready in order.take(results, at: number) {
            for result in ready { try each(result) }
          }
        } catch {
          group.cancelAll()
          return error
        }
        while started < chunks.count, started < order.next + window, started - order.taken < jobs {
          start()
        }
      }
      return nil
    }
    if let failure { throw failure }
  }

  /// How many chunks are read ahead of the first that is not done.
  private static let window = 256

  /// The reports in the order of the workloads.
  package static func inspect(_ workloads: [Workload], with inspection: Inspection, jobs: Int) async
    -> [WorkloadReport]
  {
    var reports: [WorkloadReport] = []
    await stream(workloads, with: inspection, jobs: jobs, make: { $0 }) {
      (report) throws(Never) in reports.append(report)
    }
    return reports
  }

  /// Few enough for each to keep every reader busy, many enough to cost nothing themselves.
  private static func chunks(of workloads: [Workload], jobs: Int) -> [ArraySlice<Workload>] {
    let size = max(1, min(16, workloads.count / (jobs * 4)))
    return stride(from: 0, to: workloads.count, by: size).map {
      workloads[$0..<min($0 + size, workloads.count)]
    }
  }

  /// A workload that could not be read outweighs findings.
  package static func status(of reports: [WorkloadReport]) -> ExitStatus {
    reports.reduce(.clean) { status, report in
      if report.status == .fetchFailed { return .failed }
      return status.combined(with: report.hasFindings ? .findings : .clean)
    }
  }

  /// Gives back in order what comes in any order.
  private struct InOrder<Item> {
    /// The number that is given back next.
    private(set) var next = 0
    /// How many were taken.
    private(set) var taken = 0
    private var waiting: [Int: Item] = [:]

    mutating func take(_ item: Item, at number: Int) -> [Item] {
      taken += 1
      waiting[number] = item
      var ready: [Item] = []
      while let item = waiting.removeValue(forKey: next) {
        ready.append(item)
        next += 1
      }
      return ready
    }
  }
}

extension DriftSummary {
  /// What a run comes to: a workload that could not be read outweighs findings.
  package var status: ExitStatus {
    if self[.fetchFailed] > 0 { return .failed }
    return hasFindings ? .findings : .clean
  }
}
