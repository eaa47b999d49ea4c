import TestSupport
import Testing

/// `apply history` and `apply revert` where the event log does not hold what was there before: it was
/// pruned, or the server made the sync.
@Suite(.ownTime, .hangLimit) struct LostHistoryTests {
  private static let columns =
    "SELECT source_config, gitops_last_sync_at, gitops_commit_sha FROM workloads"
  private static let port = "SELECT json_extract(source_config, '$.port') FROM workloads"

  /// A world that was synced with two commits; returns the commits.
  private static func synced() async throws -> (world: World, commits: [String]) {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    _ = try await world.tool("apply", "--all", "--yes")
    let first = try await git("rev-parse", "HEAD", in: world.repository)
    let second = try await world.push("version: 1\ndeploy: {port: 7000, healthcheck: /up}\n")
    _ = try await world.tool("apply", "--all", "--yes")
    return (world, [first, second])
  }

  @Test func aPrunedLogIsSaidAndTheRowIsTold() async throws {
    let (world, commits) = try await Self.synced()
    try await world.addWorkload("w2", enabled: false)
    try await world.sql("DELETE FROM event_log")
    let at = try await world.sql("SELECT gitops_last_sync_at FROM workloads WHERE id = 'w1'")
    for arguments in [["history"], ["history", "shop"], ["history", "w1", "-n", "1"]] {
      let text = try await world.tool("apply", arguments: arguments)
      #expect(text.status == 0 && text.output.contains("or the log was pruned"), "\(text.output)")
      #expect(text.output.contains(at) && text.output.contains(commits[1].prefix(12)))
      #expect(text.output.contains("shop (w1)") && !text.output.contains("w2"))
    }
    let russian = try await world.tool("apply", "history", "--lang", "ru")
    #expect(russian.output.contains("журнал был очищен"))
    let json = try await world.tool("apply", "history", "--format", "json")
    try await expectSchema("history", json.output)
    #expect(json.output.contains(commits[1]) && json.output.contains("\"unlogged\""))
    let before = try await world.sql(".dump")
    for event in [[], ["--event", "2"]] {
      let refused = try await world.tool("apply", arguments: ["revert", "shop", "--yes"] + event)
      #expect(refused.status == 1 && refused.output.contains("or the log was pruned"))
      #expect(
        refused.output.contains("the last sync at \(at) from commit \(commits[1].prefix(12))")
          && refused.output.contains("apply revert w1 --to-commit REV"), "\(refused.output)")
    }
    #expect(try await world.sql(".dump") == before)
  }

  /// A sync that changed no value is in the list at its time, and counts for the limit.
  @Test func aRecordedCommitIsListedAtItsTime() async throws {
    let world = try await World(spec: "version: 1\ndeploy: {port: 3000}\n")
    try await world.addWorkload("w1", name: "shop")
    try await world.addWorkload("w2", name: "blog", enabled: false)
    _ = try await world.tool("apply", "enable", "w2")
    try await world.sql("UPDATE event_log SET created_at = '2001-01-01T00:00:00Z'")
    _ = try await world.tool("apply", "w1", "--yes")
    let text = try await world.tool("apply", "history")
    let first = text.output.split(separator: "\n").dropFirst().first ?? ""
    #expect(first.hasPrefix("-") && first.contains("shop (w1)"), "\(text.output)")
    #expect(text.output.contains("they changed no value, or the log was pruned"))
    let latest = try await world.tool("apply", "history", "--limit", "1")
    #expect(latest.output.contains("shop (w1)") && !latest.output.contains("blog"))
  }

  /// A log that holds a sync of the workload, or a workload that was never synced, has no gap.
  @Test func aWholeLogHasNoGap() async throws {
    let (world, _) = try await Self.synced()
    try await world.addWorkload("w2")
    // Pruned by age: the latest row is left.
    try await world.sql("DELETE FROM event_log WHERE id = 1")
    let text = try await world.tool("apply", "history")
    #expect(!text.output.contains("pruned"), "\(text.output)")
    let never = try await world.tool("apply", "revert", "w2", "--yes")
    #expect(never.status == 1 && never.output.contains("holds no sync of this workload to revert"))
    #expect(!never.output.contains("pruned"))
    try await world.sql("DROP TABLE event_log")
    let none = try await world.tool("apply", "history")
    #expect(none.output.contains("The database has no event log that tells of syncs"))
    let refused = try await world.tool("apply", "revert", "w1", "--yes")
    #expect(refused.status == 1 && refused.output.contains("has no event log that tells of syncs"))
  }

  /// The spec of a commit is put back by each way to name it, and that is undone like a sync.
  @Test(arguments: ["whole", "short", "tag", "parent"])
  func theSpecOfACommitIsPutBack(_ name: String) async throws {
    let (world, commits) = try await Self.synced()
    try await git("tag", "-a", "-m", "one", "v1", commits[0], in: world.repository)
    try await git("push", "-q", "--mirror", "\(world.mirrors)/acme/shop.git", in: world.repository)
    try await world.sql("DELETE FROM event_log")
    let before = try await world.sql(Self.columns)
    let revision =
      switch name {
      case "whole": commits[0]
      case "short": String(commits[0].prefix(9))
      case "tag": "v1"
      default: "main^"
      }
    let look = try await world.tool(
      "apply", "revert", "shop", "--to-commit", revision, "--dry-run", "--format", "json")
    #expect(look.status == 1 && look.output.contains("\"to_commit\": \"\(commits[0])\""))
    try await expectSchema("revert", look.output)
    #expect(try await world.sql(Self.columns) == before)
    let result = try await world.tool(
      "apply", "revert", "shop", "--to-commit", revision, "--yes", "--actor", "bob")
    #expect(result.status == 0, "\(result.output)\(result.error)")
    let words = "put back the spec of commit \(commits[0].prefix(12)) (recorded as event 3)"
    #expect(result.output.contains(words), "\(result.output)")
    #expect(try await world.sql(Self.port) == "8080")
    #expect(try await world.sql("SELECT gitops_commit_sha FROM workloads") == commits[0])
    let audit = try await world.sql(
      """
      SELECT json_extract(metadata, '$.kind', '$.commit', '$.previous_commit', '$.actor') FROM event_log
      """)
    #expect(audit == #"["revert","\#(commits[0])","\#(commits[1])","bob"]"#)
    let again = try await world.tool("apply", "revert", "shop", "--to-commit", revision, "--yes")
    #expect(again.status == 0 && again.output.contains("unchanged"), "\(again.output)")
    let undone = try await world.tool("apply", "revert", "shop", "--yes")
    #expect(undone.output.contains("reverted event 3 (recorded as event 4)"), "\(undone.output)")
    #expect(try await world.sql(Self.columns) == before)
  }

  /// A field that the commit does not declare keeps its value, and that is said; also of a workload that is
  /// opted out, as the manual advises first, and by a clone that is named.
  @Test func whatTheCommitDoesNotDeclareStays() async throws {
    let (world, commits) = try await Self.synced()
    _ = try await world.tool("apply", "disable", "shop")
    let result = try await world.tool(
      "apply", "revert", "shop", "--to-commit", commits[1], "--yes", "--repo", world.repository,
      environment: ["TINYFORGE_MIRRORS": ""])
    #expect(result.status == 0 && result.output.contains("unchanged"), "\(result.output)")
    #expect(result.output.contains("left as it is: deploy_strategy"), "\(result.output)")
    let first = try await world.tool("apply", "revert", "shop", "--to-commit", "HEAD^", "--yes")
    #expect(first.status == 0 && !first.output.contains("left as it is"), "\(first.output)")
    #expect(try await world.sql("SELECT gitops_enabled FROM workloads") == "0")
    #expect(try await world.sql(Self.port) == "8080")
  }

  /// Why the spec of a commit cannot be put back.
  @Test func commitsThatCannotBePutBack() async throws {
    let (world, commits) = try await Self.synced()
    try await git("rm", "-q", ".tinyforge.yml", in: world.repository)
    try await git("commit", "-qm", "Remove the spec", in: world.repository)
    try await world.push("version: 1\ndeploy: {port: 99999}\n")
    try await world.push("version: 2\n")
    let before = try await world.sql(".dump")
    let cases: [(arguments: [String], status: Int, told: String)] = [
      (["--to-commit", "c0ffee0"], 2, "c0ffee0"),
      (["--to-commit", "HEAD~2"], 1, ".tinyforge.yml is not in the commit"),
      (["--to-commit", "HEAD~1"], 1, "99999"), (["--to-commit", "HEAD"], 1, "version must be 1"),
      (["--to-commit", commits[0], "--event", "1"], 2, "--event"),
      (["--to-commit", commits[0], "--force"], 2, "--force"),
      (["--mirrors", world.mirrors], 2, "need --to-commit"),
    ]
    for (arguments, status, told) in cases {
      let result = try await world.tool(
        "apply", arguments: ["revert", "shop", "--yes"] + arguments)
      #expect(result.status == status, "\(arguments) \(result.output)\(result.error)")
      #expect((result.output + result.error).contains(told), "\(result.output)\(result.error)")
    }
    try await world.sql("UPDATE workloads SET source_kind = 'image'")
    let image = try await world.tool("apply", "revert", "shop", "--to-commit", commits[0], "--yes")
    #expect(image.status == 1 && image.output.contains("not image"), "\(image.output)")
    try await world.sql("UPDATE workloads SET source_kind = 'dockerfile'")
    #expect(try await world.sql(".dump") == before)
  }

  // MARK: The server's syncs

  /// What the server does: it writes the config and a row that holds no values from before.
  private static func serverSync(
    _ world: World, _ commit: String, metadata: String = "", severity: String = "info"
  ) async throws {
    try await world.sql(
      """
      UPDATE workloads SET source_config = json_set(source_config, '$.port', 7000),
        gitops_commit_sha = '\(commit)', gitops_last_sync_at = '2026-02-03T04:05:06Z';
      INSERT INTO event_log (source, severity, message, metadata)
      VALUES ('gitops', '\(severity)', 'GitOps sync', '{"workload":"w1","commit":"\(commit)"\(metadata)}');
      """)
  }

  @Test(arguments: [
    "", #","actor":"ann""#, #","changes":[{"field":"port","to":7000}]"#, #","changes":["port"]"#,
  ])
  func aSyncOfTheServerIsItsOwn(_ metadata: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    _ = try await world.tool("apply", "--all", "--yes")
    let first = try await git("rev-parse", "HEAD", in: world.repository)
    try await Self.serverSync(
      world, try await world.push("version: 1\ndeploy: {port: 7000}\n"), metadata: metadata)
    let history = try await world.tool("apply", "history", "shop")
    let who = metadata.contains("ann") ? "ann (server)" : "server"
    let line = try #require(history.output.split(separator: "\n").first { $0.hasPrefix("2") })
    #expect(line.contains("  \(who)  "), "\(history.output)")
    #expect(!history.output.contains("null → 7000"))
    let json = try await world.tool("apply", "history", "--format", "json")
    try await expectSchema("history", json.output)
    #expect(json.output.contains(#""made_by": "server""#))
    let before = try await world.sql(".dump")
    for event in [[], ["--event", "2"], ["--force"]] {
      let refused = try await world.tool("apply", arguments: ["revert", "shop", "--yes"] + event)
      #expect(refused.status == 1, "\(refused.output)")
      #expect(
        refused.output.contains(
          "event 2 is a sync that the server made, and the server does not record old values; "
            + "the last event that can be reverted is event 1; "
            + "apply revert w1 --to-commit \(first) puts back"), "\(refused.output)")
    }
    let early = try await world.tool("apply", "revert", "shop", "--yes", "--event", "1")
    #expect(
      early.status == 1 && early.output.contains("the server synced since (event 2)"),
      "\(early.output)")
    #expect(try await world.sql(".dump") == before)
    // What the message names does it.
    let back = try await world.tool("apply", "revert", "w1", "--to-commit", first, "--yes")
    #expect(back.status == 0, "\(back.output)\(back.error)")
    #expect(try await world.sql(Self.port) == "8080")
  }

  /// With nothing of this toolkit in the log; a sync that failed is none.
  @Test func aLogOfTheServerAlone() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let commit = try await git("rev-parse", "HEAD", in: world.repository)
    try await Self.serverSync(world, commit)
    try await Self.serverSync(world, commit, severity: "error")
    let refused = try await world.tool("apply", "revert", "shop", "--yes")
    #expect(
      refused.status == 1 && refused.output.contains("event 1 is a sync that the server made"))
    #expect(refused.output.contains("the log holds no event that can be reverted"))
    #expect(refused.output.contains("apply revert w1 --to-commit REV"), "\(refused.output)")
    let history = try await world.tool("apply", "history")
    #expect(!history.output.contains("\n2 "), "\(history.output)")
  }

  /// Where the server does record the values, they are put back.
  @Test func valuesThatTheServerRecordsArePutBack() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let commit = try await git("rev-parse", "HEAD", in: world.repository)
    try await Self.serverSync(
      world, commit, metadata: #","changes":[{"field":"port","from":3000,"to":7000}]"#)
    let result = try await world.tool("apply", "revert", "shop", "--yes")
    #expect(result.status == 0, "\(result.output)")
    #expect(try await world.sql(Self.port) == "3000")
  }
}
