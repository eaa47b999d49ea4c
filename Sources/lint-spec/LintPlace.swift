import ArgumentParser
import GitSpecs
import TinyforgeCore
import ToolSupport

/// Where in a repository specs are read.
struct LintPlace: ParsableArguments {
  @Flag(help: "Check what the next commit would hold (the index), not the working tree.")
  var staged = false

  @Option(help: "Check the file as of a commit, branch or tag.")
  var rev: String?

  @Flag(
    help:
      "In a server-side hook: check the tip of every reference pushed, read as `old new ref` lines."
  )
  var receive = false

  @Option(help: "The repository (default: the one around the working directory).")
  var repo: String?

  @Option(
    help: """
      A spec's path in the repository, or a glob such as '**/.tinyforge.yml' (repeatable; default: \
      git's setting tinyforge.specPath, else .tinyforge.yml).
      """)
  var path: [String] = []

  @Option(help: "What reports call standard input.")
  var stdinFilename: String?

  @Flag(help: "An absent spec is a finding.")
  var require = false

  func validate() throws {
    if [staged, rev != nil, receive].count(where: \.self) > 1 {
      throw ValidationError("--staged, --rev and --receive name different places; use one")
    }
  }

  /// Whether git's own storage is read, rather than a file.
  var readsRepository: Bool { staged || rev != nil || receive }

  /// The patterns of the command line, or the usual path.
  var explicitPatterns: [PathPattern] {
    path.isEmpty ? [PathPattern(FindingCode.usualName)] : path.map(PathPattern.init)
  }

  /// The patterns of the command line, else of the repository's settings, else the usual path.
  func patterns(_ repository: GitRepository) throws(Failure) -> [PathPattern] {
    guard path.isEmpty else { return explicitPatterns }
    let settings = try repository.settings(named: "tinyforge.specPath")
    return settings.isEmpty ? explicitPatterns : settings.map(PathPattern.init)
  }

  /// The repository that was named, or the one that git or the working directory tells.
  ///
  /// What git tells a hook of the index and of new objects is about that repository alone.
  func openRepository() throws(Failure) -> GitRepository {
    if let repo { return try GitRepository.open(repo) }
    let environment = GitEnvironment(variable: Environment.variable)
    if let folder = Environment.variable("GIT_DIR") {
      return try GitRepository.open(folder, environment: environment)
    }
    return try GitRepository.discover(above: try Self.workingFolder, environment: environment)
  }

  static var workingFolder: String {
    get throws(Failure) {
      guard let folder = Environment.workingFolder else {
        throw Failure(
          .notFound, "the working directory is gone", remedy: "change to one that exists")
      }
      return folder
    }
  }
}
