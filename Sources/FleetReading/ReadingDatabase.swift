import RunningProcess
package import TinyforgeCore
package import WorkloadStore

extension WorkloadDatabase {
  /// How long a command without `--lock-timeout` waits for another program's lock.
  package static let usualPatience = Duration.seconds(5)

  /// Opens the database of a path for reading; what its schema lacks is given to `hint`.
  ///
  /// A program that keeps readers out is waited for up to `patience`.
  package static func openForReading(
    _ path: String, patience: Duration = usualPatience, hint: (String) -> Void
  ) throws(Failure) -> WorkloadDatabase {
    let database = try open(
      path, access: .readOnly, busyTimeout: patience,
      isInterrupted: { Interruption.isRequested })
    for note in database.notes { hint("note: \(note)") }
    return database
  }
}
