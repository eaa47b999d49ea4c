package import GitSpecs
package import ProviderHTTP
package import TinyforgeCore

/// Finds and reads a workload's spec in the repositories at hand, or on its forge.
package struct SpecLocator: Sendable {
  /// The one repository to use, whatever the workload says.
  package let repository: String?
  /// The one revision to use instead of the workload's branch.
  let revision: String?
  /// The folders that mirrors are looked for in.
  package let mirrors: MirrorSet
  /// Where specs may come from.
  package let mode: FetchMode
  let forges: ForgeReader
  /// How long all requests of a run may take together.
  let fetchTimeout: Duration

  /// Takes where specs are looked for, and how.
  package init(
    repository: String?, revision: String?, mirrors: [String], mode: FetchMode,
    forges: ForgeReader, fetchTimeout: Duration
  ) {
    self.repository = repository
    self.revision = revision
    self.mirrors = MirrorSet(folders: mirrors)
    self.mode = mode
    self.forges = forges
    self.fetchTimeout = fetchTimeout
  }

  /// Opens the workload's repository, or names the forge to ask; nothing is asked yet.
  ///
  /// The failure says where it was looked for.
  package func source(of live: LiveConfig) throws(Failure) -> SpecSource {
    if let repository { return .repository(try Self.open(repository)) }
    guard let coordinates = live.coordinates else {
      throw Failure(
        .notFound, "source_config names no repository: repo_owner or repo_name is missing",
        remedy: "name a clone or mirror with --repo")
    }
    if mode == .http { return try forge(coordinates) }
    let lookup = mirrors.find(
      host: coordinates.host, owner: coordinates.owner, name: coordinates.name)
    if let found = lookup.found { return .repository(try Self.open(found)) }
    let missing = missing(coordinates, tried: lookup.tried)
    if mode == .local { throw missing }
    do {
      return try forge(coordinates)
    } catch {
      throw Failure(
        .notFound, "\(missing.message), and over HTTP: \(error.message)", remedy: missing.remedy)
    }
  }

  private static func open(_ folder: String) throws(Failure) -> GitRepository {
    try GitRepository.openMirror(folder)
  }

  /// Starts what reads repositories, which takes some milliseconds, before it is certain to be needed.
  ///
  /// Nothing is parsed yet, so the words of the command line alone say that it is not: where they mislead,
  /// that costs time.
  package static func prepareAhead(_ words: [String]) {
    if !words.contains(where: { $0 == "http" || $0 == "--fetch=http" }) { LibGit2.prepare() }
  }

  /// Where mirrors were named, a person may have meant the workload to be in one; where none were, one may have been forgotten.
  private func withMirrors(_ failure: Failure, _ coordinates: RepositoryCoordinates) -> Failure {
    guard mode == .auto else { return failure }
    guard !mirrors.folders.isEmpty else {
      return Failure(
        failure.code,
        "\(failure.message); no folder of mirrors is named (--mirrors, TINYFORGE_MIRRORS), so the forge was asked",
        remedy: failure.remedy)
    }
    let lookup = mirrors.find(
      host: coordinates.host, owner: coordinates.owner, name: coordinates.name)
    let missing = missing(coordinates, tried: lookup.tried).message
    return Failure(failure.code, "\(failure.message); \(missing)", remedy: failure.remedy)
  }

  private func forge(_ coordinates: RepositoryCoordinates) throws(Failure) -> SpecSource {
    do {
      return .forge(try ForgeRepository(coordinates), coordinates)
    } catch {
      throw error.failure
    }
  }

  /// Reads the workload's present spec: of the revision that was asked for, else of its branch.
  package func read(_ workload: Workload, live: LiveConfig, from source: SpecSource)
    async
    throws(Failure) -> SpecSnapshot
  {
    switch source {
    case .repository(let opened):
      if let revision { return try opened.read(revision: revision, path: workload.gitopsPath) }
      return try opened.read(branch: live.branch, path: workload.gitopsPath)
    case .forge(let repository, let coordinates):
      let place = revision.map { ForgeReader.Place.revision($0) } ?? .branch(coordinates.branch)
      do {
        return try await forges.read(
          repository, coordinates.sealedToken, path: workload.gitopsPath, place)
      } catch {
        throw withMirrors(error, coordinates)
      }
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
    case .forge(let repository, let coordinates):
      return try await forges.read(
        repository, coordinates.sealedToken, path: workload.gitopsPath, .revision(commit))
    }
  }

  private func missing(_ coordinates: RepositoryCoordinates, tried: [String]) -> Failure {
    let repository = "\(coordinates.owner)/\(coordinates.name)".shownSafely
    guard let first = tried.first else {
      return Failure(
        .notFound, "no folder of mirrors is named to look for \(repository) in",
        remedy: "use --mirrors DIR, set TINYFORGE_MIRRORS, or name a clone with --repo")
    }
    switch MirrorSet.obstacle(among: tried) {
    case .unreadable(let path):
      return Failure(
        .denied,
        "\(path.shownSafely), where a mirror of \(repository) is looked for, may not be read by this user",
        remedy: "ls -ld \(shellPath(path))")
    case .incomplete(let path):
      return Failure(
        .notFound,
        "\(path.shownSafely) is not a complete repository: its clone was perhaps interrupted",
        remedy: "remove it, and clone \(prose: repository) there again with git clone --mirror")
    case nil: break
    }
    let others = tried.count > 1 ? " or at \(tried.count - 1) other places" : ""
    return Failure(
      .notFound, "no clone or mirror of \(repository) at \(first.shownSafely)\(others)",
      remedy: "git clone --mirror it there, or name another folder with --mirrors")
  }
}
