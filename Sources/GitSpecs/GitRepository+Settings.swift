internal import CGit2
internal import Glibc
internal import SystemPackage
package import TinyforgeCore

extension GitRepository {
  /// The values of a setting, in the order in which git reads them; empty where it is not set.
  package func settings(named name: String) throws(Failure) -> [String] {
    let settings = GitSettings()
    let config: Handle<ConfigKind> = try make("read the settings of") { git_config_new(&$0) }
    for file in settings.protectedFiles { try add(FilePath(file.path), file.level, to: config) }
    try add(commonFolder.appending("config"), GIT_CONFIG_LEVEL_LOCAL, to: config)
    let isSplit = try values(of: "extensions.worktreeconfig", in: config).last?.lowercased()
    if let isSplit, !["false", "no", "off", "0"].contains(isSplit) {
      try add(gitFolder.appending("config.worktree"), GIT_CONFIG_LEVEL_APP, to: config)
    }
    return try values(of: name, in: config) + settings.commandValues(named: name)
  }

  /// Adds a file's settings; one that is not there sets nothing.
  private func add(
    _ path: FilePath, _ level: git_config_level_t, to config: borrowing Handle<ConfigKind>
  ) throws(Failure) {
    guard path.withPlatformString({ Glibc.access($0, F_OK) }) == 0 else { return }
    try attempt("read \(oneLine(path)) for") {
      path.withPlatformString {
        git_config_add_file_ondisk(config.pointer, $0, level, handle.pointer, 0)
      }
    }
  }

  private func values(of name: String, in config: borrowing Handle<ConfigKind>) throws(Failure)
    -> [String]
  {
    let iterator: Handle<ConfigIteratorKind> = try make("read the settings of") {
      git_config_multivar_iterator_new(&$0, config.pointer, name, nil)
    }
    var values: [String] = []
    var entry: UnsafeMutablePointer<git_config_entry>?
    while git_config_next(&entry, iterator.pointer) == 0 {
      values.append(entry?.pointee.value.map { String(cString: $0) } ?? "")
    }
    return values
  }
}

extension GitRepository {
  /// The folder that all work trees share, without a slash at the end.
  package var commonFolderPath: String { commonFolder.string }

  /// The folder of the hooks where no setting names another.
  package var hooksFolder: String { commonFolder.appending("hooks").string }

  /// Whether a value of `core.hooksPath` means that folder.
  package func isHooksFolder(_ path: String) -> Bool {
    let base = (workTree ?? gitFolder).string
    let whole = path.utf8.first == UInt8(ascii: "/") ? path : "\(base)/\(path)"
    guard let named = realpath(whole, nil) else { return false }
    defer { free(named) }
    guard let own = realpath(hooksFolder, nil) else { return false }
    defer { free(own) }
    return strcmp(named, own) == 0
  }
}
