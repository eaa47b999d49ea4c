package import TinyforgeCore

extension SQLiteStore: WorkloadStore {
  /// The path as it was given.
  package var name: String { path }

  /// The key beside the locks; nil where none was made yet.
  package func planKey() throws(Failure) -> [UInt8]? { try PlanKey.read(database: resolvedPath) }

  /// The key's path.
  package var planKeyPlace: String { PlanKey.path(database: resolvedPath) }

  /// A command of `sqlite3` that shows a workload's live config.
  package func configCommand(_ workload: Workload) -> Remedy {
    "sqlite3 \(shellWord(path)) \(shellWord(configQuery(workload)))"
  }

  /// What looks closer at a failure to read.
  package func command(lookingInto failure: Failure) -> Remedy {
    SQLiteExamination.command(lookingInto: failure, resolvedPath)
  }

  /// Whether both are one file.
  package func isSame(as other: any WorkloadStore) -> Bool {
    (other as? SQLiteStore)?.identity == identity
  }

  /// Opens the same file for writing; throws where another one is at the path by now.
  package func writer(patience: Duration, isInterrupted: @escaping @Sendable () -> Bool)
    throws(Failure) -> any StoreWriter
  {
    SQLiteWriter(
      try SQLiteStore.open(
        path, access: .readWrite, busyTimeout: patience, expecting: identity,
        isInterrupted: isInterrupted))
  }
}
