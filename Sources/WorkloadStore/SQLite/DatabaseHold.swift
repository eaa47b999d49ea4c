import Glibc
import Synchronization
import SystemPackage

/// This process's use of a database file, for as long as one of its connections is open.
///
/// sqlite.org, "How To Corrupt An SQLite Database File", 2.2: "the close() system call will cancel all POSIX
/// advisory locks on the same file for all threads and all file descriptors in the process." So a descriptor of
/// our own on the database is shared by all uses of the file, and closed with the last of them.
final class DatabaseHold: Sendable {
  /// What this process has of one file.
  private struct Entry {
    var uses = 0
    var descriptor: FileDescriptor?
    var guards = 0
  }

  private static let entries = Mutex<[FileIdentity: Entry]>([:])

  let identity: FileIdentity

  init(_ identity: FileIdentity) {
    self.identity = identity
    Self.entries.withLock { $0[identity, default: Entry()].uses += 1 }
  }

  deinit {
    Self.entries.withLock { entries in
      entries[identity]?.uses -= 1
      guard let entry = entries[identity], entry.uses == 0 else { return }
      entries[identity] = nil
      try? entry.descriptor?.close()
    }
  }

  /// A descriptor for reading the file; nil where another file is at `path` by now.
  func descriptor(_ path: FilePath) throws(Errno) -> FileDescriptor? {
    let known = Self.entries.withLock { $0[identity]?.descriptor }
    if let known { return known }
    let opened = try Self.open(path)
    return Self.entries.withLock { entries in
      // Another file, or one that another thread has opened as well: its descriptor is left open, for
      // closing it would drop locks that a connection of this process may have on that file.
      guard FileSnapshot(opened)?.identity == identity else { return nil }
      let descriptor = entries[identity]?.descriptor ?? opened
      entries[identity]?.descriptor = descriptor
      return descriptor
    }
  }

  private static func open(_ path: FilePath) throws(Errno) -> FileDescriptor {
    do {
      return try FileDescriptor.open(
        path, .readOnly, options: [.closeOnExec, .noFollow, .nonBlocking])
    } catch {
      throw error as? Errno ?? .ioError
    }
  }

  // MARK: The lock on SQLite's shared range

  // sqlite.org, os.h: PENDING_BYTE is 0x40000000, SHARED_FIRST is PENDING_BYTE + 2, SHARED_SIZE is 510.
  // os_unix.c: "An EXCLUSIVE lock is implemented by obtaining a write-lock on the entire 'shared byte range'.
  // Since all other locks require a read-lock on one of the bytes within this range, this ensures that no
  // other locks are held on the database." A connection's own shared lock covers the whole range.
  private static let guardByte = ByteRange(start: 0x4000_0002, count: 1)
  private static let otherBytes = ByteRange(start: 0x4000_0003, count: 509)

  /// Takes a shared lock on the first byte of SQLite's shared range, or returns why not.
  ///
  /// As long as it is held, no process gets SQLite's exclusive lock, without which it neither removes the
  /// write-ahead log, nor changes the journal mode, nor writes the file in rollback mode.
  func takeGuard(_ descriptor: FileDescriptor) -> Errno? {
    Self.entries.withLock { entries in
      if entries[identity]?.guards == 0 {
        if let error = Self.guardByte.lock(descriptor, .shared) { return error }
      }
      entries[identity]?.guards += 1
      return nil
    }
  }

  func dropGuard() {
    Self.entries.withLock { entries in
      entries[identity]?.guards -= 1
      guard let entry = entries[identity], entry.guards == 0, let file = entry.descriptor else {
        return
      }
      Self.guardByte.unlock(file)
    }
  }

  /// The process that has the database open by SQLite, as far as its locks tell; nil for none.
  ///
  /// The first byte is left out: there the guards of these tools are, which have no connection.
  func holder(_ descriptor: FileDescriptor) -> Int32? {
    Self.otherBytes.holder(descriptor, refusing: .exclusive)
  }

  /// The process that has the database for itself; nil for none.
  func writer(_ descriptor: FileDescriptor) -> Int32? {
    Self.guardByte.holder(descriptor, refusing: .shared)
  }
}
