extension PullRequest {
  /// The request that a page's address names; nil where it names none.
  ///
  /// The path's shape tells the forge: `/OWNER/NAME/pull/N` is GitHub's, `/OWNER/NAME/pulls/N`
  /// Gitea's and Forgejo's (what stands before is the instance's own folder), and
  /// `/PATH/-/merge_requests/N` GitLab's at the root of its host.
  package init?(page: String) {
    let plain = page.prefix { $0 != "?" && $0 != "#" }
    guard let scheme = plain.firstRange(of: "://") else { return nil }
    var parts = plain[scheme.upperBound...].splitAtScalar("/", omittingEmpty: true).map(String.init)
    guard !parts.isEmpty else { return nil }
    let root = String(plain[..<scheme.upperBound]) + parts.removeFirst()
    if let (end, number) = Self.place(of: "merge_requests", in: parts) {
      let path = parts[..<(parts[end - 1] == "-" ? end - 1 : end)]
      guard path.count >= 2 else { return nil }
      self.init(
        .gitlab, api: ForgeKind.gitlab.api(below: root), project: path.joined(separator: "/"),
        number: number)
    } else if let (end, number) = Self.place(of: "pull", in: parts), end == 2 {
      self.init(
        .github, api: ForgeKind.github.api(below: root),
        project: parts[..<2].joined(separator: "/"), number: number)
    } else if let (end, number) = Self.place(of: "pulls", in: parts) {
      let folder = parts[..<(end - 2)].map { "/\($0)" }.joined()
      self.init(
        .gitea, api: ForgeKind.gitea.api(below: root + folder),
        project: parts[(end - 2)..<end].joined(separator: "/"), number: number)
    } else {
      return nil
    }
  }

  /// Where that word stands behind an owner and a name, with a number behind it.
  private static func place(of word: String, in parts: [String]) -> (Int, Int)? {
    for index in parts.indices.dropLast() where index >= 2 && parts[index] == word {
      if let number = Int(parts[index + 1]) { return (index, number) }
    }
    return nil
  }
}
