import GitSpecs
import SystemPackage
import TestSupport
import Testing
import TinyforgeCore

/// References and revisions, as git itself finds them.
@Suite(.ownTime, .hangLimit) struct ReferenceTests {
  /// Reads each revision where `git show` does, and nowhere else.
  private func expectWhatGitShows(_ revisions: [String], _ folder: String) async throws {
    for revision in revisions {
      let shown = try await run("git", ["show", "\(revision):.tinyforge.yml"], in: folder)
      let read = try? GitRepository.open(folder).read(revision: revision, path: ".tinyforge.yml")
      #expect(read?.text == (shown.status == 0 ? shown.output : nil), "\(revision): \(shown.error)")
    }
  }

  /// An old symbolic link, with an old line of the branch in `packed-refs`.
  @Test(arguments: ["refs/heads/new", "new", "nowhere", "refs/heads/none", "../../HEAD"])
  func aBranchThatIsALink(_ target: String) async throws {
    let fixture = try await Fixture.withHistory()
    try await git("pack-refs", "--all", in: fixture.repo)
    try await git("branch", "new", "main~1", in: fixture.repo)
    try await mustRun("ln", ["-s", target, "\(fixture.repo)/.git/refs/heads/link"])
    if target.hasPrefix("refs/") {
      try await mustRun("ln", ["-sf", target, "\(fixture.repo)/.git/refs/heads/main"])
    }
    try await expectWhatGitShows(["link", "refs/heads/link", "main", "link~1"], fixture.repo)
    let shown = try await run("git", ["rev-parse", "refs/heads/main"], in: fixture.repo)
    let read = try? GitRepository.openMirror("\(fixture.repo)/.git").read(
      branch: "main", path: ".tinyforge.yml")
    #expect(read?.commit?.id == (shown.status == 0 ? String(shown.output.dropLast()) : nil))
  }

  @Test func revisionsFromNames() async throws {
    let fixture = try await Fixture.withHistory()
    try await git("branch", "side", "main~1", in: fixture.repo)
    try await git("checkout", "-q", "side", in: fixture.repo)
    try fixture.write("other", "x")
    try await fixture.commit("Aside")
    try await git("checkout", "-q", "main", in: fixture.repo)
    try await git("merge", "-q", "-m", "Merge", "side", in: fixture.repo)
    // A branch may be called as HEAD is for short.
    let old = try await git("rev-parse", "main~1", in: fixture.repo)
    try fixture.write(".git/refs/heads/@", "\(old)\n")
    let id = try await git("rev-parse", "main", in: fixture.repo)
    try await expectWhatGitShows(
      [
        "@", "@~1", "@^", "@^2", "@~2", "@~0", "@^0", "HEAD~1", "main^2", "main^2~1", "main^3",
        "main~9",
        "main^{}", "main^{commit}~1", "nested~1", "nested^{}", "annotated^0", "main~~", "main^^",
        "\(id)~1", "\(id.prefix(9))^2", "heads/main", "tags/light", "refs/heads/side", "light~1",
        "main^{/Aside}",
        "main@{0}", "refs/heads/@", "side~1^{commit}",
      ], fixture.repo)
  }

  /// Upstreams are found by the repository's settings.
  @Test func upstreams() async throws {
    let fixture = try await Fixture.withHistory()
    let clone = try await fixture.clone("clone")
    try fixture.write(".tinyforge.yml", spec(77))
    try await fixture.commit("later")
    try await git("fetch", "-q", in: clone)
    try await expectWhatGitShows(["@{u}", "main@{upstream}", "main@{u}~1", "origin"], clone)
  }

  static let logs = [
    ":", "rm -rf .git/logs", "rm .git/logs/refs/heads/main", ": >.git/logs/refs/heads/main",
    "rm .git/logs/HEAD", "git reflog expire --expire=all --all",
    "sed -i 1d .git/logs/refs/heads/main .git/logs/HEAD", "git checkout -q --detach main~1",
    "git symbolic-ref refs/heads/alias refs/heads/main", "git branch -q -u other main",
    "git worktree add -q ../wt main~1 --detach", "git checkout -q --orphan new",
    "printf 'x\n' >>.git/logs/refs/heads/main",
  ]

  /// What references held before, as their logs say it; without a log git knows nothing of it.
  @Test(arguments: logs)
  func logsOfReferences(_ script: String) async throws {
    let fixture = try await Fixture.withHistory()
    try await mustRun("sh", ["-c", "git branch -q other; \(script)"], in: fixture.repo)
    try await expectWhatGitShows(
      ["", "main", "HEAD", "@", "other", "light", "refs/heads/main", "heads/main", "alias", "none"]
        .flatMap { name in
          [0, 1, 2, 3, 9].map { "\(name)@{\($0)}" }
        }
        + ["@{now}", "@@{now}", "main@{now}", "other@{now}", "light@{now}"].filter {
          // One of the logs of HEAD and its branch is not enough for libgit2.
          $0 != "@@{now}" || !script.contains(".git/logs")
        } + [
          "main@{1}~1", "@{0}^{commit}", "@{00}", "main@{U}", "@{UPSTREAM}", "@{-1}", "main@{}",
        ],
      fixture.repo)
  }

  static let packed = [
    "ID refs/heads/packed\n", "ID refs/heads/packed", "x\nID refs/heads/packed\n",
    "\nID refs/heads/packed\n",
    "# foo\nID refs/heads/packed\n", "ID refs/heads/packed\n# foo\n", "ID\trefs/heads/packed\n",
    "ID  refs/heads/packed\n", "^ID\nID refs/heads/packed\n",
    "# pack-refs with: peeled fully-peeled sorted \nID refs/heads/packed\n",
    "# pack-refs with: sorted \nx\nID refs/heads/packed\n",
    "# pack-refs with: sorted \nID refs/heads/packed\nx\n",
  ]

  /// What git refuses is refused however it is read.
  @Test(arguments: packed)
  func linesOfPackedReferences(_ text: String) async throws {
    let fixture = try await Fixture.withHistory()
    let id = try await git("rev-parse", "main~1", in: fixture.repo)
    try fixture.write(".git/packed-refs", text.replacing("ID", with: id))
    let shown = try await run("git", ["show", "packed:.tinyforge.yml"], in: fixture.repo)
    let wanted = shown.status == 0 ? shown.output : nil
    let repository = try GitRepository.open(fixture.repo)
    let path = ".tinyforge.yml"
    #expect((try? repository.read(revision: "packed", path: path))?.text == wanted)
    #expect((try? repository.read(branch: "packed", path: path))?.text == wanted)
    #expect((try? repository.read(revision: "packed~0", path: path))?.text == wanted)
  }

  /// Upstream has renamed its branch: a fetch that prunes leaves HEAD at the old name.
  @Test func aHeadThatNamesNoBranchHasARemedy() async throws {
    let fixture = try await Fixture.withHistory()
    let mirror = try await fixture.clone("mirror.git", "--mirror")
    try await git("branch", "-q", "-m", "main", "trunk", in: fixture.repo)
    try await git("fetch", "-q", "--prune", in: mirror)
    let fault = try failure { () throws(Failure) in
      try GitRepository.openMirror(mirror).read(branch: nil, path: ".tinyforge.yml")
    }
    #expect(fault.code == .notFound)
    #expect(fault.message.contains("names the branch main, which does not exist"))
    try await git("branch", "-q", "-D", "feature/x", in: mirror)
    let remedy = try #require(
      try failure { () throws(Failure) in
        try GitRepository.openMirror(mirror).read(branch: nil, path: ".tinyforge.yml")
      }.remedy?.text)
    try await mustRun("sh", ["-c", remedy])
    let read = try GitRepository.openMirror(mirror).read(branch: nil, path: ".tinyforge.yml")
    #expect(read.text == spec(1002))
  }
}
