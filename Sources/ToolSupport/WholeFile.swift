import Glibc
package import TinyforgeCore

/// Reads and replaces files as a whole.
package enum WholeFile {
  /// Everything that the file holds, or standard input for `-`; `what` names it in failures.
  package static func read(_ path: String, as what: String) throws(Failure) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw notRead(path, what, errno) }
    defer { if path != "-" { close(descriptor) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw notRead(path, what, errno) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// Puts a file in the place of another, or makes it: all at once, or not at all.
  ///
  /// A new file is its owner's alone, or `forOthers` to read as far as the umask lets them; one that
  /// is replaced keeps its mode, unless it `staysPrivate`. What is there and is no regular file is
  /// refused.
  package static func replace(
    _ path: String, with bytes: [UInt8], as what: String, forOthers: Bool = false,
    staysPrivate: Bool = false
  ) throws(Failure) {
    var facts = stat()
    let isThere = stat(path, &facts) == 0
    guard !isThere || facts.st_mode & S_IFMT == S_IFREG else {
      throw Failure(
        .denied, "\(what) \(path.shownSafely) is no regular file, and is not replaced",
        remedy: "name another file")
    }
    let temporary = "\(path).tinyforge-\(getpid())"
    let descriptor = open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
      forOthers ? 0o666 : 0o600)
    guard descriptor >= 0 else { throw notWritten(path, what, errno) }
    do throws(Failure) {
      defer { close(descriptor) }
      if let fault = fill(
        descriptor, bytes, mode: isThere && !staysPrivate ? facts.st_mode & 0o777 : nil)
      {
        throw notWritten(path, what, fault)
      }
      guard rename(temporary, path) == 0 else { throw notWritten(path, what, errno) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Writes everything to the disk; returns the errno that stopped it.
  private static func fill(_ descriptor: Int32, _ bytes: [UInt8], mode: mode_t?) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return errno }
      rest = rest.dropFirst(count)
    }
    if let mode, fchmod(descriptor, mode) != 0 { return errno }
    return fsync(descriptor) == 0 ? nil : errno
  }

  private static func notRead(_ path: String, _ what: String, _ code: Int32) -> Failure {
    let words = SystemFault.words(code)
    return Failure(
      code == ENOENT ? .notFound : .denied,
      "\(what) \(path.shownSafely) cannot be read: \(words)", remedy: "check the path")
  }

  private static func notWritten(_ path: String, _ what: String, _ code: Int32) -> Failure {
    Failure(
      .io, "\(what) \(path.shownSafely) cannot be written: \(SystemFault.words(code))",
      remedy: "check the folder, and that its disk has room")
  }
}
