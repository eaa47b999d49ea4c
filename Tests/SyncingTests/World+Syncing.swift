import FleetReading
import GitSpecs
import ProviderHTTP
import Syncing
import TestSupport
import TinyforgeCore
import WorkloadStore

extension World {
  /// The database, open for reading.
  func reader() throws -> any WorkloadStore {
    try StoreEngines.address(database).openForReading(hint: { _ in })
  }

  /// The row of that id.
  func row(_ id: String = "w1") throws -> Workload {
    guard let row = try reader().workload(id: id) else {
      throw TestSupportError("there is no workload \(id)")
    }
    return row
  }

  /// What inspects workloads by the mirrors of this world.
  func inspection(revision: String? = nil) -> Inspection {
    Inspection(locator: locator(revision: revision))
  }

  /// What finds specs in the mirrors of this world.
  func locator(revision: String? = nil) -> SpecLocator {
    SpecLocator(
      repository: nil, revision: revision, mirrors: [mirrors], mode: .local,
      forges: ForgeReader(settings: HTTPSettings(), tokens: TokenBook(), cache: nil),
      fetchTimeout: .seconds(1))
  }

  /// What writes rows, as Ann; `hints` takes what a person is shown.
  func writer(
    seen: (any WorkloadStore)? = nil, lockTimeout: Duration = .seconds(30),
    hint: @escaping (String) -> Void = { _ in }
  ) throws -> WorkloadWriter {
    try WorkloadWriter(seen ?? reader(), Self.settings(lockTimeout), hint: hint)
  }

  /// Ann, and how long she waits.
  static func settings(_ lockTimeout: Duration = .seconds(30)) -> WriterSettings {
    WriterSettings(lockTimeout: lockTimeout, author: SyncAuthor(named: "ann"))
  }

  /// A member of a row's live config, and the kinds of the workload's audit rows.
  func state(_ id: String = "w1", _ member: String = "port") async throws -> String {
    try await sql(
      """
      SELECT coalesce(json_extract(source_config, '$.\(member)'), 'none') || (
        SELECT coalesce(group_concat(' ' || json_extract(metadata, '$.kind'), ''), '')
        FROM event_log WHERE json_extract(metadata, '$.workload') = w.id)
      FROM workloads w WHERE id = '\(id)'
      """)
  }

  /// Holds the lock of w1 in another process, by the rules of docs/locking.md.
  ///
  /// A file `held` says that it has it. Once a file `freed` is there, the process runs a statement, and ends.
  func holdLock(thenRunning statement: String = "SELECT 1") async throws -> CommandResult {
    let folder = try scratch.folder("tinyforge.db.gitops-locks")
    let program = """
      import fcntl, os, sqlite3, sys, time
      f = open(sys.argv[1], 'a+')
      fcntl.lockf(f, fcntl.LOCK_EX)
      open(sys.argv[2], 'w').write('held')
      while not os.path.exists(sys.argv[3]): time.sleep(0.01)
      with sqlite3.connect(sys.argv[4]) as database: database.execute(sys.argv[5])
      """
    return try await run(
      "timeout",
      [
        "120", "/usr/bin/python3", "-c", program, "\(folder)/w1.lock", scratch.file("held"),
        scratch.file("freed"), database, statement,
      ])
  }
}
