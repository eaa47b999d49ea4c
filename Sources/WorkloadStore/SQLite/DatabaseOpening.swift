import Glibc
import SystemPackage
import TinyforgeCore

/// Opens a database in such a way that nothing is left beside it that keeps its owner out.
///
/// SQLite makes the log and the shared memory where they are absent, also for a reader, and they belong to
/// who made them. The owner, and root for a write, simply opens the database. For everybody else see
/// ``GuardedReading`` and ``requireUsableFiles(_:)``.
struct DatabaseOpening {
  let file: DatabaseFile
  let hold: DatabaseHold
  let busyTimeout: Duration
  let isInterrupted: @Sendable () -> Bool

  init(
    _ resolved: String, busyTimeout: Duration, isInterrupted: @escaping @Sendable () -> Bool
  ) throws(Failure) {
    file = try DatabaseFile(resolved)
    hold = DatabaseHold(file.identity)
    self.busyTimeout = busyTimeout
    self.isInterrupted = isInterrupted
  }

  func connection(
    _ access: SQLiteStore.Access, place: SQLiteConnection.Place = .file
  ) throws(Failure) -> SQLiteConnection {
    try SQLiteConnection(
      file.path, access: access, wait: BusyWait(limit: busyTimeout, isInterrupted: isInterrupted),
      hold: hold, place: place)
  }

  /// Opens it for reading; `rollsBack` a crashed writer's journal first, where this user may.
  func reader(rollsBack: Bool) throws(Failure) -> SQLiteConnection {
    // What SQLite makes has the database's mode: without the owner's right to write it would be of no use.
    if file.isOwn, file.hasLog || file.mayMakeFiles && DatabaseFile.mayWrite(file.path) {
      return try plainReader(rollsBack)
    }
    return try GuardedReading(self).reader(rollsBack)
  }

  /// As SQLite opens it, once it is certain that what SQLite makes is of use to the owner.
  func plainReader(_ rollsBack: Bool) throws(Failure) -> SQLiteConnection {
    let reader = try connection(.readOnly)
    do {
      try reader.readFirst()
      return reader
    } catch {
      guard reader.needsRollback else { throw error }
      guard rollsBack, mayRollBack else { throw HotJournal.failure(file) }
    }
    // sqlite.org, "Atomic Commit In SQLite": the next reader rolls a hot journal back, under an exclusive
    // lock; for that, the connection must be one that may write.
    try connection(.readWrite).readFirst()
    try reader.readFirst()
    return reader
  }

  /// Rolling back writes the database and removes its journal.
  ///
  /// The log that may come after must be of
  /// use to the owner.
  private var mayRollBack: Bool {
    file.mayMakeFiles && NewFileAccess(file) == .shared
      && [file.path, file.path(.journal)].allSatisfy(DatabaseFile.mayWrite)
  }

  /// Opens it for writing.
  func writer() throws(Failure) -> SQLiteConnection {
    try WriteAccess.require(file)
    let access = NewFileAccess(file)
    guard access != .shared else { return try connection(.readWrite) }
    let lock = try SharedRangeGuard(self)
    guard file.hasLog, try lock.usesLog() else {
      throw WriteAccess.failure(file, access)
    }
    let writer = try connection(.readWrite)
    // From here on SQLite's own lock keeps the files where they are.
    try writer.readFirst()
    return writer
  }
}
