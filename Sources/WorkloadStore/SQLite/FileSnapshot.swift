internal import CPosix
import Glibc
import SystemPackage

/// A file as it is at one moment: whether it was changed in between shows when two of them differ.
struct FileSnapshot: Equatable {
  let identity: FileIdentity
  let size: Int64
  private let modified: Int64
  private let changed: Int64

  /// Nil where the file cannot be read.
  init?(_ descriptor: FileDescriptor) {
    var facts = stat()
    guard fstat(descriptor.rawValue, &facts) == 0 else { return nil }
    identity = FileIdentity(facts)
    size = Int64(facts.st_size)
    modified = Self.nanoseconds(facts.st_mtim)
    changed = Self.nanoseconds(facts.st_ctim)
  }

  /// Whether the file was changed so short a time ago that the next change could bear the same time.
  ///
  /// The kernel stamps files by a clock that moves 100 to 1,000 times a second.
  var isFresh: Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let age = Self.nanoseconds(now) - max(modified, changed)
    return (-20_000_000..<20_000_000).contains(age)
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
