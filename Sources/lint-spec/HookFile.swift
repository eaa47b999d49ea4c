import CPosix
import GitSpecs
import Glibc
import SystemPackage
import TinyforgeCore
import ToolSupport

/// A file in a folder of hooks.
struct HookFile {
  /// What is at its path.
  enum Kind { case nothing, file, link, other }

  let path: FilePath
  let kind: Kind
  /// The script's beginning; of a link, that of the file that it leads to.
  let text: String

  init(_ path: FilePath) {
    self.path = path
    var facts = stat()
    guard path.withPlatformString({ lstat($0, &facts) }) == 0 else {
      (kind, text) = (.nothing, "")
      return
    }
    switch facts.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFLNK: kind = .link
    default: kind = .other
    }
    text = kind == .other ? "" : Self.beginning(of: path)
  }

  /// The last segment of the path.
  var name: String { path.lastComponent?.string ?? path.string }

  var isOurs: Bool { kind == .file && text.contains(HookScript.mark) }

  /// What the hook does that needs it to stay where it is; nil where it can run from another folder.
  var dependence: String? {
    if kind == .link, let target = linkTarget, !target.startsWithBytes(of: "/"),
      !target.startsWithBytes(of: "../")
    {
      return "\(path.shown.shownSafely) leads to another file of its folder"
    }
    let words = [
      "dirname", "BASH_SOURCE", "${0%", "$0.d", "$0\".d", "${0}.d", "__file__", "__dir__",
      "$PSScriptRoot",
      "run-parts", "husky", "lefthook", "overcommit", "hooks.d", "\(name).d",
    ]
    guard let word = words.first(where: { text.contains($0) }) else { return nil }
    return
      "\(path.shown.shownSafely) seems to look for files beside itself or to run other hooks (it holds \"\(word)\")"
  }

  private var linkTarget: String? {
    var buffer = [CChar](repeating: 0, count: 4097)
    guard path.withPlatformString({ readlink($0, &buffer, 4096) }) > 0 else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Writes a script in one step, so that no hook is ever half there.
  func write(_ text: String) throws(Failure) {
    try WholeFile.replaceForOthers(
      path, with: Array(text.utf8), "the hook \(path.shown.shownSafely)")
    guard path.withPlatformString({ chmod($0, 0o755) }) == 0 else {
      throw Self.failure(path, errno)
    }
  }

  /// Exchanges two files' names, in one step where the file system can.
  func exchange(with other: HookFile) throws(Failure) {
    let fault = path.withPlatformString { own in
      other.path.withPlatformString {
        tinyforge_rename_at(AT_FDCWD, own, $0, tinyforge_rename_exchange)
      }
    }
    if fault == 0 { return }
    let temporary = path.folder.appending("\(name).tinyforge-\(getpid())")
    guard Self.rename(path, temporary), Self.rename(other.path, path),
      Self.rename(temporary, other.path)
    else { throw Self.failure(other.path, errno) }
  }

  private static func rename(_ path: FilePath, _ other: FilePath) -> Bool {
    path.withPlatformString { path in other.withPlatformString { Glibc.rename(path, $0) } } == 0
  }

  func remove() { _ = path.withPlatformString { unlink($0) } }

  static func makeFolder(_ path: FilePath) throws(Failure) {
    guard path.withPlatformString({ mkdir($0, 0o755) }) == 0 || errno == EEXIST else {
      throw failure(path, errno)
    }
  }

  /// Removes a folder if it is empty.
  static func removeFolder(_ path: FilePath) {
    _ = path.withPlatformString { rmdir($0) }
  }

  private static func beginning(of path: FilePath) -> String {
    let descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func failure(_ path: FilePath, _ code: Int32) -> Failure {
    Failure(
      .denied, "the hook \(path.shown.shownSafely) cannot be written: \(SystemFault.words(code))",
      remedy: "run the command as the owner of the repository")
  }
}
