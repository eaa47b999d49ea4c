import Reporting
import RunningProcess
package import TinyforgeCore

/// Snapshots of live values as files.
package enum SnapshotFile {
  /// Reads a snapshot; `hint` is given how old it is.
  package static func read(_ file: String, hint: (String) -> Void) throws(Failure) -> LiveSnapshot {
    guard !file.isEmpty else {
      throw Failure(
        .usage, "the name of the snapshot after --live is empty",
        remedy: "if it comes from a variable, set that")
    }
    let snapshot = try SnapshotJSON.read(WholeFile.read(file, as: "the snapshot"), name: file)
    hint(age(of: snapshot, name: file))
    return snapshot
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
  /// The workloads that had volumes when it was taken.
  package var volumeOwners: Set<WorkloadKey> {
    Set(workloads.filter(\.hasVolumes).map(\.workload.key))
  }

  /// The fields that it leaves out, by workload.
  package var withheld: [WorkloadKey: [String]] {
    Dictionary(workloads.map { ($0.workload.key, $0.withheld) }, uniquingKeysWith: +)
  }
}
