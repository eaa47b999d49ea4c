internal import Forges
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
      owner.count == 1 || forge.kind.definition.reading.hasNestedOwners
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
    let file = reading.filePage(encoded.joined(separator: "/"), commit)
    return SpecLinks(
      repository: root, commit: root + reading.commitPage(commit), file: root + file)
  }

  /// `OWNER/NAME`, for messages.
  package var shown: String { (owner + [name]).joined(separator: "/").shownSafely }

  private var reading: ForgeReading { forge.kind.definition.reading }

  private func url(_ segments: [String], query: [(String, String)] = []) -> HTTPURL {
    HTTPURL(forge.api, reading.repository(owner, name) + segments, query: query)
  }

  private func parts(of request: RepositoryRequest) -> (HTTPURL, [HTTPHeader]) {
    (
      url(request.path, query: request.query),
      request.accept.map { [HTTPHeader("Accept", $0)] } ?? []
    )
  }

  /// The address of the repository itself, whose answer names the default branch.
  var description: HTTPURL { url([]) }

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

  /// The address and headers of the request for the commit that a reference leads to.
  func resolve(_ reference: ForgeReference) -> (HTTPURL, [HTTPHeader]) {
    parts(of: reading.commit(reference))
  }

  /// The address of a commit's date and message; nil if ``resolve(_:)`` answers with them.
  func facts(of commit: String) -> HTTPURL? {
    (reading.details?.request(commit)).map { parts(of: $0).0 }
  }

  /// The address and headers of the request for a file's bytes as of a commit.
  func file(_ path: [String], at commit: String) -> (HTTPURL, [HTTPHeader]) {
    parts(of: reading.file(path, commit))
  }
}
