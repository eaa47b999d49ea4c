/// That the file of a database was replaced by another one while a run wrote to it.
package struct DatabaseReplacement: Sendable {
  /// Workloads that were applied to the old file, and are not as applied in the new one.
  package let lacking: [Workload]
  /// Why the new file could not be read, so that all that were applied count as lacking; nil where it could.
  package let failure: String?

  /// Creates one of what was found.
  package init(lacking: [Workload], failure: String?) {
    self.lacking = lacking
    self.failure = failure
  }

  /// The same of the databases of several servers.
  package func joined(with other: DatabaseReplacement) -> DatabaseReplacement {
    DatabaseReplacement(lacking: lacking + other.lacking, failure: failure ?? other.failure)
  }
}
