import ArgumentParser
import GitSpecs
import RunningProcess
import SystemPackage
import TinyforgeCore
import ToolSupport

/// Where in a repository specs are read.
struct LintPlace: ParsableArguments {
  @Flag(help: "Check every spec that the next commit changes, as the index holds it.")
  var staged = false

  @Option(
    help: "Check every spec of a commit, branch or tag, or those at --path.",
    completion: LintCompletion.revisions)
  var rev: String?

  @Flag(
    help: """
      In a server-side hook: read `old new ref` lines, and check every spec that the push changes.
      """)
  var receive = false

  @Option(
    help: ArgumentHelp(
      "In a pre-push hook: read its lines, and check every spec that the push to this remote changes.",
      valueName: "remote"))
  var push: String?

  @Option(
    help: ArgumentHelp(
      "The repository (default: the one around the working directory).", valueName: "dir"),
    completion: .directory)
  var repo: String?

  @Option(
    help: """
      A spec's path in the repository, or a glob such as 'deploy/*.yml' (repeatable; default: \
      .tinyforge.yml in any folder, the paths of .tinyforge-lint.yml and of git's setting \
      tinyforge.specPath).
      """, completion: .file())
  var path: [String] = []

  @Option(
    help: ArgumentHelp("What reports call standard input.", valueName: "name"), completion: .file())
  var stdinFilename: String?

  @Flag(help: "An absent spec is a finding.")
  var require = false

  @Flag(help: "Print hints and the summary only where something is found, as hooks do.")
  var onlyFindings = false

  init() {}

  /// The options of a line that is read directly.
  init(_ line: inout DirectLine) {
    staged = line.flag("--staged")
    rev = line.value("--rev")
    receive = line.flag("--receive")
    push = line.value("--push")
    repo = line.value("--repo")
    path = line.values("--path")
    stdinFilename = line.value("--stdin-filename")
    require = line.flag("--require")
    onlyFindings = line.flag("--only-findings")
    line.check(validate)
  }

  func validate() throws {
    if [staged, rev != nil, receive, push != nil].count(where: \.self) > 1 {
      throw ValidationError("--staged, --rev, --receive and --push name different places; use one")
    }
    for text in path {
      guard let fault = PathPattern.fault(text) else { continue }
      throw ValidationError(
        "the path \"\(text.shownSafely)\" \(fault); give it from the root of the repository")
    }
  }

  /// Whether git's own storage is read, rather than a file.
  var readsRepository: Bool { isHook || rev != nil }

  /// Whether only what a commit or a push changes is checked.
  var isHook: Bool { staged || receive || push != nil }

  /// The patterns of the command line, or the usual path.
  var explicitPatterns: [PathPattern] {
    path.isEmpty ? [PathPattern(FindingCode.usualName)] : path.map(PathPattern.init)
  }

  /// The path of the repository that was named, whatever bytes it has.
  var repoPath: FilePath? { repo.map { GivenPaths.path(ofOption: "--repo", $0) } }

  /// The repository that was named, or the one of git's environment or the working directory.
  ///
  /// What git names to a hook as index and work tree is of the repository around it alone; further folders
  /// of objects serve any.
  func openRepository() throws(Failure) -> GitRepository {
    let environment = GitEnvironment(variable: Environment.path)
    if let path = repoPath {
      // An empty path is not a folder.
      if path.isEmpty { return try GitRepository.open("") }
      let objects = GitEnvironment(objectFolders: environment.objectFolders)
      do throws(Failure) {
        return try GitRepository.open(path, environment: objects)
      } catch  where error.code == .notFound {
        throw Self.absence(of: path)
      }
    }
    if let folder = Environment.path("GIT_DIR") {
      return try GitRepository.open(
        folder, environment: environment, isNamedByGit: true)
    }
    let folder = try Self.workingFolder
    do throws(Failure) {
      return try GitRepository.discover(above: folder, environment: environment)
    } catch  where error.code == .notFound {
      throw Failure(
        .notFound, error.message, remedy: "run it in a repository, or name one with --repo DIR")
    }
  }

  /// Why no repository is at a path that `--repo` names.
  static func absence(of path: FilePath) -> Failure {
    let shown = path.shown.shownSafely
    if !SpecSearch.isFolder(path) {
      return Failure(
        .notFound, "there is no folder \(shown)",
        remedy:
          "check the path of --repo, or clone the repository: git clone URL \(shellWord(path))")
    }
    if let root = WorkTreeFile.repositoryRoot(above: path) {
      return Failure(
        .notFound, "\(shown) is within a repository, and not its root",
        remedy: "name the root: --repo \(shellWord(root))")
    }
    return Failure(
      .notFound, "there is no git repository at \(shown)",
      remedy:
        "name a clone or a bare repository with --repo, or check the files: lint-spec \(shellWord(path))"
    )
  }

  /// Whether git's environment names a repository or a work tree.
  static var isNamedByGit: Bool {
    Environment.variable("GIT_DIR") != nil || Environment.variable("GIT_WORK_TREE") != nil
  }

  static var workingFolder: FilePath {
    get throws(Failure) {
      guard let folder = Environment.workingFolder else {
        throw Failure(
          .notFound, "the working directory is gone", remedy: "change to one that exists")
      }
      return folder
    }
  }
}
