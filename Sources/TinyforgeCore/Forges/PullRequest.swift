/// A pull or merge request, as its forge's API addresses it.
package struct PullRequest: Sendable, Equatable {
  /// The forge that it is on.
  package let forge: ForgeKind
  /// The API's base address, without a final slash, such as `https://api.github.com`.
  package let api: String
  /// `owner/name`; on GitLab the project's number or its path.
  package let project: String
  /// The number of the request.
  package let number: Int
  /// Whether it proposes changes of another repository, whose runs get no secrets.
  package let isFromFork: Bool

  /// Nil where a part is not of a form that an address can be made of.
  package init?(
    _ forge: ForgeKind, api: String, project: String, number: Int, isFromFork: Bool = false
  ) {
    let base = api.trimmed(of: "/")
    let parts = project.splitAtScalar("/")
    let isWhole = parts.allSatisfy { Self.isSegment($0) }
    guard Self.isAddress(base), isWhole, number > 0 else { return nil }
    guard forge == .gitlab || parts.count == 2 else { return nil }
    self.forge = forge
    self.api = base
    self.project = project
    self.number = number
    self.isFromFork = isFromFork
  }

  /// As people name it, such as `acme/shop#7` and `acme/shop!7`.
  package var shownName: String { "\(project)\(forge == .gitlab ? "!" : "#")\(number)" }

  /// Names on all three forges are of these characters, and none is made of dots alone.
  private static func isSegment(_ segment: Substring) -> Bool {
    PathSegment.isName(String(segment))
      && segment.utf8.allSatisfy { $0.isASCIILetterOrDigit || "._-".utf8.contains($0) }
  }

  /// `http` or `https`, a host, and nothing that would change what stands behind it.
  private static func isAddress(_ text: String) -> Bool {
    guard let scheme = ["https://", "http://"].first(where: { text.startsWithBytes(of: $0) }) else {
      return false
    }
    let rest = Substring(text.utf8.dropFirst(scheme.utf8.count))
    let isPlain = rest.utf8.allSatisfy {
      $0 > 0x20 && $0 < 0x7F && !"?#@\\\"<>".utf8.contains($0)
    }
    return isPlain && !rest.isEmpty && !rest.startsWithBytes(of: "/")
      && !rest.utf8.contains("/../".utf8)
  }
}

// MARK: - Addresses of the API

extension PullRequest {
  /// The request itself: whether it is open, and whether its thread is locked.
  package var address: String {
    forge == .gitlab
      ? "\(projectAddress)/merge_requests/\(number)" : "\(projectAddress)/pulls/\(number)"
  }

  /// Where comments are created.
  package var commentsAddress: String {
    forge == .gitlab ? "\(address)/notes" : "\(projectAddress)/issues/\(number)/comments"
  }

  /// A page of its comments, oldest first, counted from 1.
  package func commentsAddress(page: Int) -> String {
    switch forge {
    case .github: "\(commentsAddress)?per_page=100&page=\(page)"
    case .gitea: "\(commentsAddress)?limit=50&page=\(page)"
    case .gitlab: "\(commentsAddress)?sort=asc&order_by=created_at&per_page=100&page=\(page)"
    }
  }

  /// One comment, to edit or delete it.
  package func commentAddress(_ id: Int64) -> String {
    forge == .gitlab ? "\(commentsAddress)/\(id)" : "\(projectAddress)/issues/comments/\(id)"
  }

  /// Where the forge says whose the token is.
  ///
  /// The tokens of GitHub's jobs may not ask for `/user`; every kind may ask GraphQL for its viewer.
  package var viewerAddress: String {
    guard forge == .github else { return "\(api)/user" }
    return (api.endsWithBytes(of: "/api/v3") ? String(api.dropLast("/v3".count)) : api) + "/graphql"
  }

  private var projectAddress: String {
    forge == .gitlab
      ? "\(api)/projects/\(project.replacingBytes { $0 == UInt8(ascii: "/") ? "%2F" : nil })"
      : "\(api)/repos/\(project)"
  }
}

extension UInt8 {
  var isASCIILetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}

extension String {
  /// Without that character at the end.
  func trimmed(of character: Character) -> String {
    String(reversed().drop { $0 == character }.reversed())
  }
}
