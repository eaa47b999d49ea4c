import Glibc
package import TinyforgeCore

/// Files that nobody else may read, written in one step.
package enum PrivateFile {
  /// The most that is read of one, in bytes.
  package static let sizeLimit = 16 << 20

  /// Writes the file, mode 0600, in place of one that may be there: the old one or the new one is
  /// there at any moment, never a part.
  package static func write(_ text: String, to path: String) throws(Failure) {
    let draft = "\(path).\(getpid()).tmp"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("written", path, errno) }
    let fault = fill(descriptor, Array(text.utf8))
    close(descriptor)
    guard fault == 0, rename(draft, path) == 0 else {
      let code = fault == 0 ? errno : fault
      unlink(draft)
      throw failure("written", path, code)
    }
    syncFolder(of: path)
  }

  /// Writes everything to the disk; returns the errno that stopped it, or 0.
  private static func fill(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return errno }
      rest = rest.dropFirst(max(0, count))
    }
    // The mode is set whatever the umask leaves of it.
    return fchmod(descriptor, 0o600) == 0 && fsync(descriptor) == 0 ? 0 : errno
  }

  /// The new name is on the disk once the folder is.
  private static func syncFolder(of path: String) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }

  /// Reads a whole file.
  package static func read(_ path: String) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure("read", path, errno) }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      throw Failure(.usage, "\(path.shownSafely) is not a file")
    }
    guard facts.st_size <= sizeLimit else {
      throw Failure(.usage, "\(path.shownSafely) is larger than \(sizeLimit >> 20) MiB")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= sizeLimit {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("read", path, errno) }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return bytes
  }

  private static func failure(_ verb: String, _ path: String, _ code: Int32) -> Failure {
    let kind: Failure.Code =
      switch code {
      case ENOENT: .notFound
      case EACCES, EPERM, EROFS: .denied
      default: .io
      }
    return Failure(
      kind, "\(path.shownSafely) cannot be \(verb): \(SystemFault.words(code))",
      remedy: "check the path, and the permissions of its folder")
  }
}
