/// One row of Tinyforge's `workloads` table, as far as GitOps looks at it.
package struct Workload: Sendable, Equatable {
  package var id: String
  /// The display name; empty where the schema has none.
  package var name: String
  /// As stored (`dockerfile`, `static`, `image`, `compose`, or one not known here), never empty.
  package var sourceKind: String
  /// The live config: JSON text exactly as stored.
  package var sourceConfig: String
  package var gitopsEnabled: Bool
  /// The spec's path in the workload's repository.
  package var gitopsPath: String
  /// RFC 3339, or empty before the first sync.
  package var lastSyncAt: String
  /// The last synced commit, or empty before the first sync.
  package var lastSyncCommit: String

  package init(
    id: String, name: String, sourceKind: String, sourceConfig: String, gitopsEnabled: Bool,
    gitopsPath: String, lastSyncAt: String, lastSyncCommit: String
  ) {
    self.id = id
    self.name = name
    self.sourceKind = sourceKind
    self.sourceConfig = sourceConfig
    self.gitopsEnabled = gitopsEnabled
    self.gitopsPath = gitopsPath
    self.lastSyncAt = lastSyncAt
    self.lastSyncCommit = lastSyncCommit
  }

  /// The name where there is one, else the id.
  package var shownName: String { name.isEmpty ? id : name }

  /// Equal to the byte in everything that a sync rests on or writes.
  package func isIdentical(to other: Workload) -> Bool {
    gitopsEnabled == other.gitopsEnabled && sourceKind.hasSameBytes(as: other.sourceKind)
      && sourceConfig.hasSameBytes(as: other.sourceConfig)
      && gitopsPath.hasSameBytes(as: other.gitopsPath)
      && lastSyncAt.hasSameBytes(as: other.lastSyncAt)
      && lastSyncCommit.hasSameBytes(as: other.lastSyncCommit)
  }
}
