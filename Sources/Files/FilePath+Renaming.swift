internal import CPosix
internal import Glibc
package import SystemPackage

extension FilePath {
  /// Gives the file another path, in the place of what is there.
  package func rename(to other: FilePath) throws(Errno) {
    let status = withPlatformString { path in
      other.withPlatformString { Glibc.rename(path, $0) }
    }
    guard status == 0 else { throw Errno(rawValue: errno) }
  }

  /// Lets two files exchange their paths in one step; returns false if the file system cannot.
  package func exchange(with other: FilePath) throws(Errno) -> Bool {
    let fault = withPlatformString { path in
      other.withPlatformString {
        tinyforge_rename_at(AT_FDCWD, path, $0, tinyforge_rename_exchange)
      }
    }
    switch Errno(rawValue: fault) {
    case Errno(rawValue: 0): return true
    case .invalidArgument, .noFunction: return false
    case let error: throw error
    }
  }
}
