internal import CGit2
internal import Files
internal import LazyGit2
package import SystemPackage
internal import TinyforgeCore

/// Git's attributes that let a commit hold other bytes than the work tree's file.
///
/// libgit2 reads attributes, and is asked only where a file of attributes names one of these: hardly any does.
package final class ConversionAttributes {
  private let root: FilePath
  /// Whether a file of attributes that counts for a folder, by its path from the root on, names one.
  private var known: [FilePath: Bool] = [:]
  private var repository: Result<GitRepository, Failure>?
  /// The user's file of attributes.
  private lazy var userFile = WorkTreeSettings.file(
    "core.attributesfile", usually: "attributes",
    WorkTreeSettings.ofTrusted(root, WorkTreeSettings.read), root)

  /// The attributes of the repository whose work tree has this root.
  package init(root: FilePath) { self.root = root }

  /// What changes the file at a path from the root on when it is committed, such as `filter=crypt`; nil where nothing
  /// does.
  package func conversion(of path: FilePath) -> String? {
    guard isNamed(in: path.removingLastComponent()) else { return nil }
    let opened = repository ?? Result { () throws(Failure) in try openRepository() }
    repository = opened
    guard case .success(let repository) = opened else { return nil }
    if let filter = value(of: "filter", path, repository), isDriver(filter, repository) {
      return "filter=\(filter)"
    }
    let encoding = value(of: "working-tree-encoding", path, repository)
    guard let encoding, !["utf-8", "utf8"].contains(encoding.lowercased()) else { return nil }
    return "working-tree-encoding=\(encoding)"
  }

  /// Opens the repository for its attributes: libgit2 looks for their files in the work tree that it knows.
  private func openRepository() throws(Failure) -> GitRepository {
    let repository = try GitRepository.open(root)
    _ = root.withPlatformString { git_repository_set_workdir(repository.handle.pointer, $0, 0) }
    if let userFile { repository.useAttributes(of: userFile) }
    return repository
  }

  private func isNamed(in folder: FilePath) -> Bool {
    if let known = known[folder] { return known }
    var isNamed = Self.mayName(root.pushing(folder).appending(".gitattributes"))
    if !isNamed {
      isNamed = folder.isEmpty ? isNamedOutside : self.isNamed(in: folder.removingLastComponent())
    }
    known[folder] = isNamed
    return isNamed
  }

  /// Whether a file outside of the work tree may name one.
  private var isNamedOutside: Bool {
    let git = root.appending(".git")
    // Of a linked work tree `.git` is a file, and the attributes are elsewhere.
    if (try? Stat(git))?.type == .regular { return true }
    return [git.appending("info/attributes"), Self.systemFile, userFile].compactMap(\.self)
      .contains(where: Self.mayName)
  }

  /// The system-wide attributes file; nil under `GIT_ATTR_NOSYSTEM`.
  private static var systemFile: FilePath? {
    let variable = GitSettings().variable("GIT_ATTR_NOSYSTEM")
    return variable.map(GitSetting.isTrue) == true ? nil : "/etc/gitattributes"
  }

  private static func mayName(_ file: FilePath) -> Bool {
    holds(file, ["filter", "working-tree-encoding"])
  }

  /// Whether a file holds one of the words, or is too large to be searched.
  private static func holds(_ file: FilePath, _ words: [String]) -> Bool {
    guard let bytes = file.beginning(upTo: 65_536) else { return false }
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return bytes.count == 65_536 || words.contains { text.utf8.contains($0.utf8) }
  }

  // MARK: libgit2

  private func value(of name: String, _ path: FilePath, _ repository: GitRepository) -> String? {
    var value: UnsafePointer<CChar>?
    let status = path.withPlatformString {
      git_attr_get(&value, repository.handle.pointer, 0, $0, name)
    }
    guard status == 0, git_attr_value(value) == GIT_ATTR_VALUE_STRING, let value else { return nil }
    return String(cString: value)
  }

  /// Whether a filter of that name is set up; git takes the file as it is for any other.
  private func isDriver(_ name: String, _ repository: GitRepository) -> Bool {
    ["clean", "process"].contains {
      (try? repository.settings(named: "filter.\(name).\($0)"))?.last?.isEmpty == false
    }
  }
}

extension GitRepository {
  /// Lets libgit2 read the user's attributes from a file.
  ///
  /// libgit2 knows the file from its settings alone.
  fileprivate func useAttributes(of file: FilePath) {
    var pointer: OpaquePointer?
    guard git_config_new(&pointer) == 0, let pointer else { return }
    let config = Handle<ConfigKind>(pointer: pointer)
    let text = Array("[core]\n\tattributesFile = \"".utf8) + Self.escaped(file) + Array("\"\n".utf8)
    let status = text.withUnsafeBytes {
      tinyforge_git_add_settings(config.pointer, $0.baseAddress, UInt($0.count))
    }
    if status == 0 { git_repository_set_config(handle.pointer, config.pointer) }
  }

  /// A path within the double quotes of a file of settings.
  private static func escaped(_ file: FilePath) -> [UInt8] {
    file.pathBytes.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "\n"): Array("\\n".utf8)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
      default: [byte]
      }
    }
  }
}
