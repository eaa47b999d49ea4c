package import FleetReading
import RunningProcess
package import TinyforgeCore
import WorkloadStore

/// Syncs several workloads.
package struct SyncRunner {
  /// When a run ends before its last workload.
  package enum Mode: Sendable {
    /// At the first workload that is refused or fails.
    case untilStopped
    /// Never.
    case keepGoing
    /// All workloads are written in one transaction, or none.
    case atomic
  }

  private let mode: Mode
  private let author: SyncAuthor
  private let openWriter: () throws(Failure) -> WorkloadWriter

  /// Creates a runner; `openWriter` is called once something is to be written.
  package init(
    _ mode: Mode, author: SyncAuthor, openWriter: @escaping () throws(Failure) -> WorkloadWriter
  ) {
    self.mode = mode
    self.author = author
    self.openWriter = openWriter
  }

  /// Carries out tasks one after the other, or all at once if the mode is atomic.
  ///
  /// `each` is given the reports as they come.
  package func run(_ tasks: [some SyncTask], each: ([WorkloadReport]) -> Void) async throws(Failure)
    -> SyncRun
  {
    let settled = tasks.compactMap(\.settled)
    if settled.count == tasks.count {
      each(settled)
      return SyncRun(settled, nil)
    }
    let writer = try openWriter()
    let engine = SyncEngine(writer: writer)
    var done: [WorkloadReport] = []
    if mode == .atomic {
      done = await engine.run(tasks)
      each(done)
      return SyncRun(done, writer.store)
    }
    for task in tasks where !isStopped(after: done.last) {
      let report = await engine.run(task)
      guard report.isTried else { continue }
      done.append(report)
      each([report])
    }
    return SyncRun(done, writer.store)
  }

  /// Inspects workloads, and syncs each as it was found while the next ones are inspected.
  ///
  /// For a run without a question. `each` is given the reports as they come.
  package func run(
    _ rows: [Workload], inspecting inspection: Inspection, jobs: Int?,
    each: ([WorkloadReport]) -> Void
  ) async throws(Failure) -> SyncRun {
    var run = PipelinedRun(self)
    try await Fleet.stream(
      rows, with: inspection, jobs: jobs,
      make: { [author] in LiveSync($0, by: author, inspection: inspection) }
    ) { (tasks) throws(Failure) in
      for task in tasks {
        try await run.sync(task, each)
        if run.isStopped { return false }
      }
      // What is done is reported before others are waited for.
      await run.finish(each)
      return true
    }
    await run.finish(each)
    return SyncRun(run.done, run.pipeline?.store)
  }

  /// Whether no workload is tried after the one of that report.
  private func isStopped(after report: WorkloadReport?) -> Bool {
    Interruption.isRequested || (mode != .keepGoing && report?.outcome?.isStop == true)
  }

  /// The state of a run that inspects and writes at the same time.
  private struct PipelinedRun {
    private let runner: SyncRunner
    /// Nil until something is to be written.
    private(set) var pipeline: SyncPipeline?
    private(set) var done: [WorkloadReport] = []

    init(_ runner: SyncRunner) { self.runner = runner }

    var isStopped: Bool { runner.isStopped(after: done.last) }

    /// Takes one workload as far as it goes without waiting for those after it.
    mutating func sync(_ task: LiveSync, _ each: ([WorkloadReport]) -> Void) async throws(Failure) {
      if let settled = task.settled {
        await finish(each)
        if !isStopped { add([settled], each) }
        return
      }
      if pipeline == nil {
        pipeline = SyncPipeline(try runner.openWriter(), keepGoing: runner.mode == .keepGoing)
      }
      if pipeline?.append(task) == true {
        add(await pipeline?.takeDone() ?? [], each)
      } else {
        await finish(each)
        if !isStopped, let report = await pipeline?.run(task) { add([report], each) }
      }
    }

    /// Waits for everything that is in the queue.
    mutating func finish(_ each: ([WorkloadReport]) -> Void) async {
      add(await pipeline?.finish() ?? [], each)
    }

    private mutating func add(_ reports: [WorkloadReport], _ each: ([WorkloadReport]) -> Void) {
      let tried = reports.filter(\.isTried)
      done += tried
      each(tried)
    }
  }
}
