import Glibc
package import TinyforgeCore

/// What can be told of a database's file without opening it.
package struct DatabasePlace: Sendable {
  /// A file that this user may not use as a writer must.
  package struct Obstacle: Sendable, Equatable {
    package var path: String
    /// The file belongs to another user than the database does.
    package var isForeign: Bool
    /// It belongs to this user, whom its mode refuses.
    package var isOwn: Bool
    /// Where its file system is mounted, which is read-only; nil where it is not.
    package var readOnlyMount: String?
    /// Several lock files that one command mends, by their names: `path` is their folder then.
    package var lockFiles: [String] = []
  }

  /// With all links resolved.
  package let path: String
  /// Nil for a local one, as far as can be told.
  package let network: FileSystemKind?
  /// How many names the file has.
  package let names: Int
  /// It is mounted as a single file.
  package let isMountedAlone: Bool
  package let inode: UInt64
  /// The folder that the file stands in.
  package let folder: String
  /// The user whose the file is, by name or by number.
  package let owner: String

  /// `resolved` is a path that ``WorkloadDatabase/resolve(_:)`` gave.
  package init(_ resolved: String) {
    var facts = stat()
    _ = stat(resolved, &facts)
    path = resolved
    network = FileSystemKind.network(at: resolved)
    names = Int(facts.st_nlink)
    isMountedAlone = MountTable.isMountPoint(resolved)
    inode = UInt64(facts.st_ino)
    let slash = resolved.utf8.lastIndex(of: UInt8(ascii: "/"))
    folder = slash.map { $0 == resolved.startIndex ? "/" : String(resolved[..<$0]) } ?? "."
    owner =
      getpwuid(facts.st_uid).flatMap { $0.pointee.pw_name }.map { String(cString: $0) }
      ?? "#\(facts.st_uid)"
  }

  /// The database, its log, its shared memory, its locks and its folder, as far as this user may not
  /// read and write them. (Nothing is refused to root.)
  package var obstacles: [Obstacle] {
    var own = stat()
    _ = stat(path, &own)
    let locks = path + ".gitops-locks"
    let files = [path, path + "-wal", path + "-shm", locks, folder]
    return obstacles(among: files, own)
      + merged(obstacles(among: LockList.files(database: path), own), in: locks)
  }

  /// One obstacle for each cause: what mends one lock file mends all.
  private func merged(_ found: [Obstacle], in folder: String) -> [Obstacle] {
    Dictionary(grouping: found) { "\($0.isForeign) \($0.isOwn) \($0.readOnlyMount ?? "")" }
      .sorted { $0.key < $1.key }.map { _, group in
        guard group.count > 1 else { return group[0] }
        var all = group[0]
        all.lockFiles = group.map { String($0.path.dropFirst(folder.count + 1)) }
        all.path = folder
        return all
      }
  }

  private func obstacles(among files: [String], _ own: stat) -> [Obstacle] {
    files.compactMap { file in
      var facts = stat()
      guard stat(file, &facts) == 0 else { return nil }
      let isFolder = facts.st_mode & S_IFMT == S_IFDIR
      guard access(file, isFolder ? R_OK | W_OK | X_OK : R_OK | W_OK) != 0 else { return nil }
      let isReadOnly = errno == EROFS
      return Obstacle(
        path: file, isForeign: facts.st_uid != own.st_uid, isOwn: facts.st_uid == geteuid(),
        readOnlyMount: isReadOnly ? MountTable.place(of: file) : nil)
    }
  }

  /// Whether the file or folder belongs to this user.
  package static func isOwn(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_uid == geteuid()
  }
}

extension WorkloadDatabase {
  /// The triggers that a sync sets off, by their names: what they change or ignore undoes it.
  package func triggers() throws(Failure) -> [String] {
    let statement = try connection.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name COLLATE NOCASE "
        + "IN ('workloads', 'event_log') ORDER BY name", "read the schema")
    var names: [String] = []
    while try statement.step() { names.append(statement.value(0).shownText) }
    return names
  }

  /// Columns of the event log that a row must fill and an audit row does not: syncs would fail.
  package var unfillableLogColumns: [String] { schema.unfillableLogColumns }

  /// Whether the database has a write-ahead log.
  package func usesWriteAheadLog() throws(Failure) -> Bool {
    let statement = try connection.prepare("PRAGMA journal_mode", "read the journal's mode")
    return try statement.step() && statement.value(0).shownText == "wal"
  }

  /// The points in time that rows hold, each with the words for where it stands, RFC 3339 in UTC.
  ///
  /// Forms that are not known here are left out.
  package func recordedTimes() throws(Failure) -> [(place: String, time: String)] {
    var times: [(String, String)] = []
    if schema.eventLog["created_at"] != nil, schema.eventLogHasRowID {
      let latest = try connection.prepare(
        "SELECT rowid, created_at FROM event_log ORDER BY rowid DESC LIMIT 1", "read the event log")
      if try latest.step(), let time = TimestampForm.rfc3339(of: latest.value(1)) {
        times.append(("event \(latest.integer(0))", time))
      }
    }
    let updated = schema.hasUpdatedAt ? "updated_at" : "NULL"
    let rows = try connection.prepare(
      "SELECT id, gitops_last_sync_at, \(updated) FROM workloads WHERE length(source_kind) > 0",
      "read the workloads")
    while try rows.step() {
      for (column, name) in [(1, "last sync"), (2, "last change")] {
        guard let time = TimestampForm.rfc3339(of: rows.value(column)) else { continue }
        times.append(("the \(name) of workload \(schema.idForm.text(of: rows.value(0)))", time))
      }
    }
    return times
  }
}
