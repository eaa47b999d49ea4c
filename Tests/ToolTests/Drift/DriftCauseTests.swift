import TestSupport
import Testing
import TinyforgeCore

/// Who moved: the table of docs/drift.md, on real repositories.
@Suite(.ownTime, .hangLimit) struct DriftCauseTests {
  /// The port as synced, as declared now, as live; and the cause.
  struct Case: Sendable, CustomTestStringConvertible {
    var base: String
    var now: String
    var live: String
    var cause: String
    var testDescription: String { "\(base) \(now) \(live) → \(cause)" }
  }

  static let cases = [
    Case(base: "port: 1", now: "port: 1", live: #""port":2"#, cause: "port live_edited"),
    Case(base: "port: 1", now: "port: 2", live: #""port":1"#, cause: "port spec_moved"),
    Case(base: "port: 1", now: "port: 2", live: #""port":1.0"#, cause: "port spec_moved"),
    Case(base: "port: 1", now: "port: 2", live: #""port":3"#, cause: "port both"),
    Case(base: "port: 1", now: "port: 2", live: #""x":1"#, cause: "port both"),
    Case(base: "port: 1", now: "port: 1", live: #""x":1"#, cause: "port live_edited"),
    Case(base: "port: 1", now: "port: 1", live: #""port":"1""#, cause: "port live_edited"),
    Case(base: "{}", now: "port: 2", live: #""port":1"#, cause: "port never_synced"),
    Case(base: "port: ~", now: "port: 2", live: #""port":1"#, cause: "port never_synced"),
    Case(
      base: "healthcheck: ''", now: "healthcheck: /x", live: #""x":1"#,
      cause: "healthcheck spec_moved"),
    Case(
      base: "healthcheck: /x", now: "healthcheck: /x", live: #""x":1"#,
      cause: "healthcheck live_edited"),
    Case(
      base: "deploy_strategy: recreate", now: "deploy_strategy: ''",
      live: #""deploy_strategy":"blue-green""#, cause: "deploy_strategy live_edited"),
    Case(
      base: "deploy_strategy: recreate", now: "deploy_strategy: blue-green",
      live: #""deploy_strategy":"""#, cause: "deploy_strategy spec_moved"),
  ]

  @Test(arguments: cases)
  func whoMoved(_ test: Case) async throws {
    let world = try await World(spec: Self.spec(test.base))
    let base = try await git("rev-parse", "HEAD", in: world.repository)
    try await world.push(Self.spec(test.now) + "# later\n")
    try await world.addWorkload("w1", config: World.config(test.live))
    try await world.markSynced("w1", at: base)
    #expect(try await world.causes() == [test.cause])
  }

  @Test func nothingWasSynced() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    #expect(
      try await world.causes() == [
        "port never_synced", "healthcheck never_synced", "deploy_strategy never_synced",
      ])
  }

  @Test func eachFieldHasItsOwnCause() async throws {
    let world = try await World(spec: Self.spec("port: 1\n  healthcheck: /a"))
    let base = try await git("rev-parse", "HEAD", in: world.repository)
    try await world.push(Self.spec("port: 1\n  healthcheck: /b\n  deploy_strategy: blue-green"))
    try await world.addWorkload("w1", config: World.config(#""port":2,"healthcheck":"/a""#))
    try await world.markSynced("w1", at: base)
    let report = try await world.drift()
    #expect(
      report.workloads[0].drift.map { "\($0.field) \($0.cause.rawValue)" } == [
        "port live_edited", "healthcheck spec_moved", "deploy_strategy never_synced",
      ])
    #expect(report.workloads[0].drift.map(\.base) == [1, "/a", nil])
    #expect(report.summary.causes[.specMoved] == 1)
  }

  @Test func aShallowCloneDoesNotHoldTheSync() async throws {
    let world = try await World()
    let base = try await git("rev-parse", "HEAD", in: world.repository)
    try await world.push(Self.spec("port: 5"))
    try await world.addWorkload("w1")
    try await world.markSynced("w1", at: base)
    let clone = world.scratch.file("shallow")
    try await git(
      "clone", "-q", "--depth", "1", "file://\(world.repository)", clone, in: world.scratch.path)
    let entry = try await world.drift("--repo", clone).workloads[0].drift[0]
    #expect(entry.cause == .unknown && entry.reason.contains("shallow"))
    #expect(entry.reason.contains("git fetch --unshallow"))
    #expect(entry.touched == nil && entry.untold?.contains("shallow") == true)
  }

  @Test func aSyncWithinAShallowCloneIsTold() async throws {
    let world = try await World()
    let base = try await world.push(Self.spec("port: 4"))
    let tip = try await world.push(Self.spec("port: 5"))
    try await world.addWorkload("w1", config: World.config(#""port":4"#))
    try await world.markSynced("w1", at: base)
    let clone = world.scratch.file("shallow")
    try await git(
      "clone", "-q", "--depth", "2", "file://\(world.repository)", clone, in: world.scratch.path)
    let entry = try await world.drift("--repo", clone).workloads[0].drift[0]
    #expect(entry.cause == .specMoved && entry.touched?.commit == tip)
  }

  /// The mirror still holds the synced commit: force-pushed away, and not collected yet.
  @Test(arguments: [false, true])
  func aRewrittenHistory(collected: Bool) async throws {
    let world = try await World()
    let base = try await world.push(Self.spec("port: 4"))
    try await git("commit", "-q", "--amend", "-m", "Other words", in: world.repository)
    try await git(
      "push", "-qf", "--mirror", "\(world.mirrors)/acme/shop.git", in: world.repository)
    if collected {
      try await git("gc", "-q", "--prune=now", in: "\(world.mirrors)/acme/shop.git")
    }
    try await world.addWorkload("w1")
    try await world.markSynced("w1", at: base)
    let entry = try await world.drift().workloads[0].drift[0]
    #expect(entry.cause == .unknown && entry.reason.contains("rewritten"), "\(entry.reason)")
  }

  @Test func aRevisionBesideTheBranchKeepsItsBase() async throws {
    let world = try await World(spec: Self.spec("port: 1"))
    try await git("checkout", "-qb", "topic", in: world.repository)
    try await world.push(Self.spec("port: 2"))
    try await git("checkout", "-q", "main", in: world.repository)
    let base = try await world.push(Self.spec("port: 1\n  healthcheck: /x"))
    try await world.addWorkload("w1", config: World.config(#""port":1,"healthcheck":"/x""#))
    try await world.markSynced("w1", at: base)
    let entry = try await world.drift("--rev", "topic").workloads[0].drift[0]
    #expect(entry.cause == .specMoved, "\(entry.reason)")
  }

  @Test func aMovedPathIsTold() async throws {
    let world = try await World(spec: Self.spec("port: 1"))
    let base = try await git("rev-parse", "HEAD", in: world.repository)
    try await git("mv", ".tinyforge.yml", "other.yml", in: world.repository)
    try await world.push(Self.spec("port: 2"))
    try await world.addWorkload("w1", path: "other.yml")
    try await world.markSynced("w1", at: base)
    let entry = try await world.drift().workloads[0].drift[0]
    #expect(entry.cause == .unknown && entry.reason.contains("gitops_path was moved"))
  }

  /// Both files were there at the sync: only the audit knows which one was read.
  @Test func aMovedPathIsToldByTheAudit() async throws {
    let world = try await World(spec: Self.spec("port: 1"))
    try world.scratch.write("source/other.yml", Self.spec("port: 7"))
    try await world.push(Self.spec("port: 1"))
    try await world.addWorkload("w1", config: World.config(#""port":2"#))
    #expect(try await world.tool("apply", "--all", "--yes").status == 0)
    try await world.sql("UPDATE workloads SET gitops_path = 'other.yml'")
    let entry = try await world.drift().workloads[0].drift[0]
    #expect(entry.cause == .unknown)
    #expect(entry.reason == "gitops_path was moved: it was .tinyforge.yml at the last sync")
  }

  /// What the spec was at the sync, and what the reason must say.
  @Test(arguments: [
    ("version: 2\n", "not valid"), ("nonsense: [", "not valid"),
    ("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "is none"),
  ])
  func aBaseThatIsNoSpec(_ base: String, _ words: String) async throws {
    let world = try await World(spec: base)
    let commit = try await git("rev-parse", "HEAD", in: world.repository)
    try await world.push(Self.spec("port: 2"))
    try await world.addWorkload("w1")
    try await world.markSynced("w1", at: commit)
    let entry = try await world.drift().workloads[0].drift[0]
    #expect(entry.cause == .unknown && entry.reason.contains(words), "\(entry.reason)")
  }

  @Test(arguments: ["abc", "'; DROP TABLE workloads", "\u{1B}[31m", "HEAD"])
  func aCommitThatIsNone(_ commit: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.markSynced("w1", at: commit.replacing("'", with: "''"))
    let entry = try await world.drift().workloads[0].drift[0]
    #expect(entry.cause == .unknown && !entry.reason.contains("\u{1B}"), "\(entry.reason)")
  }

  @Test func theSyncThatSetAFieldIsNamed() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    #expect(try await world.tool("apply", "--all", "--yes", "--actor", "ann").status == 0)
    try await world.sql(
      "UPDATE workloads SET source_config = replace(source_config, '8080', '9090')")
    let entry = try await world.drift().workloads[0].drift[0]
    #expect(entry.cause == .liveEdited && entry.base == 8080 && entry.live == 9090)
    #expect(entry.syncedBy?.actor == "ann" && entry.syncedBy?.id == 1)
  }

  static func spec(_ fields: String) -> String { "version: 1\ndeploy:\n  \(fields)\n" }
}
