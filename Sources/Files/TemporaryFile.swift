internal import Glibc
package import SystemPackage

/// The folder for temporary files, and files in it that no name leads to.
package enum TemporaryFile {
  /// What TMPDIR names, if that is an absolute path.
  package static var folder: String {
    guard let named = getenv("TMPDIR").map({ String(cString: $0) }), named.utf8.first == 0x2F
    else { return "/tmp" }
    return named
  }

  /// A new file, empty and its owner's alone, that is gone with its descriptor.
  package static func unnamed() throws(Errno) -> FileDescriptor {
    var path = Array("\(folder)/tinyforge-XXXXXX".utf8CString)
    let opened = mkstemp(&path)
    guard opened >= 0 else { throw Errno(rawValue: errno) }
    _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
    unlink(path)
    return FileDescriptor(rawValue: opened)
  }
}
