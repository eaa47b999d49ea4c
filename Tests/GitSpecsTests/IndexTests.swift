import GitSpecs
import SystemPackage
import TestSupport
import Testing
import TinyforgeCore

@Suite(.ownTime, .hangLimit) struct IndexTests {
  @Test func holdsWhatIsStagedOnly() async throws {
    let fixture = try await Fixture.withHistory()
    try fixture.write(".tinyforge.yml", spec(5001))
    try await git("add", ".tinyforge.yml", in: fixture.repo)
    try fixture.write(".tinyforge.yml", spec(5002))
    try fixture.write("untracked.yml", spec(5003))
    let repository = try GitRepository.open(fixture.repo)
    let staged = try repository.index().read(path: ".tinyforge.yml")
    #expect(staged.text == spec(5001))
    #expect(staged.provenance == .index)
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

  /// Since git 2.40 an index may be without its checksum (`index.skipHash`), which git does not compare.
  @Test func aMissingChecksumIsNoFault() async throws {
    let fixture = try await Fixture.withHistory()
    let index = try readFile("\(fixture.repo)/.git/index")
    try fixture.scratch.write(
      "repo/.git/index", index.dropLast(20) + [UInt8](repeating: 0, count: 20))
    try await git("status", in: fixture.repo)
    let repository = try GitRepository.open(fixture.repo)
    #expect(try repository.index().read(path: ".tinyforge.yml").text == spec(1002))
  }

  /// What git lists is what is read, in each version, with names that share beginnings and names of any length.
  @Test(arguments: ["2", "3", "4"])
  func everyEntryIsGits(_ version: String) async throws {
    let fixture = try await Fixture.withHistory()
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    for number in 0..<200 {
      let length = Int.random(in: 1...120, using: &random)
      let name = (0..<length).map { _ in ["a", "b", "é", "-"].randomElement(using: &random) ?? "" }
      try fixture.write("n/\(name.joined().prefix(60))\(number)", "\(number % 7)")
    }
    try await git("add", "-A", in: fixture.repo)
    try await mustRun(
      "sh",
      [
        "-c",
        "cd n; touch later; git add -N later; git update-index --skip-worktree -- $(ls | head -3)",
      ],
      in: fixture.repo)
    try await git("update-index", "--index-version", version, in: fixture.repo)
    let listed = try await git(
      "-c", "core.quotePath=false", "ls-files", "--format=%(objectname) %(path)", in: fixture.repo)
    let index = try GitRepository.open(fixture.repo).index()
    let read = try index.entries { _ in true }.map { "\($0.identity) \($0.path.string)" }
    let expected = listed.split(separator: "\n").map {
      $0.hasSuffix("n/later") ? "intentToAdd n/later" : String($0)
    }
    #expect(read == expected)
  }

  /// Each command is run as it is printed; then the index can be read.
  @Test(arguments: ["split", "short", "garbage", "empty", "count", "version"])
  func theRemedyWorks(_ fault: String) async throws {
    let fixture = try await Fixture.withHistory()
    let path = try await fixture.clone(fault)
    var index = try readFile("\(path)/.git/index")
    switch fault {
    case "split":
      try await git("update-index", "--split-index", in: path)
      try await mustRun("sh", ["-c", "rm .git/sharedindex.*"], in: path)
    case "short": index = Array(index.prefix(60))
    case "garbage": index = Array("not an index at all, but long enough for it".utf8)
    case "empty": index = Array(index.prefix(1))
    case "count": index[8] = 0xFF
    default: index[7] = 9
    }
    if fault != "split" { try fixture.scratch.write("\(fault)/.git/index", index) }
    let failed = try failure { () throws(Failure) in
      try GitRepository.open(path).index().read(path: ".tinyforge.yml")
    }
    #expect(failed.code == .repository)
    try await mustRun("sh", ["-c", try #require(failed.remedy?.text)])
    #expect(
      try GitRepository.open(path).index().read(path: ".tinyforge.yml").text == spec(1002))
  }

  /// What is added, changed and removed beside a shared index, in random order, in each version.
  @Test(arguments: ["2", "4"])
  func aSplitIndexIsGits(_ version: String) async throws {
    let fixture = try await Fixture.withHistory()
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    for number in 0..<150 { try fixture.write("n/\(number)é", "\(number)") }
    try await git("add", "-A", in: fixture.repo)
    try await git("update-index", "--index-version", version, in: fixture.repo)
    try await git("config", "core.splitIndex", "true", in: fixture.repo)
    try await git("config", "splitIndex.maxPercentChange", "100", in: fixture.repo)
    try await git("update-index", "--split-index", in: fixture.repo)
    var hasShared = false
    for round in 0..<12 {
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        try await Self.changeIndex(of: fixture, round, &random)
      }
      let listed = try await git(
        "-c", "core.quotePath=false", "ls-files", "--format=%(objectname) %(path)",
        in: fixture.repo)
      let files = try await mustRun("ls", ["\(fixture.repo)/.git"])
      hasShared = hasShared || files.contains("sharedindex.")
      let read = try GitRepository.open(fixture.repo).index().entries { _ in true }
      #expect(
        read.map { "\($0.identity) \($0.path.string)" }
          == listed.split(separator: "\n").map(String.init))
    }
    #expect(hasShared)
  }

  private static func changeIndex(
    of fixture: Fixture, _ round: Int, _ random: inout SeededGenerator
  ) async throws {
    let path = "n/\(Int.random(in: 0..<170, using: &random))é"
    switch Int.random(in: 0..<4, using: &random) {
    case 0: try await git("rm", "-q", "--cached", "--ignore-unmatch", path, in: fixture.repo)
    case 1: try await git("update-index", "--split-index", in: fixture.repo)
    default:
      try fixture.write(path, "changed \(round)")
      try await git("add", path, in: fixture.repo)
    }
  }

  /// Damage of a split index, or of the one that it shares, ends likewise.
  @Test func damageOfASplitIndexIsSeen() async throws {
    let fixture = try await Fixture.withHistory()
    try await git("update-index", "--split-index", in: fixture.repo)
    for number in 0..<40 { try fixture.write("n/\(number)", "\(number)") }
    try await mustRun("sh", ["-c", "git add n; git rm -q --cached light || :"], in: fixture.repo)
    let index = try readFile("\(fixture.repo)/.git/index")
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    for _ in 0..<FuzzSetting.count(default: 2_000) {
      var bytes = index
      // The extension is at the end.
      let start = Bool.random(using: &random) ? 0 : max(0, bytes.count - 120)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: start..<bytes.count, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      try fixture.scratch.write("repo/.git/index", bytes)
      let repository = try GitRepository.open(fixture.repo)
      _ = try? repository.index().entries { _ in true }
    }
  }

  /// Damage of any kind ends in a fault or in entries, never in a trap.
  @Test func damageIsSeen() async throws {
    let fixture = try await Fixture.withHistory()
    for version in ["2", "4"] {
      try await git("update-index", "--index-version", version, in: fixture.repo)
      let index = try readFile("\(fixture.repo)/.git/index")
      var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
      for _ in 0..<FuzzSetting.count(default: 2_000) {
        var bytes = index
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
            in: 0...255, using: &random)
        }
        try fixture.scratch.write(
          "repo/.git/index", bytes.prefix(.random(in: 0...bytes.count, using: &random)))
        let repository = try GitRepository.open(fixture.repo)
        _ = try? repository.index().entries { _ in true }
      }
    }
  }
}
