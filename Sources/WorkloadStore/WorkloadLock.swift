import Glibc
package import TinyforgeCore

/// The advisory lock of one workload, held by the kernel for as long as this process lives.
///
/// It is an open-file-description lock: dropped when its file is closed, by ``release()``, by
/// `deinit`, or by any death of the process. The file itself is never removed, so that no two
/// processes ever lock two files of one name.
package final class WorkloadLock {
  package typealias Holder = LockHolder

  /// What a try came to.
  package enum Attempt {
    case acquired(WorkloadLock)
    /// Somebody else holds it.
    case held(Holder?)
  }

  private var file: LockFile?
  private let path: String

  private init(_ file: consuming LockFile, path: String) {
    self.file = consume file
    self.path = path
  }

  /// Whether the lock's file still stands where others look for it.
  ///
  /// Once it was removed, or its folder was, another process may hold a lock of the same name.
  package var isInPlace: Bool { file?.isStillAt(path) ?? false }

  /// Tries once, and never waits.
  package static func attempt(database: String, workload: String, holder: Holder) throws(Failure)
    -> Attempt
  {
    let folder = LockFolder(database: database)
    try folder.create()
    let path = folder.path(of: workload)
    while true {
      let file = try LockFile(path, database: database)
      guard try file.lock() else { return .held(LockNote.read(file)?.holder) }
      // Somebody may have removed the file after it was opened: that lock would guard nothing.
      guard file.isStillAt(path) else { continue }
      LockNote.write(holder, workload: workload, to: file)
      return .acquired(WorkloadLock(file, path: path))
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
