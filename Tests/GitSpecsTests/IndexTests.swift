import GitSpecs
import TestSupport
import Testing
import TinyforgeCore

@Suite struct IndexTests {
  @Test func holdsWhatIsStagedOnly() async throws {
    let fixture = try await Fixture.withHistory()
    try fixture.write(".tinyforge.yml", spec(5001))
    try await git("add", ".tinyforge.yml", in: fixture.repo)
    try fixture.write(".tinyforge.yml", spec(5002))
    try fixture.write("untracked.yml", spec(5003))
    let repository = try GitRepository.open(fixture.repo)
    let staged = try repository.index().read(path: ".tinyforge.yml")
    #expect(staged.text == spec(5001))
    #expect(staged.origin == .index)
    #expect(staged.commit == nil)
    #expect(
      try repository.index().read(path: "untracked.yml").absence
        == "untracked.yml is not in the index of \(fixture.repo)")
  }

  @Test func isReadAnewEachTime() async throws {
    let fixture = try await Fixture.withHistory()
    let repository = try GitRepository.open(fixture.repo)
    #expect(try repository.index().read(path: ".tinyforge.yml").text == spec(1002))
    try await git("rm", "-q", "--cached", ".tinyforge.yml", in: fixture.repo)
    #expect(try repository.index().read(path: ".tinyforge.yml").absence != nil)
  }

  @Test func aLockIsNoObstacle() async throws {
    let fixture = try await Fixture.withHistory()
    try fixture.write(".git/index.lock", "")
    let repository = try GitRepository.open(fixture.repo)
    #expect(try repository.index().read(path: ".tinyforge.yml").text == spec(1002))
  }

  @Test func aLinkedWorktreeHasItsOwn() async throws {
    let fixture = try await Fixture.withHistory()
    let linked = try await Layout.worktree.make(fixture)
    try fixture.scratch.write("linked/.tinyforge.yml", spec(6001))
    try await git("add", "-A", in: linked)
    #expect(try GitRepository.open(linked).index().read(path: ".tinyforge.yml").text == spec(6001))
    #expect(
      try GitRepository.open(fixture.repo).index().read(path: ".tinyforge.yml").text == spec(1002))
  }

  @Test func obstaclesAreTold() async throws {
    let fixture = try await Fixture.withHistory()
    try fixture.write("intent.yml", spec(1))
    try await git("add", "-N", "intent.yml", in: fixture.repo)
    try await mustRun("ln", ["-s", ".tinyforge.yml", "\(fixture.repo)/link"])
    try await git("add", "link", in: fixture.repo)
    let head = try await git("rev-parse", "HEAD", in: fixture.repo)
    try await git(
      "update-index", "--add", "--cacheinfo", "160000,\(head),module", in: fixture.repo)
    let repository = try GitRepository.open(fixture.repo)
    let cases: [(String, SpecObstacle?)] = [
      ("intent.yml", .intentToAdd), ("link", .symbolicLink), ("link/x", .symbolicLink),
      ("module", .submodule), ("module/deploy/x", .submodule), ("deploy", .directory),
      ("deploy/app", .directory), (".tinyforge.yml/x", nil), (".TINYFORGE.yml", nil), ("dep", nil),
    ]
    for (path, obstacle) in cases {
      let snapshot = try repository.index().read(path: path)
      #expect(snapshot.obstacle == obstacle, "\(path)")
      #expect((snapshot.absence != nil) == (obstacle == nil), "\(path)")
    }
  }

  @Test(arguments: [("main", "theirs"), ("main", "deletes"), ("deletes", "main")])
  func conflictsAreRefused(_ ours: String, _ theirs: String) async throws {
    let fixture = try await Fixture.withHistory()
    try await git("checkout", "-q", "-b", "theirs", "main", in: fixture.repo)
    try fixture.write(".tinyforge.yml", spec(7001))
    try await fixture.commit("theirs")
    try await git("checkout", "-q", "-b", "deletes", "main", in: fixture.repo)
    try await git("rm", "-q", ".tinyforge.yml", in: fixture.repo)
    try await fixture.commit("deletes")
    try await git("checkout", "-q", "main", in: fixture.repo)
    try fixture.write(".tinyforge.yml", spec(7002))
    try await fixture.commit("ours")
    try await git("checkout", "-q", ours, in: fixture.repo)
    _ = try await run(
      "git", ["-c", "user.name=x", "-c", "user.email=x", "merge", "-q", theirs], in: fixture.repo)
    let repository = try GitRepository.open(fixture.repo)
    #expect(try repository.index().read(path: ".tinyforge.yml").obstacle == .mergeConflict)
  }

  @Test func caseMattersWhereverTheDiskFoldsIt() async throws {
    let fixture = try await Fixture.withHistory()
    try await git("config", "core.ignorecase", "true", in: fixture.repo)
    let repository = try GitRepository.open(fixture.repo)
    #expect(try repository.index().read(path: ".TinyForge.yml").absence != nil)
  }

  @Test(arguments: ["2", "3", "4"])
  func everyVersionIsRead(_ version: String) async throws {
    let fixture = try await Fixture.withHistory()
    try await git("update-index", "--index-version", version, in: fixture.repo)
    let repository = try GitRepository.open(fixture.repo)
    #expect(try repository.index().read(path: "deploy/app/.tinyforge.yml").text == spec(2001))
  }

  @Test func aBareRepositoryHasNone() async throws {
    let fixture = try await Fixture.withHistory()
    let mirror = try await Layout.mirror.make(fixture)
    let repository = try GitRepository.open(mirror)
    let fault = try failure { () throws(Failure) in try repository.index().read(path: "x") }
    #expect(fault.code == .usage)
  }

  @Test func faultsNameTheirCure() async throws {
    let fixture = try await Fixture.withHistory()
    let split = try await fixture.clone("split")
    try await git("update-index", "--split-index", in: split)
    let noChecksum = try await fixture.clone("noChecksum")
    let index = try readFile("\(noChecksum)/.git/index")
    try fixture.scratch.write(
      "noChecksum/.git/index", index.dropLast(20) + [UInt8](repeating: 0, count: 20))
    let short = try await fixture.clone("short")
    try fixture.scratch.write("short/.git/index", index.prefix(60))
    let garbage = try await fixture.clone("garbage")
    try fixture.scratch.write("garbage/.git/index", "not an index at all, but long enough for it")
    let cases = [
      (split, "config core.splitIndex false && git -C \(split) update-index --no-split-index"),
      (short, "fsck"), (garbage, "fsck"),
      (
        noChecksum,
        "config index.skipHash false && git -C \(noChecksum) update-index --force-write-index"
      ),
    ]
    for (path, remedy) in cases {
      let repository = try GitRepository.open(path)
      let fault = try failure { () throws(Failure) in
        try repository.index().read(path: ".tinyforge.yml")
      }
      #expect(fault.code == .repository)
      #expect(fault.remedy?.text == "git -C \(path) \(remedy)", "\(fault)")
    }
  }
}
