import RunningProcess
package import TinyforgeCore
package import WorkloadStore

extension StoreAddress {
  /// Opens the database for reading; what its schema lacks is given to `hint`.
  ///
  /// A program that keeps readers out is waited for up to `patience`: a command without `--lock-timeout` waits 5 s.
  package func openForReading(patience: Duration = .seconds(5), hint: (String) -> Void)
    throws(Failure) -> any WorkloadStore
  {
    let database = try open(patience: patience) { Interruption.isRequested }
    for note in database.notes { hint("note: \(note)") }
    return database
  }
}
