package import FleetReading
import GitSpecs
package import ProviderHTTP
package import TinyforgeCore
import ToolSupport
package import WorkloadStore

/// Looks at what the tools rest on: the database, its place and its rows, the mirrors, the clock.
package struct Doctor: Sendable {
  private let database: ServerAddress
  private let selection: WorkloadSelection
  private let examination: StoreExamination
  private(set) var locator: SpecLocator
  /// Which tokens go where depends on the workloads.
  private let locate: Locating
  /// The file of tokens that was named.
  private let tokenFile: String?
  /// The files of secrets that every user can read.
  private let secrets: [ReadableSecret]
  /// Why the tokens that were written down cannot be used.
  private let tokenFailure: Failure?
  /// Whether mirrors were fetched lately.
  let freshness: MirrorFreshness

  /// Tells where the specs of workloads are looked for, with the tokens that were written down or without them.
  package typealias Locating =
    @Sendable (_ rows: [Workload], _ usesTokens: Bool) throws(Failure) -> SpecLocator

  /// A selection of none looks at every row.
  package init(
    _ database: ServerAddress, _ examination: StoreExamination, selection: WorkloadSelection,
    locate: @escaping Locating, tokenFile: String?, secrets: [ReadableSecret], staleAfter: Int64
  ) throws(Failure) {
    self.database = database
    self.examination = examination
    self.selection = selection
    self.locate = locate
    self.tokenFile = tokenFile
    self.secrets = secrets
    do {
      locator = try locate([], true)
      tokenFailure = nil
    } catch {
      locator = try locate([], false)
      tokenFailure = error
    }
    freshness = MirrorFreshness(limit: staleAfter, now: examination.now)
  }

  /// Looks at everything that can be reached; never fails.
  package func examine() async -> DoctorReport {
    var report = DoctorReport()
    examineFolders(&report)
    if let tokenFailure {
      report.add(
        .fault, .tokens, tokenFailure.sentence,
        // Not the text itself, which may hold a token.
        command: tokenFile.map { "ls -l \($0)" } ?? "unset TINYFORGE_TOKEN")
    }
    for secret in secrets {
      report.add(.warning, .tokens, secret.message, command: secret.command)
    }
    guard let store = database.address.examine(examination, &report) else { return report }
    let database = ServerDatabase(store, of: database.server)
    do {
      try examineClock(store, &report)
      let rows =
        selection.isEmpty ? try database.workloads() : try selection.choose(from: database)
      let served = examineRows(rows, of: store, &report)
      var doctor = self
      doctor.locator = try locate(served.map(\.row), tokenFailure == nil)
      await doctor.examineRepositories(served, of: store, &report)
      examineTokens(served, &report)
    } catch {
      report.add(
        .fault, .database, error.message, command: store.command(lookingInto: error))
    }
    return report
  }

  // MARK: The clock

  private func examineClock(_ database: any WorkloadStore, _ report: inout DoctorReport)
    throws(Failure)
  {
    report.done.insert(.clock)
    let ahead = try database.recordedTimes().filter { isAhead($0.time) }
    guard let worst = ahead.max(by: { $0.time < $1.time }) else { return }
    note(aheadOfClock: worst.place, worst.time, &report)
  }

  func isAhead(_ time: String) -> Bool { examination.isAhead(time) }

  func note(aheadOfClock place: String, _ time: String, _ report: inout DoctorReport) {
    let now = examination.now
    let seconds = (UTCTime.seconds(ofRFC3339: time) ?? now) - now
    report.add(
      .fault, .clock,
      "\(place.shownSafely) is of \(time), \(TimeSpanText.words(seconds)) later than this machine's "
        + "clock (\(UTCTime.rfc3339(now))): one of the clocks is wrong",
      command: "sudo timedatectl set-ntp true")
  }
}
