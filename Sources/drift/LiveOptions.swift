import ArgumentParser
import Reporting
import TinyforgeCore
import ToolSupport
import WorkloadSupport

/// Where the live values are from, and whether they are only taken.
struct LiveOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Compare nothing: write the live values and the last syncs to this file (- is standard "
        + "output), for runners that must not see the database.", valueName: "file"),
    completion: .file())
  var snapshot: String?

  @Option(
    help: ArgumentHelp(
      "Compare with a snapshot's live values instead of a database's.", valueName: "file"),
    completion: .file())
  var live: String?

  init() {}

  /// The options of a line that is read directly.
  init(_ line: inout DirectLine) {
    snapshot = line.value("--snapshot")
    live = line.value("--live")
    line.check(validate)
  }

  func validate() throws {
    if snapshot != nil, live != nil {
      throw ValidationError("--snapshot and --live exclude each other")
    }
  }

  /// The workloads that are looked at, with what is known of their syncs.
  func fleet(_ workloads: WorkloadOptions, _ part: FleetOptions, _ console: Console)
    throws(Failure) -> DriftFleet
  {
    try workloads.requireAny()
    guard let live else {
      let database = try workloads.openDatabase(console: console)
      let chosen = try workloads.selection.choose(from: database)
      let rows = chosen.filter(part.wants)
      return DriftFleet(
        workloads: rows, whole: chosen, audit: try SyncAuditIndex(database, of: rows))
    }
    let taken = try SnapshotJSON.read(WholeFile.read(live, as: "the snapshot"), name: live)
    console.hint(Self.age(of: taken, name: live))
    let chosen = try workloads.selection.choose(
      among: taken.workloads.map(\.workload), of: .snapshot)
    return DriftFleet(
      workloads: chosen.filter(part.wants), whole: chosen,
      audit: SyncAuditIndex(taken.logs),
      withheld: Dictionary(
        taken.workloads.map { ($0.workload.key, $0.withheld) }, uniquingKeysWith: +),
      takenAt: taken.takenAt)
  }

  /// Writes the snapshot.
  func write(_ fleet: DriftFleet, to file: String, _ console: Console) throws(Failure) {
    let taken = LiveSnapshot(
      takenAt: UTCTime.rfc3339(Environment.now),
      workloads: fleet.workloads.map { row in
        SnapshotWorkload(of: row, log: fleet.audit.record(of: row))
      })
    let text = SnapshotJSON.render(taken)
    guard file != "-" else { return try console.print(text, as: .json) }
    try WholeFile.replace(file, with: Array(text.utf8), as: "the snapshot")
    let count = taken.workloads.count
    console.hint(
      "wrote the live values of \(count) \(count == 1 ? "workload" : "workloads") to "
        + file.shownSafely)
  }

  private static func age(of snapshot: LiveSnapshot, name: String) -> String {
    let taken = UTCTime.seconds(ofRFC3339: snapshot.takenAt) ?? 0
    let age = Environment.now - taken
    let words = age < 0 ? "in the future of this machine's clock" : "\(TimeSpanText.words(age)) ago"
    return
      "note: the live values are from \(name.shownSafely), taken at \(snapshot.takenAt), \(words)"
  }
}

extension LiveSnapshot {
  /// What it keeps of the event log, by workload.
  fileprivate var logs: [WorkloadKey: SyncRecord] {
    Dictionary(
      workloads.compactMap { entry in entry.log.map { (entry.workload.key, $0) } },
      uniquingKeysWith: { $1 })
  }
}

/// The workloads of a run, and what is known of them beside their rows.
struct DriftFleet {
  var workloads: [Workload]
  /// What they are a part of: a token that names no forge counts the forges of all, so that it does
  /// not depend on a shard whom it is sent to.
  var whole: [Workload]
  var audit: SyncAuditIndex
  /// Fields that a snapshot does not tell, by the workload's id.
  var withheld: [WorkloadKey: [String]] = [:]
  /// When the live values were taken, where a snapshot stands in for the database.
  var takenAt: String?
}
