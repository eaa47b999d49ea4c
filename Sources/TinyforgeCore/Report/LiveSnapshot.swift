/// The live values of a fleet, for runners that must not see the database.
package struct LiveSnapshot: Sendable, Equatable {
  /// When the database was read, RFC 3339 in UTC.
  package var takenAt: String
  /// The names of the servers that it is of.
  package var servers: [String]
  /// The workloads, in the order of their ids.
  package var workloads: [SnapshotWorkload]

  /// Creates one from its parts.
  package init(takenAt: String, workloads: [SnapshotWorkload], servers: [String] = []) {
    self.takenAt = takenAt
    self.servers = servers
    self.workloads = workloads
  }
}
