import FleetReading
import Reporting
import RunningProcess
import TinyforgeCore
import ToolSupport
import WorkloadStore

/// The workloads of a run, and what is known of them beside their rows.
struct DriftFleet {
  /// The workloads that are inspected.
  var workloads: [Workload]
  /// What they are a part of: a token that names no forge counts the forges of all, so that it does
  /// not depend on a shard whom it is sent to.
  var whole: [Workload]
  /// What is known of their syncs.
  var audit: SyncAuditIndex
  /// Fields that a snapshot leaves out, by the workload's id.
  var withheld: [WorkloadKey: [String]] = [:]
  /// The workloads that have volumes, as far as the database says.
  var volumeOwners: Set<WorkloadKey> = []
  /// The names of the servers that they are of.
  var servers: [String]
  /// When the live values were taken, where they are a snapshot's.
  var takenAt: String?

  /// Reads the chosen workloads of a database.
  init(_ databases: FleetDatabases, _ selection: WorkloadSelection, _ part: FleetOptions)
    throws(Failure)
  {
    whole = try selection.choose(from: databases)
    workloads = whole.filter(part.wants)
    audit = try SyncAuditIndex(databases.all, of: workloads)
    volumeOwners = try databases.volumeOwners()
    servers = databases.servers
  }

  /// Reads the chosen workloads of a snapshot's file.
  init(
    snapshot file: String, _ selection: WorkloadSelection, _ part: FleetOptions, _ console: Console
  ) throws(Failure) {
    let snapshot = try SnapshotFile.read(file, hint: console.hint)
    whole = try selection.choose(among: snapshot.workloads.map(\.workload), of: .snapshot)
    workloads = whole.filter(part.wants)
    audit = SyncAuditIndex(snapshot.logs)
    withheld = snapshot.withheld
    volumeOwners = snapshot.volumeOwners
    servers = snapshot.servers
    takenAt = snapshot.takenAt
  }
}

extension SnapshotFile {
  /// Writes the live values and the last syncs of workloads to a file, or to standard output for `-`.
  static func write(_ fleet: DriftFleet, to file: String, _ console: Console) throws(Failure) {
    let taken = LiveSnapshot(
      takenAt: UTCTime.rfc3339(Environment.now),
      workloads: fleet.workloads.map { row in
        SnapshotWorkload(
          of: row, log: fleet.audit.record(of: row),
          hasVolumes: fleet.volumeOwners.contains(row.key))
      }, servers: fleet.servers)
    let text = SnapshotJSON.render(taken)
    guard file != "-" else { return try console.print(text, as: .json) }
    try WholeFile.replace(file, with: Array(text.utf8), as: "the snapshot")
    let count = taken.workloads.count
    console.hint(
      "wrote the live values of \(count) \(count == 1 ? "workload" : "workloads") to "
        + file.shownSafely)
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
