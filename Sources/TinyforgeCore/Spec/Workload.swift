/// One row of Tinyforge's `workloads` table, as far as GitOps looks at it.
package struct Workload: WorkloadNamed, Sendable, Equatable {
  /// The id as it is shown and named: no two ids of one database are written alike.
  ///
  /// Text and whole numbers are shown as they are; any other id is the SQL literal of what is stored, such as
  /// `x'62'`.
  package var id: String
  /// The display name; empty where the schema has none.
  package var name: String
  /// As stored (`dockerfile`, `static`, `image`, `compose`, or one not known here), never empty.
  package var sourceKind: String
  /// The live config: JSON text exactly as stored, as text or as a BLOB.
  package var sourceConfig: String
  /// Whether the workload is opted in.
  package var gitopsEnabled: Bool
  /// The spec's path in the workload's repository.
  package var gitopsPath: String
  /// RFC 3339, or empty before the first sync.
  package var lastSyncAt: String
  /// The last synced commit, or empty before the first sync.
  package var lastSyncCommit: String
  /// The columns that hold their text as a BLOB.
  package var blobs: BlobColumns = []
  /// Why ``sourceConfig`` cannot be read as text, in a clause; nil where it can.
  package var configFault: String?
  /// The name of the server whose database has the row; nil where the run names none.
  package var server: String?

  /// Creates one from its parts.
  package init(
    id: String, name: String, sourceKind: String, sourceConfig: String, gitopsEnabled: Bool,
    gitopsPath: String, lastSyncAt: String, lastSyncCommit: String, blobs: BlobColumns = [],
    configFault: String? = nil, server: String? = nil
  ) {
    self.id = id
    self.name = name
    self.sourceKind = sourceKind
    self.sourceConfig = sourceConfig
    self.gitopsEnabled = gitopsEnabled
    self.gitopsPath = gitopsPath
    self.lastSyncAt = lastSyncAt
    self.lastSyncCommit = lastSyncCommit
    self.blobs = blobs
    self.configFault = configFault
    self.server = server
  }

  /// The row as one of the server of that name.
  package func labelled(_ server: String?) -> Workload {
    guard let server else { return self }
    var row = self
    row.server = server
    return row
  }

  /// Columns whose text is stored as a BLOB, as Go's drivers store `[]byte` and `json.RawMessage`.
  package struct BlobColumns: OptionSet, Sendable, Hashable {
    /// The columns as bits.
    package let rawValue: UInt8

    /// Creates one from its parts.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `source_config`.
    package static let sourceConfig = BlobColumns(rawValue: 1)
    /// `gitops_path`.
    package static let gitopsPath = BlobColumns(rawValue: 2)
    /// `gitops_last_sync_at`.
    package static let lastSyncAt = BlobColumns(rawValue: 4)
    /// `gitops_commit_sha`.
    package static let lastSyncCommit = BlobColumns(rawValue: 8)
  }

  /// Whether the row records a sync.
  package var wasSynced: Bool { !lastSyncAt.isEmpty || !lastSyncCommit.isEmpty }

  /// Equal to the byte in everything that a sync rests on or writes.
  package func isIdentical(to other: Workload) -> Bool {
    gitopsEnabled == other.gitopsEnabled && blobs == other.blobs
      && configFault == other.configFault && sourceKind.hasSameBytes(as: other.sourceKind)
      && sourceConfig.hasSameBytes(as: other.sourceConfig)
      && gitopsPath.hasSameBytes(as: other.gitopsPath)
      && lastSyncAt.hasSameBytes(as: other.lastSyncAt)
      && lastSyncCommit.hasSameBytes(as: other.lastSyncCommit)
  }
}
