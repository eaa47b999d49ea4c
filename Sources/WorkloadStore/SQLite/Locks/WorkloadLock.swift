package import TinyforgeCore

/// The advisory lock of one workload, held by the kernel for as long as this process lives.
///
/// It is an open-file-description lock: dropped when its file is closed, by ``release()``, by
/// `deinit`, or by any death of the process. The file itself is never removed, so that no two
/// processes ever lock two files of one name.
package final class WorkloadLock {
  /// Who holds a lock.
  package typealias Holder = LockHolder

  /// The result of a try.
  package enum Attempt {
    case acquired(WorkloadLock)
    /// Another process holds it.
    case held(Holder?)
  }

  private var file: LockFile?
  private let folder: LockFolder
  private let name: String

  init(_ file: consuming LockFile, _ name: String, in folder: LockFolder) {
    self.file = consume file
    self.name = name
    self.folder = folder
  }

  /// Whether the lock's file still is where others look for it.
  ///
  /// Once it was removed, or its folder was, another process may hold a lock of the same name.
  package var isInPlace: Bool { file?.isInPlace(name, in: folder) ?? false }

  /// Lets go of the lock.
  package func release() {
    file?.clear()
    file = nil
  }

  deinit { file?.clear() }
}
