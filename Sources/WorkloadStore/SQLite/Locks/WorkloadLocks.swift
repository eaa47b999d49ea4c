import Files
internal import Glibc
package import TinyforgeCore

/// The locks of one database's workloads; one task uses it at a time.
package final class WorkloadLocks {
  private let database: String
  /// Opened by the first lock, and again where it was removed or replaced.
  private var folder: LockFolder?

  /// `database` is its path with all links resolved.
  package init(database: String) { self.database = database }

  /// Makes room for that many locks at once.
  package func prepare(for count: Int) { OpenFileLimit.makeRoom(for: count) }

  /// Tries once, and never waits.
  package func attempt(_ workload: String, _ holder: WorkloadLock.Holder) throws(Failure)
    -> WorkloadLock.Attempt
  {
    let name = LockName.file(of: workload)
    for _ in 0..<LockFolder.attempts {
      let folder = try opened()
      guard let file = try file(name, in: folder) else { continue }
      let isFree = try file.lock()
      // The file may have been removed after it was opened: then the lock protects nothing.
      guard file.isInPlace(name, in: folder) else {
        self.folder = nil
        continue
      }
      guard isFree else { return .held(LockNote.read(file)?.holder) }
      LockNote.write(holder, workload: workload, to: file)
      return .acquired(WorkloadLock(file, name, in: folder))
    }
    throw LockFault.unsettled(database)
  }

  private func opened() throws(Failure) -> LockFolder {
    if let folder { return folder }
    let opened = try LockFolder.open(database: database)
    folder = opened
    return opened
  }

  /// Opens the file; nil where its folder is no longer the one that was opened.
  private func file(_ name: String, in folder: LockFolder) throws(Failure) -> LockFile? {
    do throws(Failure) {
      return try folder.file(name)
    } catch {
      if folder.isStillThere { throw error }
      self.folder = nil
      return nil
    }
  }

  /// Tries until `timeout` has passed; `onWait` is called once, when the first try fails.
  ///
  /// Throws `.interrupted` where the run is to end before.
  package func acquire(
    _ workload: String, _ holder: WorkloadLock.Holder, timeout: Duration,
    isInterrupted: () -> Bool = { false }, onWait: (WorkloadLock.Holder?) -> Void
  ) throws(Failure) -> WorkloadLock.Attempt {
    let deadline = ContinuousClock.now + timeout
    var pause = 5.0
    var isFirst = true
    while true {
      let attempt = try attempt(workload, holder)
      guard case .held(let other) = attempt, ContinuousClock.now < deadline else { return attempt }
      if isFirst { onWait(other) }
      isFirst = false
      if isInterrupted() { throw .interrupted }
      // Pauses differ, so that waiters do not come in step; and stay short, so that none starves.
      usleep(UInt32(pause * Double.random(in: 500...1000)))
      pause = min(pause * 1.5, 50)
    }
  }
}
