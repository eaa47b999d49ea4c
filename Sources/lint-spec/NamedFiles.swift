import GitSpecs
import RunningProcess
import SystemPackage
import TinyforgeCore
import ToolSupport

/// The files that command-line arguments name, under the policies of the repositories around them.
final class NamedFiles {
  private let place: LintPlace
  private let rules: LintRules
  /// By the folder that a search for the repository began in.
  private var known: [FilePath: Surroundings] = [:]

  /// What is around a folder.
  private struct Surroundings {
    var policy: LintPolicy
    /// The path of the folder from the repository's root on.
    var prefix: FilePath
    var attributes: ConversionAttributes?
  }

  init(_ place: LintPlace, _ rules: LintRules) {
    self.place = place
    self.rules = rules
  }

  /// The inputs, each once; a folder means the specs in it.
  func inputs(_ paths: [String]) throws(Failure) -> [LintInput] {
    var inputs: [LintInput] = []
    var given = GivenPaths()
    for argument in paths {
      let path = given.path(argument)
      if argument == "-" {
        inputs.append(try standardInput())
      } else if SpecSearch.isFolder(path) {
        inputs += try inFolder(path)
      } else {
        let (around, below) = try location(of: path)
        inputs.append(named(path, as: path.tidy, isKnown: false, around, below))
      }
    }
    guard paths.count > 1 else { return inputs }
    var known: Set<FilePath> = []
    inputs.removeAll { !known.insert($0.path).inserted }
    return inputs
  }

  private func standardInput() throws(Failure) -> LintInput {
    let name = FilePath(place.stdinFilename ?? "-")
    return LintInput(path: name, try settings(for: name)) { () throws(Failure) in
      try StandardInput.read(waiting: Interruption.waitToRead)
    }
  }

  private func inFolder(_ folder: FilePath) throws(Failure) -> [LintInput] {
    let around = try surroundings(of: folder, in: folder)
    let start = Self.isBelow(folder) ? around.prefix.pushing(folder.tidy) : around.prefix
    let found = SpecSearch.files(
      under: folder, isEnded: { Interruption.isRequested },
      wanted: wanted(around.policy, start.string))
    if found.files.isEmpty, found.failures.isEmpty, place.require {
      return [
        LintInput(path: folder.tidy, around.policy) { () throws(Failure) in
          .absent("there is no spec in this folder")
        }
      ]
    }
    let failures = found.failures.map { fault in
      LintInput(path: fault.folder.tidy, around.policy) { () throws(Failure) in
        throw fault.failure
      }
    }
    // Of ten thousand files no path is made tidy, or put together, by itself: only the folder's may need it.
    let (shown, place) = (folder.tidyStart, start.tidyStart)
    let isTidy = shown == folder
    return found.files.map { file in
      let name = isTidy ? file.path : shown.pushing(file.below)
      let fromRoot =
        place.isEmpty ? file.below : place == shown ? name : place.pushing(file.below)
      return named(file.path, as: name, isKnown: file.isRegular, around, fromRoot)
    } + failures
  }

  /// Whether a file of a folder is to be checked, by its path from that folder on, which begins with a slash.
  private func wanted(_ policy: LintPolicy, _ start: String) -> @Sendable (Substring) -> Bool {
    let paths = policy.paths
    if place.path.isEmpty {
      let start = start == "." ? "" : start
      return { paths.select(start.isEmpty ? String(Substring($0.utf8.dropFirst())) : start + $0) }
    }
    let names = paths.patterns.filter(\.isLiteral).map(\.name)
    return { path in
      if paths.patterns.contains(where: { $0.matchesEnd(of: path) }) { return true }
      guard let name = path.splitAtScalar("/").last else { return false }
      return SpecName.nearMiss(String(name), of: names) != nil
    }
  }

  /// A file that must be there, by the name that reports give it and its path from the root of the repository on;
  /// `isKnown` where it was just found.
  private func named(
    _ path: FilePath, as name: FilePath, isKnown: Bool, _ around: Surroundings, _ below: FilePath
  ) -> LintInput {
    var input = LintInput(path: name, file: path, around.policy.settings(for: below.string)) {
      () throws(Failure) in
      guard isKnown || !isStream(path) else {
        throw Failure(
          .usage, "\(path.shown.shownSafely) is a stream, not a file",
          remedy: "pipe the spec in: COMMAND | lint-spec -")
      }
      let content = try WorkTreeFile.read(path, isKnown: isKnown)
      guard case .absent = content else { return content }
      throw Failure(
        .notFound, "\(path.shown.shownSafely) does not exist", remedy: "check the path's spelling")
    }
    input.conversion = around.attributes?.conversion(of: below)
    return input
  }

  // MARK: Policies

  private func settings(for path: FilePath) throws(Failure) -> LintSettings {
    let (around, below) = try location(of: path)
    return around.policy.settings(for: below.string)
  }

  /// What is around a file, and its path from the root of the repository on.
  private func location(of path: FilePath) throws(Failure) -> (Surroundings, FilePath) {
    let around = try surroundings(of: path, in: path.folder)
    let name = path.lastComponent.map { FilePath(root: nil, [$0]) } ?? path
    let below = Self.isBelow(path) ? path.tidy : name
    return (around, around.prefix.pushing(below))
  }

  /// A path below the working directory belongs to the repository there; of any other its own folder decides.
  private func surroundings(of path: FilePath, in holder: FilePath) throws(Failure)
    -> Surroundings
  {
    let folder = Self.isBelow(path) ? "." : holder
    if let known = known[folder] { return known }
    let root = WorkTreeFile.repositoryRoot(above: folder)
    var content = SpecSnapshot.Content.absent("")
    if let root { content = try WorkTreeFile.read(root.appending(LintConfiguration.fileName)) }
    var policy = try LintPolicy(place, rules, configuration: content) { () throws(Failure) in
      guard let root else { return [] }
      return try WorkTreeFile.settings(named: "tinyforge.specPath", root: root)
    }
    if !place.path.isEmpty { policy.usualNames = place.explicitPatterns.map(\.name) }
    let found = Surroundings(
      policy: policy, prefix: WorkTreeFile.pathFromRoot(ofFolder: folder) ?? "",
      attributes: root.map { ConversionAttributes(root: $0) })
    known[folder] = found
    return found
  }

  private static func isBelow(_ path: FilePath) -> Bool {
    path.isRelative && !path.components.contains { $0.kind == .parentDirectory }
  }
}

/// Whether a path is one of the process's own descriptors, as `/dev/stdin` and `<(COMMAND)` are.
private func isStream(_ path: FilePath) -> Bool {
  ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"].contains { path.string.startsWithBytes(of: $0) }
}

extension FilePath {
  /// The path without `.` segments; a path of nothing else is `.`.
  var tidy: FilePath {
    guard components.contains(where: { $0.kind == .currentDirectory }) else { return self }
    let rest = FilePath(root: root, components.filter { $0.kind != .currentDirectory })
    return rest.isEmpty ? "." : rest
  }

  /// The same to push names to: nothing instead of `.`.
  fileprivate var tidyStart: FilePath { tidy == "." ? "" : tidy }
}
