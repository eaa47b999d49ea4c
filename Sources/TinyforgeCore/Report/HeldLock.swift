/// A lock that somebody holds at this moment.
package struct HeldLock: WorkloadNamed, Sendable, Equatable {
  /// The workload's server; nil where none is named.
  package var server: String?
  /// The workload's id.
  package var workload: String
  /// The workload's name; empty where it has none, or where the database could not be asked.
  package var name: String
  /// The same as ``workload``.
  package var id: String { workload }
  /// Nil where the holder could not write of itself.
  package var holder: LockHolder?
  /// What its process does.
  package var state: LockHolder.State

  /// Creates one from its parts.
  package init(
    workload: String, name: String = "", holder: LockHolder?, state: LockHolder.State
  ) {
    self.workload = workload
    self.name = name
    self.holder = holder
    self.state = state
  }
}
