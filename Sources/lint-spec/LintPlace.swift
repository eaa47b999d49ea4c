import ArgumentParser
import GitSpecs
import TinyforgeCore
import ToolSupport

/// Where in a repository the spec is read.
struct LintPlace: ParsableArguments {
  @Flag(help: "Check what the next commit would hold (the index), not the working tree.")
  var staged = false

  @Option(help: "Check the file as of a commit, branch or tag.")
  var rev: String?

  @Option(help: "The repository (default: the one around the working directory).")
  var repo: String?

  @Option(help: "The spec's path in the repository (default: .tinyforge.yml).")
  var path: String?

  @Flag(help: "An absent spec is a finding.")
  var require = false

  func validate() throws {
    if staged, rev != nil { throw ValidationError("--staged and --rev name two places; use one") }
  }

  /// Whether git's own storage is read, rather than a file.
  var readsRepository: Bool { staged || rev != nil }

  /// The spec's path within a repository, and the name that folders are searched for.
  var specPath: String { path ?? ".tinyforge.yml" }

  /// The names that a spec may have, without folders.
  var usualNames: [String] {
    let name = specPath.split(separator: "/").last.map(String.init)
    return [name ?? specPath]
  }

  /// What to check where no file was named; empty where there is none and none is required.
  func inputs() throws(Failure) -> [LintInput] {
    let content = try read()
    if case .absent = content, !require, rev == nil { return [] }
    return [LintInput(path: specPath, content: .success(content))]
  }

  private func read() throws(Failure) -> SpecSnapshot.Content {
    guard readsRepository else { return try readWorkTree() }
    let repository = try openRepository()
    if staged { return try repository.readIndex(path: specPath).content }
    return try repository.read(revision: rev, path: specPath).content
  }

  private func openRepository() throws(Failure) -> GitRepository {
    if let repo { return try GitRepository.open(repo) }
    return try GitRepository.discover(above: try workingFolder)
  }

  private func readWorkTree() throws(Failure) -> SpecSnapshot.Content {
    let start = if let repo { repo } else { try workingFolder }
    guard let root = WorkTreeFile.repositoryRoot(above: start) else {
      throw Failure(
        .notFound, "\(start.shownSafely) is not in a git work tree",
        remedy: "name a file, or name the repository with --repo (a bare one needs --rev)")
    }
    return try WorkTreeFile.read(path: "\(root)/\(specPath)")
  }

  private var workingFolder: String {
    get throws(Failure) {
      guard let folder = Environment.workingFolder else {
        throw Failure(
          .notFound, "the working directory is gone", remedy: "change to one that exists")
      }
      return folder
    }
  }
}
