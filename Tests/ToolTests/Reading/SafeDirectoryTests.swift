import Glibc
import TestSupport
import Testing

/// Repositories of other users, read where git reads them and nowhere else.
@Suite(.ownTime, .hangLimit, .enabled(if: geteuid() == 0)) struct SafeDirectoryTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var environment: [String: String] = [:]
    /// Below the section `[safe]`; `REPO` is the repository's path, `DIR` its folder's.
    var settings = ""
    /// Where the git of this machine is older than the form.
    var isReadByNewerGit = false
  }

  static let cases = [
    Case(testDescription: "nothing"),
    Case(testDescription: "the folder", settings: "directory = REPO"),
    Case(
      testDescription: "the folder with a slash", settings: "directory = REPO/",
      isReadByNewerGit: true),
    Case(
      testDescription: "through a link", settings: "directory = DIR/link", isReadByNewerGit: true),
    Case(testDescription: "the folder above", settings: "directory = DIR"),
    Case(testDescription: "all below", settings: "directory = DIR/*", isReadByNewerGit: true),
    Case(testDescription: "all far below", settings: "directory = /tmp/*", isReadByNewerGit: true),
    Case(testDescription: "all of another", settings: "directory = REPO/*"),
    Case(testDescription: "any", settings: "directory = *"),
    Case(testDescription: "taken back", settings: "directory = *\n\tdirectory ="),
    Case(testDescription: "taken back by a key alone", settings: "directory = *\n\tdirectory"),
    Case(
      testDescription: "set again", settings: "directory = *\n\tdirectory =\n\tdirectory = REPO"),
    Case(testDescription: "from home", settings: "directory = ~/repo"),
    Case(testDescription: "relative", settings: "directory = repo"),
    Case(
      testDescription: "counted",
      environment: [
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "Safe.Directory", "GIT_CONFIG_VALUE_0": "*",
      ]),
    Case(
      testDescription: "parameters",
      environment: ["GIT_CONFIG_PARAMETERS": "'safe.directory'='*'"]),
    Case(
      testDescription: "parameters of old",
      environment: ["GIT_CONFIG_PARAMETERS": "'safe.directory=*'"]),
    Case(
      testDescription: "parameters that take back",
      environment: ["GIT_CONFIG_PARAMETERS": "'safe.directory'=''"], settings: "directory = *"),
    Case(testDescription: "sudo's user", environment: ["SUDO_UID": "65534"]),
    Case(testDescription: "another one of sudo", environment: ["SUDO_UID": "65533"]),
    Case(testDescription: "sudo of nonsense", environment: ["SUDO_UID": "65534x"]),
  ]

  @Test(arguments: cases)
  func aRepositoryIsReadWhereGitReadsIt(_ one: Case) async throws {
    let (scratch, repo) = try await Self.repository()
    try await mustRun("chown", ["-R", "65534:65534", repo])
    let settings = one.settings.replacing("REPO", with: repo).replacing("DIR", with: scratch.path)
    try scratch.write(".gitconfig", "[safe]\n\t\(settings)\n")
    try await expectGitsVerdict(repo, scratch, one.environment, one.isReadByNewerGit)
  }

  /// A repository's own word counts for nothing.
  @Test func whatARepositorySaysOfItselfIsNotHeard() async throws {
    let (scratch, repo) = try await Self.repository()
    try await git("config", "safe.directory", "*", in: repo)
    try await mustRun("chown", ["-R", "65534:65534", repo])
    try await expectGitsVerdict(repo, scratch, [:], false)
  }

  /// The owners of the work tree, of `.git` and of what that leads to all count.
  @Test(arguments: [
    "repo", "repo/.git", "repo/.git/HEAD", "linked", "linked/.git", "repo/.git/worktrees/linked",
  ])
  func theOwnerOfOnePart(_ part: String) async throws {
    let (scratch, repo) = try await Self.repository()
    try await git("worktree", "add", "-q", "--detach", "../linked", in: repo)
    try await mustRun("chown", ["65534", scratch.file(part)])
    try scratch.write(".gitconfig", "")
    for place in [repo, "\(repo)/.git", scratch.file("linked"), scratch.file("link")] {
      try await expectGitsVerdict(place, scratch, [:], false)
    }
  }

  /// Hooks get `GIT_DIR` from git, which has made sure of it.
  @Test func whatGitNamesIsTrusted() async throws {
    let (scratch, repo) = try await Self.repository()
    try await mustRun("chown", ["-R", "65534:65534", repo])
    let environment = ["HOME": scratch.path, "GIT_DIR": "\(repo)/.git"]
    try await mustRun("git", ["show", "main:.tinyforge.yml"], environment: environment)
    try await mustRun(builtTool("lint-spec"), ["--rev", "main"], environment: environment)
  }

  private static func repository() async throws -> (Scratch, String) {
    let scratch = try Scratch()
    let repo = try scratch.folder("repo")
    try await git("init", "-q", in: repo)
    try scratch.write("repo/.tinyforge.yml", "version: 1\n")
    try await git("add", ".", in: repo)
    try await git("commit", "-q", "-m", "x", in: repo)
    try await mustRun("ln", ["-s", "repo", scratch.file("link")])
    return (scratch, repo)
  }

  private func expectGitsVerdict(
    _ place: String, _ scratch: Scratch, _ environment: [String: String], _ isReadByNewerGit: Bool
  ) async throws {
    let environment = environment.merging(["HOME": scratch.path]) { _, new in new }
    let shown = try await run(
      "git", ["-C", place, "show", "main:.tinyforge.yml"], environment: environment)
    let isRead = shown.status == 0 || isReadByNewerGit
    let read = try await run(
      builtTool("lint-spec"), ["--rev", "main", "--repo", place], environment: environment)
    #expect(read.status == (isRead ? 0 : 2), "\(place): \(read.error)")
    guard !isRead else { return }
    #expect(read.error.contains("belongs to another user"), "\(read.error)")
    // As git itself says.
    let remedy = shown.error.split(separator: "\t").last.map { $0.filter { $0 != "\n" } } ?? ""
    #expect(read.error.contains(remedy), "\(read.error) \(shown.error)")
  }
}
