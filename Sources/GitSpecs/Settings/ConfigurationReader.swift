internal import SystemPackage
internal import TinyforgeCore

/// Reads files of git's configuration, with those that they include.
struct ConfigurationReader {
  /// The repository that conditions of includes are about; nil where none is known, and `gitdir:` never holds.
  private let place: RepositoryPlace?
  private let paths: SettingPaths
  /// The settings so far, in the order in which git takes them.
  private(set) var settings: [GitSetting] = []
  /// The URLs of remotes, which `hasconfig:` asks for; nil while they are collected.
  private let remotes: [[UInt8]]?
  private let followsIncludes: Bool

  /// As deep as git goes.
  private static let depthLimit = 10
  private static let sizeLimit = 16 << 20

  init(
    place: RepositoryPlace?, paths: SettingPaths, remotes: [[UInt8]]? = nil,
    followsIncludes: Bool = true
  ) {
    (self.place, self.paths, self.remotes) = (place, paths, remotes)
    self.followsIncludes = followsIncludes
  }

  /// Adds the settings of a file; one that is not there sets nothing.
  ///
  /// Of a user's own files git passes over those that may not be read: `isOptional`.
  mutating func read(_ file: FilePath, isOptional: Bool = false, depth: Int = 0) throws(Failure) {
    guard let text = try Self.text(of: file, isOptional: isOptional) else { return }
    let found: [GitSetting]
    do {
      found = try ConfigurationText.settings(in: text)
    } catch {
      throw Failure(
        .repository, "line \(error.line) of the git configuration \(file.shownSafely) is malformed",
        remedy: "git config --file \(shellWord(file)) --list")
    }
    guard followsIncludes else { return settings += found }
    for setting in found { try add(setting, from: file, depth) }
  }

  /// Adds a setting, and what it includes.
  mutating func add(_ setting: GitSetting, from file: FilePath?, _ depth: Int = 0) throws(Failure) {
    settings.append(setting)
    guard followsIncludes, let value = setting.value, isInclude(setting.name, from: file),
      let path = paths.expanded(value, relativeTo: file)
    else { return }
    guard depth < Self.depthLimit else {
      throw Failure(
        .repository,
        "git's configuration includes \(path.shownSafely) over \(Self.depthLimit) deep",
        remedy: "remove an include.path that leads back to its own file")
    }
    try read(path, depth: depth + 1)
  }

  private func isInclude(_ name: String, from file: FilePath?) -> Bool {
    if name.hasSameBytes(as: "include.path") { return true }
    let (name, prefix, suffix) = (Array(name.utf8), "includeif.".utf8, ".path".utf8)
    guard name.starts(with: prefix), name.count > prefix.count + suffix.count,
      name.suffix(suffix.count).elementsEqual(suffix)
    else { return false }
    let condition = name[prefix.count..<(name.count - suffix.count)]
    return IncludeCondition(condition, file: file).holds(place, paths, remotes)
  }

  private static func text(of file: FilePath, isOptional: Bool) throws(Failure) -> [UInt8]? {
    do throws(Errno) {
      return try bytes(of: file)
    } catch {
      switch error {
      case .noSuchFileOrDirectory, .notDirectory: return nil
      case .permissionDenied, .notPermitted:
        if isOptional { return nil }
        throw Failure(
          .denied, "cannot read the git configuration \(file.shownSafely): permission denied",
          remedy: RepositoryOwner.runAsOwner(of: file))
      default:
        throw Failure(
          .io, "cannot read the git configuration \(file.shownSafely): \(error)",
          remedy: "ls -ld \(shellWord(file))")
      }
    }
  }

  /// The bytes of a whole file; none of what is not a regular one.
  static func bytes(of file: FilePath, limit: Int = sizeLimit) throws(Errno) -> [UInt8] {
    let descriptor = try opened(file)
    defer { try? descriptor.close() }
    return try bytes(of: descriptor, try Stat(descriptor), limit: limit)
  }

  /// Opens a file to be read, without waiting for a writer.
  static func opened(_ file: FilePath) throws(Errno) -> FileDescriptor {
    do {
      return try FileDescriptor.open(file, .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch { throw error as? Errno ?? .ioError }
  }

  /// The bytes of a whole file that is open; none of what is not a regular one.
  static func bytes(of descriptor: FileDescriptor, _ facts: Stat, limit: Int) throws(Errno)
    -> [UInt8]
  {
    // `/dev/null` is a way to say that there is none.
    guard facts.type == .regular else { return [] }
    guard facts.size <= limit else { throw .fileTooLarge }
    return try WorkTreeFile.contents(descriptor, size: Int(facts.size))
  }
}
