import ArgumentParser
import DriftTracking
import Notifying
import FleetReading
import Reporting
import RunningProcess
import TinyforgeCore
import ToolSupport
import WorkloadOptions
import WorkloadStore

/// The command of `drift`, which shows what differs from the live config.
struct DriftCommand: DirectCommand, AsyncParsableCommand, ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Says which declared fields differ from the live config in a Tinyforge database.",
    usage: "drift (--all | <workload> ...) [options]\ndrift merge <file> ...",
    discussion: HelpText.discussion(
      examples: [
        "drift --all                                         # every opted-in workload",
        "drift --all --format html --output drift.html       # a page for the team",
        "drift --all --snapshot live.json                    # for runners that must not see the database",
        "drift --all --live live.json --mirrors /srv/mirrors # there",
        "drift shop --post --post-to https://git.example.org/acme/shop/pulls/7 --dry-run",
        "drift --all --post-issue acme/ops --post-api https://git.example.org/api/v1 --dry-run",
      ],
      """
      Nothing is written. Fields that a spec leaves out are never compared. A stale mirror counts as a finding.

      SIGTERM, SIGINT and SIGHUP end the run: what was done by then is reported, nothing is posted, and the exit status is 143, 130 \
      or 129. In the form prometheus nothing is written then, and a file of --output stays as it is.
      """, statuses: [.clean, .findings, .failed, .busy]),
    version: ToolVersions.line("drift"), subcommands: [MergeCommand.self])

  @OptionGroup var operands: WorkloadOperands
  @OptionGroup var options: WorkloadOptions
  @OptionGroup var emptiness: EmptySelectionOptions
  @OptionGroup var fleet: FleetOptions
  @OptionGroup var live: LiveOptions
  @OptionGroup(title: "Options for an earlier report") var tracking: TrackingOptions
  @OptionGroup var report: ReportOptions
  @OptionGroup(title: "Options for posting") var post: PostingOptions
  @OptionGroup(title: "Options for notifications") var notify: NotifyOptions

  init() {}

  init(_ line: inout DirectLine) {
    options = WorkloadOptions(&line)
    emptiness = EmptySelectionOptions(&line)
    fleet = FleetOptions(&line)
    live = LiveOptions(&line)
    tracking = TrackingOptions(&line)
    report = ReportOptions(&line)
    post = PostingOptions(&line)
    notify = NotifyOptions(&line)
    operands = WorkloadOperands(&line)
  }

  /// The options with the workloads that were named without one.
  var workloads: WorkloadOptions { options.adding(operands.names) }

  func validate() throws {
    try workloads.validate()
    try post.check(shard: fleet.shard, isNotifying: notify.notify)
    try notify.check(operands.names)
    try live.check(serverName: options.serverName)
    try tracking.check(output: report.file, isJSON: report.format.isJSON)
    if notify.notify, tracking.previous == nil {
      throw ValidationError(
        "--notify needs --previous FILE, the last run's report, to know what is new")
    }
    if live.snapshot != nil, tracking.previous != nil {
      throw ValidationError("--snapshot compares nothing, so it takes no --previous")
    }
    if live.snapshot != nil, post.isPosting {
      throw ValidationError("--snapshot compares nothing, so there is no report to --post")
    }
  }

  func run() async throws {
    let console = report.console
    workloads.specs.fetching.network.warnOfReadableTokens(console)
    let chosen: DriftFleet
    do throws(Failure) { chosen = try chosenFleet(console) } catch {
      throw error.hinting(at: Self.self, for: operands.names)
    }
    try emptiness.check(chosen.whole)
    try emptiness.check(chosen.whole.filter(fleet.matches), isFiltered: true)
    let address = try notify.address(isDryRun: post.comment.dryRun, console)
    if let file = live.snapshot {
      if Interruption.isRequested { throw Failure.interrupted }
      return try SnapshotFile.write(chosen, to: file, console)
    }
    var writer = try writer(for: chosen)
    var progress = ProgressLine(quiet: report.output.quiet)
    let make = writer.make
    let phrases = report.language.phrases
    try writer.begin()
    try await Fleet.stream(
      chosen.workloads, with: try inspection(of: chosen), jobs: workloads.jobs,
      make: { make(ReportedWorkload($0.report)) },
      progress: { progress.show(phrases.share($0, ofWorkloads: chosen.workloads.count)) }
    ) { (ready) throws(Failure) in
      progress.clear()
      try writer.add(ready)
      return true
    }
    progress.clear()
    if Interruption.isRequested { return try end(&writer, chosen.workloads) }
    writer.finishComparison { isGone($0, of: chosen.servers) }
    let status = try writer.end()
    // The report is written: posting it may end at any time.
    Interruption.release()
    let network = workloads.specs.fetching.network
    await report.publish(writer, post, network)
    let sent = await report.send(writer, notify, to: address, post, network)
    throw report.output.status(status.combined(with: sent)).code
  }

  private func chosenFleet(_ console: Console) throws(Failure) -> DriftFleet {
    try workloads.requireAny()
    if let file = live.live {
      return try DriftFleet(snapshot: file, workloads.selection, fleet, console)
    }
    return try DriftFleet(
      FleetDatabases(workloads.addresses(), hint: console.hint), workloads.selection, fleet)
  }

  /// What writes the report on a fleet; nil where the run ended before it was chosen.
  private func writer(for fleet: DriftFleet?) throws(Failure) -> DriftReportWriter {
    let now = Environment.now
    let tracking = try tracking.tracker(at: now, report.console).map {
      ReportTracking($0, withheld: fleet?.withheld ?? [:])
    }
    var frame = DriftReport(
      workloads: [], generatedAt: UTCTime.rfc3339(now), snapshotTakenAt: fleet?.takenAt,
      shard: self.fleet.shard)
    frame.servers = fleet?.servers ?? []
    return report.writer(for: frame, post, areNamed: !workloads.all, tracking: tracking)
  }

  /// Whether a workload that was not inspected is no longer there: the run was over all of its server, or of its shard.
  private func isGone(_ key: WorkloadKey, of servers: [String]) -> Bool {
    workloads.all && !fleet.isFiltered && fleet.shard?.contains(key.id) != false
      // Reports from before a server was named have none.
      && key.server.map(servers.contains) != false
  }

  func reportNothing() throws {
    guard live.snapshot == nil else { return }
    var writer = try writer(for: nil)
    try writer.begin()
    try end(&writer, [])
  }

  /// Ends the report of a run that a signal ended.
  private func end(_ writer: inout DriftReportWriter, _ chosen: [Workload]) throws {
    let done = writer.count
    writer.finishComparison { _ in false }
    try writer.interrupt(of: chosen.count, next: chosen.dropFirst(done).first)
    if report.format != .text || report.file != nil {
      report.console.warn(
        report.language.phrases.interrupted(chosen.count - done, of: chosen.count))
    }
    throw ExitStatus.failed.code
  }

  private func inspection(of chosen: DriftFleet) throws(Failure) -> Inspection {
    Inspection(
      locator: try workloads.specPlaces().locator(for: chosen.whole, tokenOwners: post.tokenOwners),
      causes: CauseSearch(
        audit: chosen.audit, historyLimit: fleet.history, historyTimeout: fleet.historyTimeout),
      freshness: fleet.staleAfter.map { MirrorFreshness(limit: $0.seconds, now: Environment.now) },
      withheld: chosen.withheld, volumeOwners: chosen.volumeOwners,
      linksSpecs: report.format.linksSpecs || post.isPosting)
  }
}
