internal import Glibc
internal import SystemPackage
internal import TinyforgeCore

/// Git's settings, read wherever git reads them: in files, and in the environment.
struct GitSettings {
  /// Looks up an environment variable; nil where it is unset.
  var variable: (String) -> String?

  init(variable: @escaping (String) -> String? = Self.environment) { self.variable = variable }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// The values that the machine, the user and the command give, which no repository can write.
  func protected(named name: String) throws(Failure) -> [String] {
    var reader = ConfigurationReader(place: nil, paths: paths)
    try readProtectedFiles(&reader)
    try readCommand(&reader)
    return reader.settings.values(named: name)
  }

  /// The settings in a repository, in the order in which git reads them.
  func settings(in place: RepositoryPlace) throws(Failure) -> [GitSetting] {
    let settings = try settings(in: place, remotes: nil)
    let asksForRemotes = settings.contains { $0.name.startsWithBytes(of: "includeif.hasconfig:") }
    guard asksForRemotes else { return settings }
    let remotes = settings.filter(\.isRemote).compactMap { $0.value.map { Array($0.utf8) } }
    return try self.settings(in: place, remotes: remotes)
  }

  private func settings(in place: RepositoryPlace, remotes: [[UInt8]]?) throws(Failure)
    -> [GitSetting]
  {
    var reader = ConfigurationReader(place: place, paths: paths, remotes: remotes)
    try readProtectedFiles(&reader)
    try Self.readOwnFiles(of: place, &reader)
    try readCommand(&reader)
    return reader.settings
  }

  private static func readOwnFiles(of place: RepositoryPlace, _ reader: inout ConfigurationReader)
    throws(Failure)
  {
    try reader.read(place.commonFolder.appending("config"))
    if reader.settings.isTrue("extensions.worktreeconfig") {
      try reader.read(place.gitFolder.appending("config.worktree"))
    }
  }

  /// A repository's own settings, without what they include: all that git asks for its format.
  static func format(of place: RepositoryPlace) throws(Failure) -> [GitSetting] {
    var reader = ConfigurationReader(
      place: place, paths: GitSettings().paths, followsIncludes: false)
    try readOwnFiles(of: place, &reader)
    return reader.settings
  }

  var paths: SettingPaths { SettingPaths(variable: variable) }

  // MARK: Files

  private func readProtectedFiles(_ reader: inout ConfigurationReader) throws(Failure) {
    for file in protectedFiles { try reader.read(FilePath(file), isOptional: true) }
  }

  /// The files of the machine and of the user.
  private var protectedFiles: [String] {
    var files: [String] = []
    if !(variable("GIT_CONFIG_NOSYSTEM").map(GitSetting.isTrue) ?? false) {
      files.append(variable("GIT_CONFIG_SYSTEM") ?? "/etc/gitconfig")
    }
    // An empty name is one as well: it means no file.
    if let named = variable("GIT_CONFIG_GLOBAL") { return files + [named] }
    if let folder = configurationFolder { files.append("\(folder)/config") }
    if let home = variable("HOME") { files.append("\(home)/.gitconfig") }
    return files
  }

  /// Git's folder for the user's files; nil if the user has no home.
  var configurationFolder: String? {
    let home = variable("HOME").map { "\($0)/.config" }
    let folder = variable("XDG_CONFIG_HOME").flatMap { $0.isEmpty ? nil : $0 } ?? home
    return folder.map { "\($0)/git" }
  }

  // MARK: The environment

  private func readCommand(_ reader: inout ConfigurationReader) throws(Failure) {
    for setting in commandSettings { try reader.add(setting, from: nil) }
  }

  private var commandSettings: [GitSetting] {
    var settings: [GitSetting] = []
    let count = min(variable("GIT_CONFIG_COUNT").flatMap { Int($0) } ?? 0, 10_000)
    for number in 0..<max(0, count) {
      guard let name = variable("GIT_CONFIG_KEY_\(number)") else { continue }
      settings.append(GitSetting(written: name, variable("GIT_CONFIG_VALUE_\(number)") ?? ""))
    }
    return settings + Self.parameters(variable("GIT_CONFIG_PARAMETERS") ?? "")
  }

  /// Reads `'name'='value'`, and `'name=value'` as git wrote it before 2.31.
  static func parameters(_ text: String) -> [GitSetting] {
    var settings: [GitSetting] = []
    var rest = Substring(text).utf8
    while true {
      rest = rest.drop { $0 == UInt8(ascii: " ") }
      guard let word = unquoted(&rest) else { return settings }
      if rest.first == UInt8(ascii: "=") {
        rest = rest.dropFirst()
        // Without a value after it, the setting is true.
        settings.append(GitSetting(written: word, unquoted(&rest)))
      } else {
        let parts = word.splitAtScalar("=", maxSplits: 1)
        settings.append(
          GitSetting(written: String(parts[0]), parts.count > 1 ? String(parts[1]) : nil))
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
}

extension GitSetting {
  /// A setting as it is written on a command line: section and key fold their case, what is between does not.
  init(written name: String, _ value: String?) {
    let bytes = Array(name.utf8)
    let first = bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.count
    let last = bytes.lastIndex(of: UInt8(ascii: ".")) ?? 0
    let folded = bytes.enumerated().map { (place, byte) in
      place < first || place > last ? lower(byte) : byte
    }
    self.init(name: String(decoding: folded, as: UTF8.self), value: value)
  }

  /// Whether it is the URL of a remote.
  var isRemote: Bool {
    name.startsWithBytes(of: "remote.") && name.utf8.suffix(4).elementsEqual(".url".utf8)
  }

  /// What a boolean setting means.
  var isTrue: Bool { value.map(Self.isTrue) ?? true }

  static func isTrue(_ text: String) -> Bool {
    !["", "0", "false", "no", "off"].contains(text.lowercased())
  }
}

extension [GitSetting] {
  /// The values of a setting in their order; a key without one has an empty one.
  func values(named name: String) -> [String] {
    let name = GitSetting(written: name, nil).name
    return filter { $0.name.hasSameBytes(as: name) }.map { $0.value ?? "" }
  }

  /// The setting of that name, written as git compares it, that counts: the last one.
  func last(named name: String) -> GitSetting? { last { $0.name.hasSameBytes(as: name) } }

  /// Whether a boolean setting is on.
  func isTrue(_ name: String) -> Bool { last(named: name)?.isTrue ?? false }
}
