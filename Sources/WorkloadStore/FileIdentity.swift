import Glibc
import TinyforgeCore

/// Which file stands at a path, whatever it is named.
package struct FileIdentity: Sendable, Equatable {
  private let device: UInt64
  private let number: UInt64

  /// Throws where there is none.
  init(_ path: String) throws(Failure) {
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      throw Failure(
        .notFound, "there is no database at \(path.shownSafely) any more",
        remedy: "check the path given with --db or TINYFORGE_DB")
    }
    device = UInt64(facts.st_dev)
    number = UInt64(facts.st_ino)
  }
}
