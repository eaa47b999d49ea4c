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
  /// Whether the workloads are of several servers: then a database that cannot be written fails those of its own.
  private let isOfSeveral: Bool
  private let openWriter: (String?) throws(Failure) -> WorkloadWriter

  /// Creates a runner; `openWriter` is called with a server's name once something is to be written in its database.
  package init(
    _ mode: Mode, author: SyncAuthor, isOfSeveral: Bool = false,
    openWriter: @escaping (String?) throws(Failure) -> WorkloadWriter
  ) {
    self.mode = mode
    self.author = author
    self.isOfSeveral = isOfSeveral
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
      return SyncRun(settled, [])
    }
    var writers = ServerWriters(openWriter)
    var done: [WorkloadReport] = []
    if mode == .atomic {
      let writer = try writers.writer(of: tasks.first?.shown.workload.server)
      done = await SyncEngine(writer: writer).run(tasks)
      each(done)
      return SyncRun(done, writers.stores)
    }
    for task in tasks where !isStopped(after: done.last) {
      let report: WorkloadReport
      do throws(Failure) {
        let writer = try writers.writer(of: task.shown.workload.server)
        report = await SyncEngine(writer: writer).run(task)
      } catch {
        report = try failed(task, error)
      }
      guard report.isTried else { continue }
      done.append(report)
      each([report])
    }
    return SyncRun(done, writers.stores)
  }

  /// The report of a workload whose database cannot be written; ends the run of one database.
  private func failed(_ task: some SyncTask, _ failure: Failure) throws(Failure) -> WorkloadReport {
    guard isOfSeveral else { throw failure }
    return task.settled ?? task.shown.with(ApplyOutcome(failure))
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
      return !run.isStopped
    }
    await run.finish(each)
    return SyncRun(run.done, run.writers.stores)
  }

  /// Whether no workload is tried after the one of that report.
  private func isStopped(after report: WorkloadReport?) -> Bool {
    Interruption.isRequested || (mode != .keepGoing && report?.outcome?.isStop == true)
  }

  /// The state of a run that inspects and writes at the same time.
  private struct PipelinedRun {
    private let runner: SyncRunner
    private(set) var writers: ServerWriters
    /// Of the server that is being written; nil until something is to be written.
    private var pipeline: SyncPipeline?
    private var server: String?
    private(set) var done: [WorkloadReport] = []

    init(_ runner: SyncRunner) {
      self.runner = runner
      writers = ServerWriters(runner.openWriter)
    }

    var isStopped: Bool { runner.isStopped(after: done.last) }

    /// Takes one workload as far as it goes without waiting for those after it.
    mutating func sync(_ task: LiveSync, _ each: ([WorkloadReport]) -> Void) async throws(Failure) {
      if let settled = task.settled {
        await finish(each)
        if !isStopped { add([settled], each) }
        return
      }
      let next = task.shown.workload.server
      if pipeline == nil || server != next {
        await finish(each)
        if isStopped { return }
        do throws(Failure) { try open(next) } catch {
          return add([try runner.failed(task, error)], each)
        }
      }
      if pipeline?.append(task) == true {
        add(await pipeline?.takeDone() ?? [], each)
      } else {
        await finish(each)
        if !isStopped, let report = await pipeline?.run(task) { add([report], each) }
      }
    }

    /// Takes up the database of a server; nothing may be in line for another one.
    private mutating func open(_ next: String?) throws(Failure) {
      pipeline = nil
      pipeline = SyncPipeline(
        try writers.writer(of: next), keepGoing: runner.mode == .keepGoing)
      server = next
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
