internal import CPosix
import Glibc
import TinyforgeCore

/// What the process's mount table says of a path.
enum MountTable {
  /// The type of the mount that holds `path`, such as `fuse.sshfs`; nil where the table does not tell.
  static func type(at path: String) -> String? {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    let device = "\(gnu_dev_major(facts.st_dev)):\(gnu_dev_minor(facts.st_dev))"
    var type: String?
    forEachMount { mount in
      if mount.device == device { type = mount.type }
    }
    return type
  }

  /// Where the mount that holds `path` is; nil where the table does not tell.
  static func place(of path: String) -> String? { mount(holding: path).map { plain($0.place) } }

  /// Where the mount that holds `path` is, with the options of its file system.
  static func options(holding path: String) -> (place: String, options: String)? {
    mount(holding: path).map { (plain($0.place), plain($0.options)) }
  }

  private static func mount(holding path: String) -> Mount? {
    let place = written(path)
    var found: Mount?
    forEachMount { mount in
      let isAbove =
        place.hasSameBytes(as: mount.place) || mount.place == "/"
        || place.startsWithBytes(of: "\(mount.place)/")
      // A later mount lies over an earlier one.
      if isAbove, mount.place.utf8.count >= (found?.place.utf8.count ?? 0) { found = mount }
    }
    return found
  }

  /// Whether something is mounted right at `path`, which has its links resolved.
  static func isMountPoint(_ path: String) -> Bool {
    // The table need not be read where the kernel says it of the file.
    switch tinyforge_is_mount_root(path) {
    case 0: return false
    case 1: return true
    default: break
    }
    let place = written(path)
    var isFound = false
    forEachMount { mount in
      if mount.place.hasSameBytes(as: place) { isFound = true }
    }
    return isFound
  }

  private struct Mount {
    var device: Substring
    var place: Substring
    var type: String
    var options: Substring
  }

  /// A path as the table writes it: white space and the backslash in octal.
  private static func written(_ path: String) -> String {
    path.replacingBytes { byte in
      switch byte {
      case UInt8(ascii: "\\"): "\\134"
      case UInt8(ascii: " "): "\\040"
      case UInt8(ascii: "\t"): "\\011"
      case UInt8(ascii: "\n"): "\\012"
      default: nil
      }
    }
  }

  /// A path as it is, read from the table.
  private static func plain(_ written: some StringProtocol) -> String {
    String(written).replacingBytes(of: "\\040", with: " ").replacingBytes(of: "\\011", with: "\t")
      .replacingBytes(of: "\\012", with: "\n").replacingBytes(of: "\\134", with: "\\")
  }

  private static func forEachMount(_ body: (Mount) -> Void) {
    guard let table = fopen("/proc/self/mountinfo", "re") else { return }
    defer { fclose(table) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, table) > 0, let line {
      // 36 35 98:0 /root /mount options [tags ...] - type source options
      let text = String(cString: line).replacingBytes(of: "\n", with: "")
      let words = text.splitAtScalar(" ", omittingEmpty: true)
      guard words.count > 4, let dash = words.firstIndex(of: "-"), dash + 1 < words.count else {
        continue
      }
      body(
        Mount(
          device: words[2], place: words[4], type: String(words[dash + 1]),
          options: words.count > dash + 3 ? words[dash + 3] : ""))
    }
  }
}
