import GitSpecs
import SystemPackage
import TestSupport
import Testing
import TinyforgeCore

/// Every form that a repository can have on disk, each holding the same history.
enum Layout: String, CaseIterable, Sendable {
  case clone, plain, packedRefs, collected, mirror, bare, worktree, detached, gitFolder
  case looseMirror, pushedMirror, borrowingMirror

  /// Makes the repository and returns its path.
  func make(_ fixture: Fixture) async throws -> String {
    let repo = fixture.repo
    switch self {
    case .plain: return repo
    case .gitFolder: return "\(repo)/.git"
    case .clone: return try await fixture.clone("clone")
    case .mirror: return try await fixture.clone("mirror.git", "--mirror")
    case .bare: return try await fixture.clone("bare.git", "--bare")
    case .looseMirror:
      let mirror = try await fixture.clone("mirror.git", "--mirror")
      try await mustRun(
        "sh",
        [
          "-c",
          "mv objects/pack/*.pack . && cat *.pack | git unpack-objects -q && rm -f objects/pack/*",
        ],
        in: mirror)
      return mirror
    case .pushedMirror:
      let mirror = try await fixture.clone("mirror.git", "--mirror")
      let commit = try await git(
        "commit-tree", "-p", "main", "-m", "Third", "main^{tree}", in: mirror)
      try await git("update-ref", "refs/heads/main", commit, in: mirror)
      return mirror
    case .borrowingMirror:
      let mirror = fixture.scratch.file("mirror.git")
      try await git("clone", "-q", "--mirror", "--shared", repo, mirror, in: repo)
      return mirror
    case .packedRefs: try await git("pack-refs", "--all", in: repo)
    case .collected: try await git("gc", "-q", "--prune=now", in: repo)
    case .detached: try await git("checkout", "-q", "--detach", "main~1", in: repo)
    case .worktree:
      try await git("worktree", "add", "-q", "--detach", "../linked", "main", in: repo)
      return fixture.scratch.file("linked")
    }
    return repo
  }
}

@Suite(.ownTime, .hangLimit) struct PlacesTests {
  static let revisions = [
    "HEAD", "main", "main~1", "refs/heads/main", "light", "annotated", "nested", "nested^{commit}",
    "tags/annotated", "@", "origin/feature/x", "feature/x", "origin/main",
    ":/Second", "main^{/First}",
  ]
  static let paths = [".tinyforge.yml", "deploy/app/.tinyforge.yml", "deploy/none", "none/at/all"]

  @Test(arguments: Layout.allCases)
  func readsWhatGitShows(_ layout: Layout) async throws {
    let fixture = try await Fixture.withHistory()
    let path = try await layout.make(fixture)
    for repository in [try GitRepository.open(path), try GitRepository.openMirror(path)] {
      try await expectWhatGitShows(repository, path)
    }
    let branch = try GitRepository.openMirror(path).read(branch: "main", path: ".tinyforge.yml")
    #expect(
      branch.text == (try await git("cat-file", "-p", "main:.tinyforge.yml", in: path)) + "\n")
  }

  private func expectWhatGitShows(_ repository: GitRepository, _ path: String) async throws {
    for revision in Self.revisions {
      // git's own peeling: `:/text^{commit}` would search for that very text.
      let listed = try await run("git", ["rev-list", "-1", revision, "--"], in: path)
      guard listed.status == 0, let id = listed.output.split(separator: "\n").first else {
        try expectNotFound(repository, revision)
        continue
      }
      for file in Self.paths {
        let snapshot = try repository.read(revision: revision, path: file)
        let shown = try await run("git", ["cat-file", "-p", "\(id):\(file)"], in: path)
        #expect(snapshot.text == (shown.status == 0 ? shown.output : nil), "\(revision):\(file)")
        #expect(snapshot.commit?.id == String(id), "\(revision)")
        #expect(snapshot.provenance == .commit)
        #expect(snapshot.path == file)
        #expect(snapshot.repository == repository.folder)
      }
    }
  }

  private func expectNotFound(_ repository: GitRepository, _ revision: String) throws {
    do throws(Failure) {
      let snapshot = try repository.read(revision: revision, path: ".tinyforge.yml")
      Issue.record("\(revision) was read as \(snapshot.commit?.id ?? "none")")
    } catch {
      #expect(error.code == .notFound, "\(revision): \(error)")
      #expect(error.message.contains("'\(revision)' in \(repository.folder)"))
    }
  }

  @Test func namesTheCommit() async throws {
    let fixture = try await Fixture()
    try fixture.write("a", "a")
    let id = try await fixture.commit("Größe\n\nbody", date: "2026-03-04T05:06:07+02:00")
    let snapshot = try GitRepository.open(fixture.repo).read(revision: nil, path: "a")
    #expect(
      snapshot.commit
        == CommitFacts(id: id, committedAt: "2026-03-04T03:06:07Z", subject: "Größe"))
  }

  @Test func headOfEveryKind() async throws {
    let fixture = try await Fixture.withHistory()
    for layout in [Layout.plain, .mirror, .clone, .worktree, .detached] {
      let path = try await layout.make(fixture)
      let repository = try GitRepository.open(path)
      let head = try await git("rev-parse", "HEAD", in: path)
      #expect(try repository.read(revision: nil, path: ".tinyforge.yml").commit?.id == head)
      #expect(try repository.read(branch: nil, path: ".tinyforge.yml").commit?.id == head)
    }
  }

  @Test func aBranchIsLocalFirstThenFetched() async throws {
    let fixture = try await Fixture.withHistory()
    let clone = try await fixture.clone("clone")
    let repository = try GitRepository.open(clone)
    #expect(try repository.read(branch: "feature/x", path: ".tinyforge.yml").text == spec(1003))
    try await git("branch", "-q", "feature/x", "main~1", in: clone)
    #expect(try repository.read(branch: "feature/x", path: ".tinyforge.yml").text == spec(1001))
    let tag = try failure { () throws(Failure) in
      try repository.read(branch: "light", path: ".tinyforge.yml")
    }
    #expect(tag.code == .notFound)
  }

  @Test func anUnbornHeadHoldsNothing() async throws {
    let fixture = try await Fixture()
    let repository = try GitRepository.open(fixture.repo)
    for revision in [nil, "HEAD"] {
      let snapshot = try repository.read(revision: revision, path: ".tinyforge.yml")
      #expect(snapshot.commit == nil)
      #expect(snapshot.absence == "the branch main of \(fixture.repo) has no commits yet")
    }
    #expect(try repository.read(branch: nil, path: "x").absence != nil)
    #expect(try repository.index().read(path: "x").absence != nil)
  }

  @Test func aShallowCloneHasItsTip() async throws {
    let fixture = try await Fixture.withHistory()
    let first = try await git("rev-parse", "main~1", in: fixture.repo)
    let shallow = try await fixture.clone("shallow", "--depth", "1")
    let repository = try GitRepository.open(shallow)
    #expect(try repository.read(branch: "main", path: ".tinyforge.yml").text == spec(1002))
    let fault = try failure { () throws(Failure) in
      try repository.read(revision: first, path: ".tinyforge.yml")
    }
    #expect(fault.code == .notFound)
    #expect(fault.remedy?.text == "git -C \(shallow) fetch --unshallow")
  }

  @Test func namesAreFoldersWithoutSlash() async throws {
    let fixture = try await Fixture.withHistory()
    let mirror = try await Layout.mirror.make(fixture)
    let linked = try await Layout.worktree.make(fixture)
    let cases: [(String, String, Bool)] = [
      (fixture.repo, fixture.repo, false), ("\(fixture.repo)/", fixture.repo, false),
      ("\(fixture.repo)/.git", fixture.repo, false), (mirror, mirror, true),
      (linked, linked, false),
    ]
    for (path, folder, isBare) in cases {
      let repository = try GitRepository.open(path)
      #expect(repository.folder == folder)
      #expect(repository.isBare == isBare)
      #expect(repository.workTree == (isBare ? nil : FilePath(folder)))
    }
  }

  @Test func discoversFromWithin() async throws {
    let fixture = try await Fixture.withHistory()
    let deep = "\(fixture.repo)/deploy/app"
    #expect(try GitRepository.discover(above: FilePath(deep)).folder == fixture.repo)
    #expect(WorkTreeFile.repositoryRoot(above: FilePath(deep)) == FilePath(fixture.repo))
    let mirror = try await Layout.mirror.make(fixture)
    #expect(try GitRepository.discover(above: FilePath("\(mirror)/refs")).folder == mirror)
    let linked = try await Layout.worktree.make(fixture)
    #expect(try GitRepository.discover(above: FilePath("\(linked)/deploy")).folder == linked)
    #expect(WorkTreeFile.repositoryRoot(above: FilePath("\(linked)/deploy")) == FilePath(linked))
    let outside = try failure { () throws(Failure) in try GitRepository.open(deep) }
    #expect(outside.code == .notFound)
  }
}
