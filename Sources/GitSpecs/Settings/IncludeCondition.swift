internal import SystemPackage
internal import TinyforgeCore

/// The text between `includeIf.` and `.path`.
struct IncludeCondition {
  private let text: ArraySlice<UInt8>
  /// The file that holds it; nil for the environment.
  private let file: FilePath?

  init(_ text: ArraySlice<UInt8>, file: FilePath?) {
    (self.text, self.file) = (text, file)
  }

  /// Whether it holds for a repository; what git does not know never does.
  func holds(_ place: RepositoryPlace?, _ paths: SettingPaths, _ remotes: [[UInt8]]?) -> Bool {
    if let pattern = after("gitdir:") { return isGitFolder(place, pattern, paths, false) }
    if let pattern = after("gitdir/i:") { return isGitFolder(place, pattern, paths, true) }
    if let pattern = after("onbranch:") { return isBranch(place, pattern) }
    guard let pattern = after("hasconfig:remote.*.url:"), let remotes else { return false }
    let wanted = Wildmatch(pattern, isPath: true)
    return remotes.contains { wanted.matches($0[...]) }
  }

  private func after(_ word: String) -> ArraySlice<UInt8>? {
    text.starts(with: word.utf8) ? text.dropFirst(word.utf8.count) : nil
  }

  private func isBranch(_ place: RepositoryPlace?, _ pattern: ArraySlice<UInt8>) -> Bool {
    guard let branch = place?.branch else { return false }
    return Wildmatch(withFolderContents(pattern), isPath: true).matches(Array(branch.utf8)[...])
  }

  private func isGitFolder(
    _ place: RepositoryPlace?, _ pattern: ArraySlice<UInt8>, _ paths: SettingPaths,
    _ foldsCase: Bool
  ) -> Bool {
    guard let place, let (literal, rest) = gitFolderPattern(pattern, paths) else { return false }
    let wanted = Wildmatch(rest, isPath: true, foldsCase: foldsCase)
    return place.names(paths.variable).contains { name in
      let name = name.pathBytes
      let start = name.prefix(literal.count)
      let isSame =
        foldsCase
        ? start.lazy.map(lower).elementsEqual(literal.lazy.map(lower))
        : start.elementsEqual(literal)
      return isSame && wanted.matches(name.dropFirst(literal.count))
    }
  }

  /// The part of the pattern that is matched as it is, and the pattern for the rest.
  private func gitFolderPattern(_ pattern: ArraySlice<UInt8>, _ paths: SettingPaths)
    -> (literal: [UInt8], rest: ArraySlice<UInt8>)?
  {
    let slash = UInt8(ascii: "/")
    guard let path = paths.expanded(String(decoding: pattern, as: UTF8.self)) else { return nil }
    let bytes = Array(path.utf8)
    if bytes.starts(with: [UInt8(ascii: "."), slash]) {
      guard let file, let real = WorkTreeFile.realPath(of: file) else { return nil }
      let folder = real.removingLastComponent().pathBytes
      return (folder + [slash], withFolderContents(bytes[2...]))
    }
    let whole = bytes.first == slash ? bytes : Array("**/".utf8) + bytes
    return ([], withFolderContents(whole[...]))
  }

  /// A slash at the end means everything in that folder.
  private func withFolderContents(_ pattern: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    pattern.last == UInt8(ascii: "/") ? pattern + Array("**".utf8) : pattern
  }
}
