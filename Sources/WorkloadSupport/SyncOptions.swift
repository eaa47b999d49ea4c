package import ArgumentParser
package import Reporting
package import TinyforgeCore
package import ToolSupport
package import WorkloadStore

/// How a sync is asked for, and carried out over several workloads.
package struct SyncOptions: ParsableArguments {
  @OptionGroup package var consent: ConsentOptions
  @OptionGroup package var writer: WriterOptions

  @Flag(help: "Go on with the next workload after one was refused or failed.")
  package var keepGoing = false

  @Flag(help: "Apply all workloads in one transaction, or none of them.")
  package var atomic = false

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    consent = ConsentOptions(&line)
    writer = WriterOptions(&line)
    keepGoing = line.flag("--keep-going")
    atomic = line.flag("--atomic")
    line.check(validate)
  }

  /// Checks what the options say together.
  package func validate() throws {
    if atomic, keepGoing { throw ValidationError("--atomic and --keep-going exclude each other") }
  }

  /// What a sync may rest on.
  package enum Consent: Sendable {
    /// Nobody was asked: `--yes`, or nothing changes.
    case given
    /// A person has seen the changes, and wants these and no others.
    case toWhatWasShown
  }

  /// Nobody is asked, and each workload is synced by itself.
  package var asksNobody: Bool { consent.yes && !consent.dryRun && !atomic }

  /// Looks for the causes of changes as well, where a person will be asked.
  package func inspectionToShow(
    _ inspection: Inspection, _ rows: [Workload], _ database: WorkloadDatabase
  ) throws(Failure) -> Inspection {
    guard !consent.yes, !consent.dryRun, Console.canAsk else { return inspection }
    let audit = try SyncAuditIndex(database, of: rows)
    return Inspection(
      locator: inspection.locator,
      origins: OriginSearch(
        audit: audit, historyLimit: 10_000, historyTimeout: OriginSearch.usualTimeout))
  }

  /// Asks, where asking is due; nil where the answer was not `yes`.
  package func askForConsent(
    to shown: [WorkloadReport], _ phrases: Phrases, _ listing: WorkloadListing, console: Console
  ) throws(Failure) -> Consent? {
    guard !consent.yes, shown.contains(where: { $0.plan?.changes.isEmpty == false }) else {
      return .given
    }
    try consent.requireAnswerable()
    let question = SyncQuestion(
      phrases: phrases, style: console.error, listing: listing)
    return consent.isGiven(question.render(shown), console: console) ? .toWhatWasShown : nil
  }

  /// Carries out tasks one after the other, up to the first that is refused or fails; or all at once,
  /// with `--atomic`.
  ///
  /// `each` is given the reports as they come.
  package func run(
    _ tasks: [some SyncTask], _ database: DatabaseOptions, _ seen: FileIdentity, console: Console,
    each: ([WorkloadReport]) -> Void
  ) async throws(Failure) -> SyncRun {
    var done: [WorkloadReport] = []
    func take(_ reports: [WorkloadReport]) {
      done += reports
      each(reports)
    }
    let settled = tasks.compactMap(\.settled)
    // Where there is nothing to do, the database is not even opened for writing.
    if settled.count == tasks.count {
      take(settled)
      return SyncRun(done, nil)
    }
    let writer = try writer.writer(database, seen, console: console)
    let engine = SyncEngine(writer: writer)
    if atomic {
      take(await engine.run(tasks))
      return SyncRun(done, writer.database)
    }
    for task in tasks where !isStopped(done) {
      let report = await engine.run(task)
      if report.isTried { take([report]) }
    }
    warn(of: tasks.count - done.count, of: tasks.count, console)
    return SyncRun(done, writer.database)
  }

  /// Looks at workloads, and syncs each as it was looked at while the next ones are; `each` is given the
  /// reports as they come.
  ///
  /// For where nobody is asked, and each workload has a transaction of its own.
  package func run(
    _ rows: [Workload], _ inspection: Inspection, jobs: Int?, _ database: DatabaseOptions,
    _ seen: FileIdentity, console: Console, each: ([WorkloadReport]) -> Void
  ) async throws(Failure) -> SyncRun {
    var pipeline: SyncPipeline?
    var done: [WorkloadReport] = []
    func take(_ reports: [WorkloadReport]) {
      let tried = reports.filter(\.isTried)
      done += tried
      each(tried)
    }
    do throws(Ending) {
      let author = writer.author
      try await Fleet.stream(
        rows, with: inspection, jobs: jobs,
        make: { LiveSync($0, by: author, inspection: inspection) }
      ) { (tasks) throws(Ending) in
        for task in tasks {
          if let settled = task.settled {
            take(await pipeline?.finish() ?? [])
            if !isStopped(done) { take([settled]) }
          } else {
            // Where there is nothing to do, the database is not even opened for writing.
            if pipeline == nil { pipeline = try self.pipeline(database, seen, console) }
            if pipeline?.append(task) == true {
              take(await pipeline?.takeDone() ?? [])
            } else {
              take(await pipeline?.finish() ?? [])
              if !isStopped(done), let report = await pipeline?.run(task) { take([report]) }
            }
          }
          if isStopped(done) { throw .stopped }
        }
        // What is done is told before others are waited for.
        take(await pipeline?.finish() ?? [])
      }
    } catch {
      if case .failed(let failure) = error { throw failure }
    }
    take(await pipeline?.finish() ?? [])
    warn(of: rows.count - done.count, of: rows.count, console)
    return SyncRun(done, pipeline?.database)
  }

  private func pipeline(
    _ database: DatabaseOptions, _ seen: FileIdentity, _ console: Console
  ) throws(Ending) -> SyncPipeline {
    do {
      return SyncPipeline(try writer.writer(database, seen, console: console), keepGoing: keepGoing)
    } catch {
      throw .failed(error)
    }
  }

  private func isStopped(_ done: [WorkloadReport]) -> Bool {
    Interruption.isRequested || (!keepGoing && done.last?.outcome?.isStop == true)
  }

  /// What ends a run before its last workload.
  private enum Ending: Error {
    case stopped
    case failed(Failure)
  }

  private func warn(of rest: Int, of all: Int, _ console: Console) {
    guard rest > 0, !Interruption.isRequested else { return }
    console.warn(
      "\(rest) of \(all) workloads \(rest == 1 ? "was" : "were") not tried after this one; "
        + "--keep-going goes on")
  }

  /// The graver of what each workload came to.
  package static func status(of reports: [WorkloadReport]) -> ExitStatus {
    reports.reduce(.clean) { status, report in
      report.outcome.map { status.combined(with: ExitStatus($0)) } ?? status
    }
  }
}

extension ExitStatus {
  /// What one workload came to.
  package init(_ outcome: ApplyOutcome) {
    switch outcome.result {
    case .applied, .unchanged: self = .clean
    case .refused: self = outcome.isStale ? .stale : .findings
    case .failed: self = outcome.isBusy ? .busy : .failed
    }
  }
}
