internal import CPosix
import Glibc
import TinyforgeCore

/// An overlay file system (a writable layer over folders that are only read) that holds a file.
///
/// kernel.org, overlayfs: "Changes to the underlying filesystems while part of a mounted overlay filesystem are not
/// allowed. If the underlying filesystem is changed, the behavior of the overlay is undefined".
struct FileSystemOverlay: Sendable, Equatable {
  /// Where it is mounted.
  let mount: String
  /// The same file in the folder below, where that can be seen from here.
  let fileBelow: String?

  /// Nil for another file system, and for the one at `/`: under that are a container's layers, which no server uses.
  init?(holding path: String) {
    guard tinyforge_file_system_magic(path) == 0x794C_7630,
      let (place, options) = MountTable.options(holding: path), place != "/"
    else { return nil }
    mount = place
    let below = path.dropFirst(place.utf8.count)
    let layers = options.splitAtScalar(",").first { $0.startsWithBytes(of: "lowerdir=") }
    let folders = layers.map { $0.dropFirst("lowerdir=".utf8.count).splitAtScalar(":") } ?? []
    fileBelow = folders.map { String($0 + below) }.first { access($0, F_OK) == 0 }
  }
}
