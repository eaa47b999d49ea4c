internal import CPosix
import Glibc
import Synchronization
import SystemPackage

/// Descriptors for asking about the locks on a file, kept open for as long as the process lives.
///
/// Closing one would drop the locks that SQLite has on the file in this process (fcntl(2), POSIX locks).
enum LastingDescriptor {
  private static let opened = Mutex<[FileIdentity: FileDescriptor]>([:])

  /// Nil if there is not a regular file, or it may not be read.
  static func of(_ path: String) -> FileDescriptor? {
    var facts = stat()
    guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
    let identity = FileIdentity(facts)
    return opened.withLock { known in
      if let descriptor = known[identity] { return descriptor }
      let options: FileDescriptor.OpenOptions = [.closeOnExec, .noFollow, .nonBlocking]
      let descriptor = try? FileDescriptor.open(FilePath(path), .readOnly, options: options)
      known[identity] = descriptor
      return descriptor
    }
  }
}
