import GitSpecs
import RunningProcess
import SystemPackage
import TinyforgeCore
import ToolSupport

/// The files of a work tree.
struct WorkTree {
  /// The work tree's root.
  let root: FilePath
  /// The repository, where git's environment names one that no search would find.
  private let named: GitRepository?
  private let attributes: ConversionAttributes

  /// The work tree that was named, or the one of git's environment or the working directory.
  init(_ place: LintPlace) throws(Failure) {
    if place.repo == nil, LintPlace.isNamedByGit {
      let repository = try place.openRepository()
      guard let root = repository.workTree else {
        throw Failure(
          .usage, "the bare repository \(repository.folder.shownSafely) has no work tree",
          remedy: "name a revision with --rev, or the work tree in GIT_WORK_TREE")
      }
      (self.root, named) = (root, repository)
      attributes = ConversionAttributes(root: root)
      return
    }
    let start = if let path = place.repoPath { path } else { try LintPlace.workingFolder }
    // A bare repository in a work tree is not that work tree.
    if place.repo != nil, WorkTreeFile.isThere(start.appending("HEAD")),
      let failure = Self.bareness(of: start)
    {
      throw failure
    }
    guard let root = WorkTreeFile.repositoryRoot(above: start) else {
      throw Self.absence(start, place)
    }
    (self.root, named) = (root, nil)
    attributes = ConversionAttributes(root: root)
  }

  /// The failure of a folder that is in a bare repository; nil elsewhere.
  private static func bareness(of folder: FilePath) -> Failure? {
    guard let repository = try? GitRepository.discover(above: folder), repository.isBare else {
      return nil
    }
    return Failure(
      .usage, "\(folder.shown.shownSafely) is a bare repository, which has no work tree",
      remedy: "add --rev HEAD, or --rev BRANCH")
  }

  /// Why no work tree is at a folder.
  private static func absence(_ folder: FilePath, _ place: LintPlace) -> Failure {
    let shown = folder.shown.shownSafely
    if let failure = bareness(of: folder) { return failure }
    if place.repo != nil { return LintPlace.absence(of: folder) }
    let message = "\(shown) is not in a git work tree"
    if WorkTreeFile.isThere(FilePath(FindingCode.usualName)) {
      return Failure(.notFound, message, remedy: "check this folder with: lint-spec .")
    }
    return Failure(
      .notFound, message,
      remedy: "run it in a repository, name one with --repo DIR, or name a file or folder")
  }

  func policy(_ place: LintPlace, _ rules: LintRules) throws(Failure) -> LintPolicy {
    let content = try WorkTreeFile.read(root.appending(LintConfiguration.fileName))
    return try LintPolicy(place, rules, configuration: content) { () throws(Failure) in
      if let named { return try named.settings(named: "tinyforge.specPath") }
      return try WorkTreeFile.settings(named: "tinyforge.specPath", root: root)
    }
  }

  /// The paths that are wanted, from the root on: as far as git would look, and of a repository that the
  /// environment names, whose work tree may be a whole home folder, those in the index.
  func list(_ wanted: @escaping @Sendable (String) -> Bool) throws(Failure) -> [FilePath] {
    if let named {
      let paths = try named.index().entries(where: wanted).map(\.path)
      return paths.filter { WorkTreeFile.isThere(root.pushing($0)) }
    }
    let found = SpecSearch.files(
      under: root, entersClones: false, isEnded: { Interruption.isRequested }
    ) {
      wanted(String($0.dropFirst()))
    }
    if let fault = found.failures.first { throw fault.failure }
    return found.files.map(\.below)
  }

  func input(_ path: FilePath, _ policy: LintPolicy) -> LintInput {
    let file = root.pushing(path)
    var input = LintInput(path: path, file: file, policy.settings(for: path.string)) {
      () throws(Failure) in
      guard WorkTreeFile.link(onTheWayTo: file) == nil else { return .refused(.symbolicLink) }
      return try WorkTreeFile.read(file)
    }
    input.conversion = attributes.conversion(of: path)
    return input
  }
}
