internal import CGit2
internal import Glibc
internal import SystemPackage
internal import TinyforgeCore

/// Git's settings, read wherever git reads them: in files, and in the environment.
///
/// libgit2 knows neither the environment's words nor the settings of one work tree.
struct GitSettings {
  /// Looks up an environment variable; nil where it is unset or empty.
  var variable: (String) -> String?

  init(variable: @escaping (String) -> String? = Self.environment) { self.variable = variable }

  static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// The files of the machine and of the user, which no repository can write.
  var protectedFiles: [(path: String, level: git_config_level_t)] {
    var files: [(path: String, level: git_config_level_t)] = []
    if !Self.isTrue(variable("GIT_CONFIG_NOSYSTEM")) {
      files.append((variable("GIT_CONFIG_SYSTEM") ?? "/etc/gitconfig", GIT_CONFIG_LEVEL_SYSTEM))
    }
    if let named = variable("GIT_CONFIG_GLOBAL") {
      return files + [(named, GIT_CONFIG_LEVEL_GLOBAL)]
    }
    let home = variable("HOME")
    let folder = variable("XDG_CONFIG_HOME") ?? home.map { "\($0)/.config" }
    if let folder { files.append(("\(folder)/git/config", GIT_CONFIG_LEVEL_XDG)) }
    if let home { files.append(("\(home)/.gitconfig", GIT_CONFIG_LEVEL_GLOBAL)) }
    return files
  }

  private static func isTrue(_ text: String?) -> Bool {
    guard let text = text?.lowercased() else { return false }
    return !["0", "false", "no", "off"].contains(text)
  }

  // MARK: The environment

  /// The values of a setting that `git -c` and the environment give, in git's order.
  func commandValues(named name: String) -> [String] {
    commandSettings.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
  }

  private var commandSettings: [(name: String, value: String)] {
    var settings: [(name: String, value: String)] = []
    let count = min(variable("GIT_CONFIG_COUNT").flatMap { Int($0) } ?? 0, 10_000)
    for number in 0..<max(0, count) {
      guard let name = variable("GIT_CONFIG_KEY_\(number)") else { continue }
      settings.append((name, variable("GIT_CONFIG_VALUE_\(number)") ?? ""))
    }
    return settings + Self.parameters(variable("GIT_CONFIG_PARAMETERS") ?? "")
  }

  /// Reads `'name'='value'`, and `'name=value'` as git wrote it before 2.31.
  static func parameters(_ text: String) -> [(name: String, value: String)] {
    var settings: [(name: String, value: String)] = []
    var rest = Substring(text).utf8
    while true {
      rest = rest.drop { $0 == UInt8(ascii: " ") }
      guard let word = unquoted(&rest) else { return settings }
      if rest.first == UInt8(ascii: "=") {
        rest = rest.dropFirst()
        settings.append((word, unquoted(&rest) ?? ""))
      } else {
        let parts = word.splitAtScalar("=", maxSplits: 1)
        settings.append((String(parts[0]), parts.count > 1 ? String(parts[1]) : ""))
      }
    }
  }

  /// Takes a word in single quotes, between which `\'` and `\!` may be.
  private static func unquoted(_ rest: inout Substring.UTF8View) -> String? {
    guard rest.first == UInt8(ascii: "'") else { return nil }
    rest = rest.dropFirst()
    var word: [UInt8] = []
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "'") else {
        word.append(byte)
        continue
      }
      guard rest.first == UInt8(ascii: "\\"), let escaped = rest.dropFirst().first,
        rest.dropFirst(2).first == UInt8(ascii: "'")
      else { return String(decoding: word, as: UTF8.self) }
      word.append(escaped)
      rest = rest.dropFirst(3)
    }
    return nil
  }

  // MARK: Without libgit2

  /// Whether a section of that name may be set anywhere but in a repository's own file.
  ///
  /// A look at the bytes: libgit2 reads files properly, but takes longer to start than a lint.
  func mayHold(_ section: String) -> Bool {
    commandSettings.contains { $0.name.lowercased().hasPrefix(section.lowercased() + ".") }
      || protectedFiles.contains { Self.mayHold(section, file: FilePath($0.path)) ?? false }
  }

  /// Whether a file may set a section; nil where it cannot be read.
  static func mayHold(_ section: String, file path: FilePath) -> Bool? {
    let descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
    }
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return text.contains("[\(section.lowercased())") || text.contains("include")
      || text.contains("worktreeconfig") || bytes.count == 65_536
  }
}
