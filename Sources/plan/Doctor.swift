package import FleetReading
import GitSpecs
package import TinyforgeCore
import ToolSupport
package import WorkloadStore

/// Looks at what the tools rest on: the database, its place and its rows, the mirrors, the clock.
package struct Doctor: Sendable {
  let databasePath: String
  let selection: WorkloadSelection
  /// What is to be possible; where the database's file system is read-only, no more than reading is.
  let aim: DatabaseAim
  private(set) var locator: SpecLocator
  /// Which tokens go where depends on the workloads.
  private let locate: Locating
  /// The file of tokens that was named.
  private let tokenFile: String?
  /// Why the tokens that were written down cannot be used.
  private let tokenFailure: Failure?
  /// Whether mirrors were fetched lately.
  let freshness: MirrorFreshness
  /// Seconds since 1970.
  let now: Int64

  /// Tells where the specs of workloads are looked for, with the tokens that were written down or without them.
  package typealias Locating =
    @Sendable (_ rows: [Workload], _ usesTokens: Bool) throws(Failure) -> SpecLocator

  /// A selection of none looks at every row.
  package init(
    databasePath: String, selection: WorkloadSelection, aim: DatabaseAim,
    locate: @escaping Locating, tokenFile: String?, staleAfter: Int64, now: Int64
  ) throws(Failure) {
    self.databasePath = databasePath
    self.selection = selection
    self.aim = aim
    self.locate = locate
    self.tokenFile = tokenFile
    do {
      locator = try locate([], true)
      tokenFailure = nil
    } catch {
      locator = try locate([], false)
      tokenFailure = error
    }
    freshness = MirrorFreshness(limit: staleAfter, now: now)
    self.now = now
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
    guard let place = examinePlace(&report), let database = open(place, &report) else {
      return report
    }
    examineSchema(database, place, &report)
    if aim(at: place) == .writing { examineLocks(place, &report) }
    do {
      try examineCopy(database, place, &report)
      try examineClock(database, &report)
      let rows =
        selection.isEmpty ? try database.workloads() : try selection.choose(from: database)
      let served = examineRows(rows, of: database, &report)
      var doctor = self
      doctor.locator = try locate(served.map(\.row), tokenFailure == nil)
      await doctor.examineRepositories(served, of: database, &report)
      examineTokens(served, &report)
    } catch {
      report.add(.fault, .database, error.message, command: Self.command(error, place.path))
    }
    return report
  }

  // MARK: The clock

  /// Clocks of two machines differ by seconds; by more, "the latest" is another one on each.
  static let clockTolerance: Int64 = 300

  private func examineClock(_ database: WorkloadDatabase, _ report: inout DoctorReport)
    throws(Failure)
  {
    report.done.insert(.clock)
    let ahead = try database.recordedTimes().filter { isAhead($0.time) }
    guard let worst = ahead.max(by: { $0.time < $1.time }) else { return }
    note(aheadOfClock: worst.place, worst.time, &report)
  }

  func isAhead(_ time: String) -> Bool {
    UTCTime.seconds(ofRFC3339: time).map { $0 > now + Self.clockTolerance } ?? false
  }

  func note(aheadOfClock place: String, _ time: String, _ report: inout DoctorReport) {
    let seconds = (UTCTime.seconds(ofRFC3339: time) ?? now) - now
    report.add(
      .fault, .clock,
      "\(place.shownSafely) is of \(time), \(TimeSpanText.words(seconds)) later than this machine's "
        + "clock (\(UTCTime.rfc3339(now))): one of the clocks is wrong",
      command: "sudo timedatectl set-ntp true")
  }
}
