import ProviderHTTP
package import TinyforgeCore

/// Looks at many workloads in parallel.
package enum Fleet {
  /// How many specs are read from a forge at a time by default: as many as
  /// `curl --parallel` transfers.
  package static let remoteJobs = 50

  /// Hands on what `make` makes of each look, in the order of the workloads, as they come: as many at
  /// once as are there.
  ///
  /// `make` runs beside the reading. A slow repository holds back the results after it, and up to a
  /// bound nothing else: `jobs` workloads are read at a time from this machine, and beside them as
  /// many from each forge. `progress` is given how many are done. The run ends where `each` returns false or
  /// throws, and at the task's cancellation.
  package static func stream<Result: Sendable, Fault: Error>(
    _ workloads: [Workload], with inspection: Inspection, jobs: Int?,
    make: @escaping @Sendable (InspectedWorkload) -> Result, progress: (Int) -> Void = { _ in },
    each: ([Result]) async throws(Fault) -> Bool
  ) async throws(Fault) {
    let locator = inspection.locator
    locator.forges.setDeadline(locator.fetchTimeout)
    defer { locator.forges.setDeadline(nil) }
    var run = FleetRun(workloads, inspection, jobs: jobs, make)
    let failure = await withTaskGroup(of: FleetRun<Result>.Step.self) { group -> Fault? in
      for task in run.tasks() { group.addTask(operation: task) }
      while let step = await group.next() {
        // What a cancelled reading brings is not what was asked for.
        if Task.isCancelled { break }
        let ready = run.take(step)
        progress(run.done)
        do throws(Fault) {
          if !ready.isEmpty, try await !each(ready) {
            group.cancelAll()
            return nil
          }
        } catch {
          group.cancelAll()
          return error
        }
        for task in run.tasks() { group.addTask(operation: task) }
      }
      return nil
    }
    if let failure { throw failure }
  }

  /// The reports in the order of the workloads.
  package static func inspect(_ workloads: [Workload], with inspection: Inspection, jobs: Int?)
    async -> [WorkloadReport]
  {
    var reports: [WorkloadReport] = []
    await stream(workloads, with: inspection, jobs: jobs, make: { $0.report }) {
      (ready) throws(Never) in
      reports += ready
      return true
    }
    return reports
  }
}
