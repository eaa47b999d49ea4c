internal import CPosix
internal import Glibc
import Synchronization
package import TinyforgeCore

extension DatabaseWriter {
  /// The process that the kernel names as the holder of SQLite's locks; nil where there is none.
  ///
  /// sqlite.org: "File Locking And Concurrency", "WAL-mode File Format". Takes nothing and waits for nobody. Nil as well
  /// where the files may not be read.
  package static func current(of database: String) -> DatabaseWriter? {
    let pending: Int64 = 0x4000_0000
    if let file = Self.open(database) {
      // A lock for reading on the range that readers share is only refused by an exclusive lock.
      if let found = holder(file, pending + 2, 510, isShared: true, isExclusive: true) {
        return found
      }
      if let found = holder(file, pending + 1, 1, isShared: false, isExclusive: false) {
        return found
      }
    }
    // In the shared memory of a write-ahead log byte 120 is the writer's.
    guard let file = Self.open(database + "-shm") else { return nil }
    return holder(file, 120, 1, isShared: false, isExclusive: false)
  }

  /// Files that were opened to ask about their locks, by their path.
  ///
  /// They stay open: closing one would drop the locks that SQLite has on the same file in this process (POSIX).
  private static let opened = Mutex<[String: (descriptor: Int32, device: UInt64, inode: UInt64)]>(
    [:])

  private static func open(_ path: String) -> Int32? {
    var now = stat()
    guard lstat(path, &now) == 0, now.st_mode & S_IFMT == S_IFREG else { return nil }
    let (device, inode) = (UInt64(now.st_dev), UInt64(now.st_ino))
    return opened.withLock { files in
      if let known = files[path], known.device == device, known.inode == inode {
        return known.descriptor
      }
      let file = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
      guard file >= 0 else { return nil }
      files[path] = (file, device, inode)
      return file
    }
  }

  private static func holder(
    _ file: Int32, _ start: Int64, _ length: Int64, isShared: Bool, isExclusive: Bool
  ) -> DatabaseWriter? {
    var process: Int32 = 0
    guard tinyforge_lock_holder(file, start, length, isShared ? 1 : 0, &process) == 1,
      process != getpid()
    else { return nil }
    return DatabaseWriter(
      processID: process > 0 ? process : nil, program: program(of: process),
      isExclusive: isExclusive)
  }

  private static func program(of process: Int32) -> String {
    guard process > 0, let file = fopen("/proc/\(process)/comm", "re") else { return "" }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = fread(&buffer, 1, buffer.count, file)
    return String(decoding: buffer[..<count].prefix { $0 != 10 }, as: UTF8.self)
  }

  /// A failure that says who keeps the database locked, in place of one that only says that it is.
  static func explain(_ failure: Failure, _ database: String) -> Failure {
    guard failure.code == .busy, let writer = current(of: database) else { return failure }
    var told = failure
    guard writer.isExclusive else {
      told.message += "; \(writer.shown) is writing it"
      return told
    }
    let shown = database.shownSafely
    told.message =
      "the database \(shown) is locked exclusively by \(writer.shown): no other program can read or write it"
    let find: Remedy =
      writer.processID.map { "ps -fp \($0)" } ?? "fuser -v \(shellWord(database))"
    told.remedy =
      "if it uses PRAGMA locking_mode=EXCLUSIVE, trying again does not help: end it, or let it use "
      + "locking_mode=NORMAL (\(find))"
    // Only a transaction of a database with a rollback journal ends by itself.
    if usesWriteAheadLog(database) { told.code = .database }
    return told
  }

  /// Whether the header of a database names a write-ahead log.
  static func usesWriteAheadLog(_ database: String) -> Bool {
    var version: UInt8 = 0
    guard let file = open(database), pread(file, &version, 1, 18) == 1 else { return false }
    return version == 2
  }
}
