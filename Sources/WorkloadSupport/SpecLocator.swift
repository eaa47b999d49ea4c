package import GitSpecs
package import TinyforgeCore

/// Where one workload's specs are read: opened once, read as often as it takes.
package enum SpecSource {
  /// A clone or a bare repository on this machine.
  case repository(GitRepository)
}

/// Finds and reads a workload's spec in the repositories at hand.
package struct SpecLocator: Sendable {
  /// The one repository to use, whatever the workload says.
  let repository: String?
  /// The one revision to use instead of the workload's branch.
  let revision: String?
  let mirrors: MirrorSet

  package init(repository: String?, revision: String?, mirrors: [String]) {
    self.repository = repository
    self.revision = revision
    self.mirrors = MirrorSet(folders: mirrors)
  }

  /// Opens the workload's repository; the failure says where it was looked for.
  package func source(of workload: Workload, live: LiveConfig) async throws(Failure) -> SpecSource {
    .repository(try GitRepository.open(try find(live.coordinates)))
  }

  /// Reads the workload's present spec: of the revision that was asked for, else of its branch.
  package func read(_ workload: Workload, live: LiveConfig, from source: SpecSource)
    async
    throws(Failure) -> SpecSnapshot
  {
    switch source {
    case .repository(let opened):
      if let revision { return try opened.read(revision: revision, path: workload.gitopsPath) }
      return try opened.read(branch: live.coordinates?.branch, path: workload.gitopsPath)
    }
  }

  /// Reads the workload's spec as of a commit, which is a full object id.
  ///
  /// Throws `.notFound` where the repository does not hold it.
  package func read(_ workload: Workload, commit: String, from source: SpecSource)
    async
    throws(Failure) -> SpecSnapshot
  {
    switch source {
    case .repository(let opened):
      return try opened.read(revision: commit, path: workload.gitopsPath)
    }
  }

  private func find(_ coordinates: RepositoryCoordinates?) throws(Failure) -> String {
    if let repository { return repository }
    guard let coordinates else {
      throw Failure(
        .notFound, "source_config names no repository: repo_owner or repo_name is missing",
        remedy: "name a clone or mirror with --repo")
    }
    let lookup = mirrors.find(
      host: coordinates.host, owner: coordinates.owner, name: coordinates.name)
    if let found = lookup.found { return found }
    throw missing(coordinates, tried: lookup.tried)
  }

  private func missing(_ coordinates: RepositoryCoordinates, tried: [String]) -> Failure {
    let repository = "\(coordinates.owner)/\(coordinates.name)".shownSafely
    guard let first = tried.first else {
      return Failure(
        .notFound, "no folder of mirrors is named to look for \(repository) in",
        remedy: "use --mirrors DIR, set TINYFORGE_MIRRORS, or name a clone with --repo")
    }
    let others = tried.count > 1 ? " or at \(tried.count - 1) other places" : ""
    return Failure(
      .notFound, "no clone or mirror of \(repository) at \(first.shownSafely)\(others)",
      remedy: "git clone --mirror it there, or name another folder with --mirrors")
  }
}
