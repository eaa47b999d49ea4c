import Glibc
import SystemPackage
import TinyforgeCore

/// A lock that keeps a database's log and shared memory from being removed, taken without SQLite and on a
/// descriptor that is open for reading alone.
///
/// It is an open-file-description lock: it does not belong to the process, so that SQLite's own locks in
/// this process neither replace it nor are dropped with it.
struct SharedRangeGuard: ~Copyable {
  private let file: DatabaseFile
  private let hold: DatabaseHold
  private let descriptor: FileDescriptor
  private let deadline: ContinuousClock.Instant
  private let isInterrupted: @Sendable () -> Bool

  /// Waits for a program that has the database for itself, as long as a connection would.
  init(_ opening: DatabaseOpening) throws(Failure) {
    let deadline = ContinuousClock.now + opening.busyTimeout
    let descriptor = try Self.descriptor(opening)
    try Self.take(opening, descriptor, deadline)
    file = opening.file
    hold = opening.hold
    self.descriptor = descriptor
    isInterrupted = opening.isInterrupted
    self.deadline = deadline
  }

  private static func take(
    _ opening: DatabaseOpening, _ descriptor: FileDescriptor, _ deadline: ContinuousClock.Instant
  ) throws(Failure) {
    let hold = opening.hold
    while let error = hold.takeGuard(descriptor) {
      guard error == .resourceTemporarilyUnavailable || error == .permissionDenied else {
        throw noLocks(opening.file)
      }
      if opening.isInterrupted() { throw .interrupted }
      guard ContinuousClock.now < deadline else {
        throw excluded(opening.file, hold.writer(descriptor))
      }
      pause()
    }
  }

  deinit { hold.dropGuard() }

  private static func descriptor(_ opening: DatabaseOpening) throws(Failure) -> FileDescriptor {
    let path = opening.file.path
    do throws(Errno) {
      if let opened = try opening.hold.descriptor(FilePath(path)) { return opened }
    } catch {
      throw AccessText.unreadable(path, opening.file, error)
    }
    throw Failure(
      .busy, "another file has taken the place of the database \(path.shownSafely)",
      remedy: "run the command again, on the database that is there now")
  }

  /// Whether the database is in WAL mode, or has a log that SQLite would open all the same.
  ///
  /// sqlite.org, file format: byte 19 of the header is the read version, 2 for a write-ahead log.
  borrowing func usesLog() throws(Failure) -> Bool {
    var header = [UInt8](repeating: 0, count: 20)
    let count: Int
    do {
      count = try header.withUnsafeMutableBytes {
        try descriptor.read(fromAbsoluteOffset: 0, into: $0)
      }
    } catch {
      throw AccessText.unreadable(file.path, file, error as? Errno ?? .ioError)
    }
    return count == header.count && header[19] == 2 || file.has(.log)
  }

  /// The process that has the database open by SQLite; nil for none.
  borrowing func holder() -> Int32? { hold.holder(descriptor) }

  /// Waits a moment, or throws where the time is up.
  borrowing func waitForChange(_ failure: (Int32?) -> Failure) throws(Failure) {
    if isInterrupted() { throw .interrupted }
    guard ContinuousClock.now < deadline else { throw failure(holder()) }
    Self.pause()
  }

  /// The file, for reading it while the guard is held.
  borrowing func read<Value>(_ body: (FileDescriptor) throws(Errno) -> Value) throws(Failure)
    -> Value
  {
    do throws(Errno) {
      return try body(descriptor)
    } catch {
      throw AccessText.copyFailed(file, error)
    }
  }

  private static func pause() { usleep(useconds_t.random(in: 3_000...15_000)) }

  private static func noLocks(_ file: DatabaseFile) -> Failure {
    Failure(
      .denied,
      "the file system of the database \(file.path.shownSafely) does not lock files, so that it cannot be "
        + "read safely by anyone but its owner", remedy: AccessText.runAsOwner(file))
  }

  private static func excluded(_ file: DatabaseFile, _ process: Int32?) -> Failure {
    Failure(
      .busy,
      "the database \(file.path.shownSafely) is locked by another program\(AccessText.process(process)), "
        + "which is writing it or has it for itself (locking_mode=EXCLUSIVE)",
      remedy: "try again later; to see the program: fuser -v \(file.path)")
  }
}
