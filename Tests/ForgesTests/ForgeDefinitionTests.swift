import Forges
import Reporting
import Testing
import TinyforgeCore

/// What the definition of each forge says: its addresses, words and limits.
struct ForgeDefinitionTests {
  @Test(arguments: [
    (ForgeKind.github, "https://api.github.com", "https://api.github.com/graphql"),
    (.github, "https://ghe.example.org/api/v3", "https://ghe.example.org/api/graphql"),
    (.gitea, "https://git.example.org/api/v1", "https://git.example.org/api/v1/user"),
    (.gitlab, "https://gitlab.com/api/v4", "https://gitlab.com/api/v4/user"),
  ])
  func viewer(_ forge: ForgeKind, _ api: String, _ address: String) {
    #expect(forge.definition.comments.viewer(api).address == address)
  }

  @Test(arguments: [
    (ForgeKind.github, "https://github.com", "https://api.github.com"),
    (.github, "https://acme.ghe.com", "https://api.acme.ghe.com"),
    (.github, "https://ghe.example.org", "https://ghe.example.org/api/v3"),
    (.gitea, "https://git.example.org/sub", "https://git.example.org/sub/api/v1"),
    (.gitlab, "https://gitlab.com", "https://gitlab.com/api/v4"),
  ])
  func apiBase(_ forge: ForgeKind, _ root: String, _ base: String) {
    #expect(forge.definition.api.base(root) == base)
  }

  @Test(
    arguments: [
      ("api.github.com", "github.com"), ("api.acme.ghe.com", "acme.ghe.com"),
      ("ghe.example.org", nil),
    ] as [(String, String?)])
  func pagesOfGitHub(_ api: String, _ pages: String?) {
    #expect(ForgeKind.github.definition.api.pagesHost(api) == pages)
  }

  @Test(
    arguments: [
      ("GitHub", ForgeKind.github), ("gitea", .gitea), ("Forgejo", .gitea), ("gitlab", .gitlab),
      ("bitbucket", nil), ("", nil),
    ] as [(String, ForgeKind?)])
  func provider(_ word: String, _ kind: ForgeKind?) {
    #expect(ForgeKind(provider: word) == kind)
  }

  @Test(
    arguments: [
      ("github.com", ForgeKind.github), ("codeberg.org", .gitea), ("gitlab.com", .gitlab),
      ("git.example.org", nil),
    ] as [(String, ForgeKind?)])
  func publicHost(_ host: String, _ kind: ForgeKind?) {
    #expect(ForgeKind(publicHost: host) == kind)
  }

  @Test(
    arguments: [
      (["GITHUB_ACTIONS"], ForgeKind.github), (["GITHUB_ACTIONS", "GITEA_ACTIONS"], .gitea),
      (["GITHUB_ACTIONS", "FORGEJO_ACTIONS"], .gitea), (["GITLAB_CI"], .gitlab), (["CI"], nil),
    ] as [([String], ForgeKind?)])
  func pipeline(_ variables: [String], _ kind: ForgeKind?) {
    #expect(ForgeKind(pipeline: { variables.contains($0) ? "true" : nil }) == kind)
  }

  @Test(arguments: [
    (ForgeKind.github, "secret", false, "Authorization: Bearer "),
    (.gitea, "secret", false, "Authorization: token "),
    (.gitlab, "secret", false, "PRIVATE-TOKEN: "), (.gitlab, "secret", true, "JOB-TOKEN: "),
    (.gitlab, "glcbt-secret", false, "JOB-TOKEN: "),
  ])
  func tokenHeader(_ forge: ForgeKind, _ token: String, _ isJobToken: Bool, _ header: String) throws
  {
    let token = try #require(Token(token))
    #expect(forge.definition.api.tokenHeader(token, isJobToken) == header)
  }

  /// GitHub 65,536 and GitLab 1,000,000 characters by their documentation; Gitea's is assumed to be GitHub's.
  @Test func commentLimits() {
    #expect(ForgeKind.allCases.map(\.definition.comments.limit) == [65_536, 65_536, 1_000_000])
    #expect(ForgeKind.smallestCommentLimit == DriftMarkdown.commentLimit)
  }
}
