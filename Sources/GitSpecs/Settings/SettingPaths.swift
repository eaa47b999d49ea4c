internal import Glibc
internal import SystemPackage
internal import TinyforgeCore

/// Paths as they are written in git's configuration.
struct SettingPaths {
  /// Looks up an environment variable; nil where it is unset.
  var variable: (String) -> String?

  /// The path with `~` replaced; nil where the user is unknown.
  func expanded(_ path: String) -> String? {
    guard path.utf8.first == UInt8(ascii: "~") else { return path }
    let parts = path.splitAtScalar("/", maxSplits: 1)
    let home = parts[0].utf8.count == 1 ? variable("HOME") : Self.home(of: parts[0].dropFirst())
    return home.map { parts.count > 1 ? "\($0)/\(parts[1])" : $0 }
  }

  /// The same; a relative path is one from the folder of the file that holds it.
  func expanded(_ path: String, relativeTo file: FilePath?) -> FilePath? {
    guard let path = expanded(path).map({ FilePath($0) }), !path.isEmpty else { return nil }
    return path.isAbsolute ? path : file?.removingLastComponent().pushing(path)
  }

  private static func home(of user: Substring) -> String? {
    var record = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getpwnam_r(String(user), &record, &buffer, buffer.count, &found) == 0, found != nil,
      let home = record.pw_dir
    else { return nil }
    return String(cString: home)
  }
}
