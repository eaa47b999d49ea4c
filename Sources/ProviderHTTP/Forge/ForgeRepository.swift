package import TinyforgeCore

/// A repository on a forge, and the requests that its API takes.
package struct ForgeRepository: Hashable, Sendable {
  /// The forge that has it.
  package let forge: Forge
  /// One segment, or several for GitLab's groups.
  let owner: [String]
  let name: String

  /// The repository of a workload; throws where owner or name can be none.
  package init(_ coordinates: RepositoryCoordinates) throws(HTTPFault) {
    forge = try Forge.known(coordinates)
    owner = coordinates.owner.splitAtScalar("/").map(
      String.init)
    let name = coordinates.name
    self.name = name.endsWithBytes(of: ".git") ? String(name.dropLast(4)) : name
    let isPlain = (owner + [self.name]).allSatisfy { Self.isPlain($0) }
    guard isPlain, !self.name.utf8.contains(UInt8(ascii: "/")),
      owner.count == 1 || forge.kind == .gitlab
    else {
      throw HTTPFault(
        .unusable,
        "repo_owner and repo_name in source_config name no repository of a forge: "
          + "\(coordinates.owner.shownSafely), \(name.shownSafely)",
        remedy: "write the owner and the repository's name as the forge shows them")
    }
  }

  private static func isPlain(_ segment: String) -> Bool {
    PathSegment.isName(segment)
      && !segment.unicodeScalars.contains { scalar in
        // The Unicode tables tell the same of ASCII, more slowly.
        scalar.isASCII
          ? scalar.value < 0x20 || scalar.value == 0x7F
          : scalar.properties.generalCategory == .control
      }
  }

  /// The address that people see it at.
  package var webAddress: String {
    let path = forge.web.path + (owner + [name]).map { PercentEncoding.encode($0) }
    return forge.web.origin.text + "/" + path.joined(separator: "/")
  }

  /// Where people see a file as of a commit; nil where the forge's address cannot be put into a document.
  package func links(to path: String, at commit: String) -> SpecLinks? {
    let root = webAddress
    let encoded = path.splitAtScalar("/").map { PercentEncoding.encode(String($0)) }
    let file = forge.kind.filePage(encoded.joined(separator: "/"), at: commit)
    return SpecLinks(
      repository: root, commit: root + forge.kind.commitPage(commit), file: root + file)
  }

  /// `OWNER/NAME`, for messages.
  package var shown: String { (owner + [name]).joined(separator: "/").shownSafely }

  /// Below this are all paths of the repository.
  private var root: [String] {
    switch forge.kind {
    case .gitea, .github: ["repos"] + owner + [name]
    case .gitlab: ["projects", (owner + [name]).joined(separator: "/")]
    }
  }

  private func url(_ segments: [String], query: [(String, String)] = []) -> HTTPURL {
    HTTPURL(forge.api, root + segments, query: query)
  }

  /// The repository itself, whose answer names the default branch.
  var description: HTTPURL { url([]) }

  /// A branch, a tag, or any revision.
  enum Reference: Hashable, Sendable {
    case branch(String)
    case tag(String)
    case revision(String)
  }

  /// Whether a revision of this name is a branch or a tag: no id of a commit, whole or short, no
  /// qualified name, and no expression.
  static func canOnlyBeBranchOrTag(_ name: String) -> Bool {
    let isID = ObjectID.mayBeShort(name)
    let isQualified = ["refs/", "heads/", "tags/", "remotes/"].contains {
      name.startsWithBytes(of: $0)
    }
    let isExpression =
      name == "@" || name == "HEAD" || name.utf8.contains("..".utf8)
      || name.utf8.contains("@{".utf8) || name.utf8.contains { "~^:".utf8.contains($0) }
    return !(isID || isQualified || isExpression)
  }

  /// What answers with the commit that a reference leads to, and how it must be asked.
  ///
  /// A branch is asked for as one: where a tag has its name, a bare name would lead to the tag.
  func resolve(_ reference: Reference) -> (HTTPURL, [HTTPHeader]) {
    switch (forge.kind, reference) {
    case (.gitea, .branch(let name)): (url(["branches", name]), [])
    case (.gitea, .tag(let name)): (url(["tags", name]), [])
    case (.gitea, .revision(let revision)):
      (
        url(
          ["git", "commits", revision],
          query: [("stat", "false"), ("verification", "false"), ("files", "false")]), []
      )
    case (.github, .branch(let name)): shortCommit("heads/" + name)
    case (.github, .tag(let name)): shortCommit("tags/" + name)
    case (.github, .revision(let name)): shortCommit(name)
    case (.gitlab, .branch(let name)): (url(["repository", "branches", name]), [])
    case (.gitlab, .tag(let name)): (url(["repository", "tags", name]), [])
    case (.gitlab, .revision(let name)): (url(["repository", "commits", name]), [])
    }
  }

  /// GitHub's short form of a commit: the long one lists the files that it changed, with their
  /// differences.
  private func shortCommit(_ reference: String) -> (HTTPURL, [HTTPHeader]) {
    (url(["commits", reference]), [HTTPHeader("Accept", "application/vnd.github.sha")])
  }

  /// What answers with a commit's date and message; nil where ``resolve(_:)`` already did.
  func facts(of commit: String) -> HTTPURL? {
    forge.kind == .github ? url(["git", "commits", commit]) : nil
  }

  /// The file's bytes as of a commit.
  func file(_ path: [String], at commit: String) -> (HTTPURL, [HTTPHeader]) {
    let query = [("ref", commit)]
    return switch forge.kind {
    case .gitea: (url(["raw"] + path, query: query), [])
    case .github:
      (
        url(["contents"] + path, query: query),
        [HTTPHeader("Accept", "application/vnd.github.raw+json")]
      )
    case .gitlab:
      (url(["repository", "files", path.joined(separator: "/"), "raw"], query: query), [])
    }
  }
}
