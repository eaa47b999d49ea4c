import TestSupport
import Testing

@Suite(.ownTime, .hangLimit) struct ApplyTests {
  @Test func aSyncWritesEverythingAtOnce() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let head = try await git("rev-parse", "HEAD", in: world.repository)
    let result = try await world.tool(
      "apply", "--all", "--yes", "--actor", "ann", "--format", "json")
    #expect(result.status == 0, "\(result.output)\(result.error)")
    try await expectSchema("apply", result.output)
    #expect(result.output.contains("\"result\": \"applied\""))
    let config = try await world.sql("SELECT source_config FROM workloads")
    #expect(
      config
        == World.config(
          #""port":8080,"healthcheck":"/healthz","deploy_strategy":"blue-green""#))
    #expect(try await world.sql("SELECT gitops_commit_sha FROM workloads") == head)
    let time = try await world.sql("SELECT gitops_last_sync_at FROM workloads")
    #expect(time.count == 20 && time.hasSuffix("Z"))
    let audit = try await world.sql(
      """
      SELECT count(*), source, severity, json_extract(metadata, '$.actor'),
        json_extract(metadata, '$.commit'), json_array_length(metadata, '$.changes') FROM event_log
      """)
    #expect(audit == "1|gitops|info|ann|\(head)|3")
    #expect(try await world.tool("drift", "--all").status == 0)
  }

  @Test func aSecondSyncChangesNothing() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    #expect(try await world.tool("apply", "--all", "--yes").status == 0)
    let before = try await world.sql(".dump")
    let again = try await world.tool("apply", "--all", "--yes", "--format", "json")
    #expect(again.status == 0 && again.output.contains("\"result\": \"unchanged\""))
    #expect(try await world.sql(".dump") == before)
  }

  /// A commit that changes no field is recorded, without a row in the event log.
  @Test func anUnchangedWorkloadRecordsItsCommit() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    _ = try await world.tool("apply", "--all", "--yes")
    let commit = try await world.push(World.spec + "# a comment\n")
    let result = try await world.tool("apply", "--all", "--yes")
    #expect(result.status == 0 && result.output.contains("unchanged"))
    #expect(
      try await world.sql("SELECT gitops_commit_sha FROM workloads") == commit)
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "1")
  }

  @Test func omittedFieldsAreNeverTouched() async throws {
    let world = try await World(spec: "version: 1\ndeploy: {port: 8080}\n")
    let leaves = #""healthcheck":"/old","port":3000,"price":1.10,"deploy_strategy":"blue-green""#
    try await world.addWorkload("w1", config: World.config(leaves))
    #expect(try await world.tool("apply", "--all", "--yes").status == 0)
    #expect(
      try await world.sql("SELECT source_config FROM workloads")
        == World.config(leaves.replacing("3000", with: "8080")))
  }

  @Test func nobodyToAskNeedsYes() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let before = try await world.sql(".dump")
    let result = try await world.tool("apply", "--all")
    #expect(result.status == 2 && result.error.contains("--yes"))
    #expect(try await world.sql(".dump") == before)
  }

  @Test func aDryRunWritesNothing() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let before = try await world.sql(".dump")
    let result = try await world.tool("apply", "--all", "--dry-run", "--format", "json")
    #expect(result.status == 1 && result.output.contains("\"result\": null"))
    try await expectSchema("apply", result.output)
    #expect(try await world.sql(".dump") == before)
  }

  /// Why a sync is refused, and what the message says.
  @Test(arguments: [
    ("version: 1\ndeploy: {port: 70000}\n", World.config(), "must be between 1 and 65535"),
    ("version: 2\n", World.config(), "version must be 1"),
    (
      "version: 1\ndeploy: {deploy_strategy: blue-green}\n", World.config(#""port":-5"#),
      "port must"
    ),
  ])
  func refusals(_ spec: String, _ config: String, _ words: String) async throws {
    let world = try await World(spec: spec)
    try await world.addWorkload("w1", config: config)
    let before = try await world.sql(".dump")
    let result = try await world.tool("apply", "--all", "--yes")
    #expect(result.status == 1 && result.output.contains(words), "\(result.output)")
    #expect(try await world.sql(".dump") == before)
  }

  /// Odd JSON is refused, never rewritten.
  @Test(arguments: [
    #"{"port":1,"port":2}"#, #"{"Port":1}"#, "not json", "", "[]", #"{"port":1}x"#,
  ])
  func oddConfigsStand(_ config: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1", config: config)
    let before = try await world.sql(".dump")
    let result = try await world.tool(
      "apply", "--workload", "w1", "--yes", "--repo", world.repository)
    #expect(result.status != 0)
    #expect(try await world.sql(".dump") == before)
  }

  @Test(arguments: [("image", true), ("dockerfile", false)])
  func whatIsNotOptedInIsRefused(_ source: String, _ enabled: Bool) async throws {
    let world = try await World()
    try await world.addWorkload("w1", source: source, enabled: enabled)
    let before = try await world.sql(".dump")
    #expect(try await world.tool("apply", "--workload", "w1", "--yes").status == 1)
    #expect(try await world.sql(".dump") == before)
  }

  @Test func oneRefusalStopsTheRunUnlessToldToGoOn() async throws {
    let world = try await World()
    try await world.addWorkload("a", config: World.config(#""port":3,"healthcheck":5"#))
    try await world.addWorkload("b")
    let stopped = try await world.tool("apply", "--all", "--yes")
    #expect(stopped.status == 1 && stopped.error.contains("not tried"))
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "0")
    let whole = try await world.tool("apply", "--all", "--yes", "--keep-going", "--format", "json")
    #expect(whole.status == 1)
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "1")
  }

  /// The contract of one terminal session: the change is shown, and only `yes` goes on.
  @Test(arguments: [("yes", 0, "1"), ("y", 1, "0"), ("no", 1, "0"), ("", 1, "0")])
  func asksOnATerminal(_ answer: String, _ status: Int, _ events: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    // `script` runs the tool on a terminal of its own, and types what it is given.
    let command = "'\(builtTool("apply"))' --all; echo status=$?"
    let result = try await run(
      "script", ["-qec", command, "/dev/null"],
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors],
      input: "\(answer)\n")
    #expect(result.output.contains("Type yes to apply:"), "\(result.output)")
    #expect(result.output.contains("status=\(status)"))
    #expect(try await world.sql("SELECT count(*) FROM event_log") == events)
  }
}
