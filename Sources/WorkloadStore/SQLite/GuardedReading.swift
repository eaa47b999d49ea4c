import Glibc
import SystemPackage
import TinyforgeCore

/// Reads a database for a user whose files its owner could not use: without creating any.
///
/// Under a lock that keeps the log from being removed:
/// - log and shared memory are there: SQLite opens them, and makes nothing;
/// - there is no log, and no process has the database open: the file holds everything, and is read into memory;
/// - there is a log alone, which SQLite would have to make shared memory for: both are copied.
///
/// A copy counts if the file is the same afterwards and no log has come: who opens the database meanwhile
/// makes a log, which stays as long as the lock is held.
struct GuardedReading {
  private let opening: DatabaseOpening
  private var file: DatabaseFile { opening.file }

  init(_ opening: DatabaseOpening) { self.opening = opening }

  func reader(_ rollsBack: Bool) throws(Failure) -> SQLiteConnection {
    let lock = try SharedRangeGuard(opening)
    while true {
      if try !lock.usesLog() { break }
      if HotJournal.isThere(file) {
        guard NewFileAccess(file) == .shared else { throw HotJournal.failure(file) }
        break
      }
      if let reader = try attempt(lock) { return reader }
      try lock.waitForChange { AccessText.inTransition(file, $0) }
    }
    // In rollback mode a reader makes no file; rolling back needs the lock that is held here.
    _ = consume lock
    return try opening.plainReader(rollsBack)
  }

  /// Nil where the database is just being opened, closed or changed.
  private func attempt(_ lock: borrowing SharedRangeGuard) throws(Failure) -> SQLiteConnection? {
    if file.hasLog {
      try AccessText.requireReadable(file)
      let reader = try opening.connection(.readOnly)
      do throws(Failure) { try reader.readFirst() } catch {
        guard reader.awaitsOpening else { throw error }
        return nil
      }
      return reader
    }
    guard lock.holder() == nil, let place = try copy(lock) else { return nil }
    let reader = try opening.connection(.readOnly, place: place)
    try reader.readFirst()
    return reader
  }

  private func copy(_ lock: borrowing SharedRangeGuard) throws(Failure) -> SQLiteConnection.Place? {
    let log = try self.log()
    let place = try lock.read { (descriptor) throws(Errno) -> SQLiteConnection.Place? in
      guard let before = FileSnapshot(descriptor), before.identity == file.identity,
        !before.isFresh,
        log?.snapshot.isFresh != true
      else { return nil }
      guard before.size + (log?.snapshot.size ?? 0) <= DatabaseImage.sizeLimit else {
        throw .fileTooLarge
      }
      let place = try Self.copy(descriptor, before, log?.descriptor)
      return FileSnapshot(descriptor) == before && isStillUnused(log) ? place : nil
    }
    return place
  }

  /// Whether no process has opened the database: the first thing that this makes is a log, and with a log
  /// that is there, shared memory.
  private func isStillUnused(_ log: LogFile?) -> Bool {
    log.map { $0.isSame && !file.has(.sharedMemory) } ?? !file.has(.log)
  }

  private static func copy(
    _ descriptor: FileDescriptor, _ facts: FileSnapshot, _ log: FileDescriptor?
  ) throws(Errno) -> SQLiteConnection.Place? {
    if let log { return .copy(try PrivateCopy(descriptor, log: log)) }
    return try DatabaseImage(descriptor, size: facts.size).map { .image($0) }
  }

  /// The log, which no process has open; nil if there is none.
  private func log() throws(Failure) -> LogFile? {
    guard file.has(.log) else { return nil }
    let path = file.path(.log)
    do {
      return try LogFile(FilePath(path))
    } catch {
      throw AccessText.unreadable(path, file, error as? Errno ?? .ioError)
    }
  }
}

/// A write-ahead log that is read without SQLite.
private final class LogFile {
  let descriptor: FileDescriptor
  let snapshot: FileSnapshot

  init?(_ path: FilePath) throws {
    descriptor = try FileDescriptor.open(
      path, .readOnly, options: [.closeOnExec, .noFollow, .nonBlocking])
    guard let snapshot = FileSnapshot(descriptor) else {
      try descriptor.close()
      return nil
    }
    self.snapshot = snapshot
  }

  var isSame: Bool { FileSnapshot(descriptor) == snapshot }

  deinit { try? descriptor.close() }
}
