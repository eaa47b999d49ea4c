internal import CPosix
import Glibc
package import TinyforgeCore

/// The advisory lock of one workload, held by the kernel for as long as this process lives.
///
/// It is an open-file-description lock: dropped when its file is closed, by ``release()``, by
/// `deinit`, or by any death of the process. The file itself is never removed, so that no two
/// processes ever lock two files of one name.
package final class WorkloadLock {
  /// Who holds a lock, as the holder wrote it: hearsay, only for messages.
  package struct Holder: Sendable, Equatable {
    package var processID: Int32
    package var host: String
    package var actor: String
    /// RFC 3339 in UTC.
    package var since: String
    package var tool: String

    package init(processID: Int32, host: String, actor: String, since: String, tool: String) {
      self.processID = processID
      self.host = host
      self.actor = actor
      self.since = since
      self.tool = tool
    }
  }

  /// What a try came to.
  package enum Attempt {
    case acquired(WorkloadLock)
    /// Somebody else holds it.
    case held(Holder?)
  }

  private var file: LockFile?

  private init(_ file: consuming LockFile) { self.file = consume file }

  /// Tries once, and never waits.
  package static func attempt(database: String, workload: String, holder: Holder) throws(Failure)
    -> Attempt
  {
    let folder = LockFolder(database: database)
    try folder.create()
    let path = folder.path(of: workload)
    while true {
      let file = try LockFile(path)
      guard try file.lock() else { return .held(LockNote.read(file)) }
      // Somebody may have removed the file after it was opened: that lock would guard nothing.
      guard file.isStillAt(path) else { continue }
      LockNote.write(holder, workload: workload, to: file)
      return .acquired(WorkloadLock(file))
    }
  }

  /// Tries until `timeout` has passed; `onWait` is called once, when the first try fails.
  package static func acquire(
    database: String, workload: String, holder: Holder, timeout: Duration,
    onWait: (Holder?) -> Void
  ) throws(Failure) -> Attempt {
    let deadline = ContinuousClock.now + timeout
    var pause = 5.0
    var isFirst = true
    while true {
      let attempt = try attempt(database: database, workload: workload, holder: holder)
      guard case .held(let other) = attempt, ContinuousClock.now < deadline else { return attempt }
      if isFirst { onWait(other) }
      isFirst = false
      // Pauses differ, so that waiters do not come in step; and stay short, so that none starves.
      usleep(UInt32(pause * Double.random(in: 500...1000)))
      pause = min(pause * 1.5, 50)
    }
  }

  /// Lets go of the lock.
  package func release() {
    file?.clear()
    file = nil
  }

  deinit { file?.clear() }
}

/// Where the locks of a database stand.
struct LockFolder {
  let path: String

  init(database: String) { path = database + ".gitops-locks" }

  func create() throws(Failure) {
    guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    throw Failure(
      errno == ENOSPC ? .io : .denied, "the lock folder \(path.shownSafely) cannot be made",
      remedy: "run as the user that owns the database; its folder must be writable")
  }

  /// The lock's file: the id itself where it is a plain name, in hexadecimal otherwise.
  func path(of workload: String) -> String { "\(path)/\(Self.fileName(workload))" }

  static func fileName(_ workload: String) -> String {
    let isPlain = workload.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-")
    }
    if isPlain, (1...120).contains(workload.utf8.count) { return "\(workload).lock" }
    if workload.utf8.count <= 120 {
      return "_" + workload.utf8.map { hex(UInt64($0), digits: 2) }.joined() + ".lock"
    }
    // Two ids that share a file only take turns; nothing is lost by it.
    let hash = workload.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return "__\(workload.utf8.count)-" + hex(hash, digits: 16) + ".lock"
  }

  private static func hex(_ value: UInt64, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
  }
}

/// An open lock file, closed (and so unlocked) when it goes.
struct LockFile: ~Copyable {
  let descriptor: Int32

  init(_ path: String) throws(Failure) {
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard opened >= 0 else { throw Self.failure(errno, path) }
    var facts = stat()
    guard fstat(opened, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw Self.failure(ELOOP, path)
    }
    descriptor = opened
  }

  deinit {
    // Closing alone would leave the lock with a child that another thread has just forked.
    tinyforge_unlock(descriptor)
    close(descriptor)
  }

  /// Takes the lock at once; false where somebody else holds it.
  borrowing func lock() throws(Failure) -> Bool {
    switch tinyforge_lock_exclusive(descriptor) {
    case 0: return true
    case EAGAIN, EACCES: return false
    default:
      throw Failure(
        .io, "the file system of the database does not lock files",
        remedy: "keep the database on a local file system")
    }
  }

  borrowing func isStillAt(_ path: String) -> Bool {
    var here = stat()
    var there = stat()
    return fstat(descriptor, &here) == 0 && lstat(path, &there) == 0
      && here.st_ino == there.st_ino && here.st_dev == there.st_dev
  }

  borrowing func clear() { _ = ftruncate(descriptor, 0) }

  private static func failure(_ code: Int32, _ path: String) -> Failure {
    switch code {
    case ELOOP:
      return Failure(
        .denied, "something else than a file stands at the lock's place \(path.shownSafely)",
        remedy: "remove it")
    case ENOSPC, EDQUOT:
      return Failure(.io, "the disk of \(path.shownSafely) is full", remedy: "make room, try again")
    default:
      return Failure(
        .denied, "the lock \(path.shownSafely) cannot be opened for writing",
        remedy: "run as the user that owns the database")
    }
  }
}

/// What a holder writes into its lock's file.
enum LockNote {
  private static let sizeLimit = 4096

  static func write(_ holder: WorkloadLock.Holder, workload: String, to file: borrowing LockFile) {
    let note: JSONValue = [
      "workload": .string(workload), "pid": .integer(holder.processID),
      "host": .string(holder.host), "actor": .string(holder.actor), "since": .string(holder.since),
      "tool": .string(holder.tool),
    ]
    let bytes = Array((JSONWriter.compact(note) + "\n").utf8)
    // Only for messages: a full disk must not keep a sync from running.
    file.clear()
    _ = pwrite(file.descriptor, bytes, bytes.count, 0)
  }

  /// Nil for anything that is no note.
  static func read(_ file: borrowing LockFile) -> WorkloadLock.Holder? {
    var buffer = [UInt8](repeating: 0, count: sizeLimit)
    let count = pread(file.descriptor, &buffer, buffer.count, 0)
    guard count > 0, let note = try? JSONText(Array(buffer[..<count])),
      case .number(let pid) = note["pid"]
    else { return nil }
    return WorkloadLock.Holder(
      processID: Int32(pid) ?? 0, host: note["host"]?.text ?? "?",
      actor: note["actor"]?.text ?? "?", since: note["since"]?.text ?? "?",
      tool: note["tool"]?.text ?? "?")
  }
}
