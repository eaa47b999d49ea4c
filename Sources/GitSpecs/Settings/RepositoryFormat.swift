internal import SystemPackage
internal import TinyforgeCore

/// The format of a repository on disk, judged by its own settings as git judges it.
enum RepositoryFormat {
  /// Those that change nothing about how objects, references and the index are read: a partial clone only lacks
  /// objects, and each that is missing is reported.
  private static let harmless: Set<String> = [
    "noop", "noop-v1", "partialclone", "preciousobjects", "relativeworktrees", "worktreeconfig",
    "compatobjectformat",
  ]

  private static let section = "extensions."

  /// Throws where the repository has a format that is not read here.
  static func check(_ settings: [GitSetting], _ place: RepositoryPlace) throws(Failure) {
    let version = settings.last(named: "core.repositoryformatversion").map {
      Int($0.value ?? "") ?? 2
    }
    if let version, version > 1 { throw unknownFormat(name(place), place) }
    for setting in settings {
      guard setting.name.startsWithBytes(of: section) else { continue }
      let name = setting.name.droppingBytes(first: section.utf8.count)
      try check(name, setting.value ?? "", isEarly: version != 1, Self.name(place), place)
    }
  }

  /// What messages call the repository.
  private static func name(_ place: RepositoryPlace) -> String {
    (place.root ?? place.gitFolder).real.string
  }

  /// Checks one extension; of a repository of version 0 git asks for few.
  private static func check(
    _ name: String, _ value: String, isEarly: Bool, _ folder: String, _ place: RepositoryPlace
  ) throws(Failure) {
    let shown = folder.shownSafely
    switch name {
    case "objectformat" where isEarly:
      throw Failure(
        .repository,
        "the repository \(shown) sets extensions.objectformat, which git refuses in a repository of version 0",
        remedy:
          "git config --file \(place.commonFolder.appending("config").string) core.repositoryformatversion 1"
      )
    case "objectformat" where value != "sha1":
      let kind = value == "sha256" ? "SHA-256" : value.shownSafely
      throw Failure(
        .repository,
        "the repository \(shown) names its objects by \(kind) (extensions.objectformat), \(unknown)",
        remedy: "git -C \(folder) show REV:PATH | lint-spec -")
    case "refstorage" where value != "files":
      throw Failure(
        .repository,
        "the repository \(shown) keeps its references as a \(value.shownSafely) (extensions.refstorage), \(unknown)",
        remedy: "git -C \(folder) refs migrate --ref-format=files")
    case "objectformat", "refstorage": break
    case _ where !isEarly && !harmless.contains(name):
      throw Failure(
        .repository, "the repository \(shown) uses extensions.\(name.shownSafely), \(unknown)",
        // git itself may not know it either, and then reads no settings of the repository.
        remedy:
          "git config --file \(place.commonFolder.appending("config").string) --get-regexp '^extensions[.]'"
      )
    default: break
    }
  }

  private static var unknown: String { "which libgit2 \(LibGit2.version) does not know" }

  private static func unknownFormat(_ folder: String, _ place: RepositoryPlace) -> Failure {
    Failure(
      .repository,
      "the repository \(folder.shownSafely) has a format that libgit2 \(LibGit2.version) does not know",
      remedy:
        "git config --file \(place.commonFolder.appending("config").string) core.repositoryformatversion"
    )
  }
}
