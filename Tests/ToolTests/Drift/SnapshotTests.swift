import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// Runners that must not see the database.
@Suite(.ownTime, .hangLimit) struct SnapshotTests {
  @Test func aSnapshotStandsInForTheDatabase() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    try await world.addWorkload("w2", config: World.config(#""port":8080.0"#))
    try await world.addWorkload("w3", source: "static")
    try await world.addWorkload("w4", config: "nonsense")
    let base = try await git("rev-parse", "HEAD", in: world.repository)
    try await world.markSynced("w1", at: base)
    let direct = try await world.tool("drift", "--all", "--format", "json")
    let file = world.scratch.file("live.json")
    let taken = try await world.tool("drift", "--all", "--snapshot", file)
    #expect(taken.status == 0 && taken.output.isEmpty)
    #expect(taken.error == "wrote the live values of 4 workloads to \(file)\n")
    try await expectSchema("snapshot", String(decoding: readFile(file), as: UTF8.self))

    let result = try await run(
      builtTool("drift"), ["--all", "--live", file, "--format", "json"],
      environment: ["TINYFORGE_MIRRORS": world.mirrors])
    #expect(result.status == 2)
    #expect(result.error.contains("taken at 20") && result.error.contains(" ago\n"))
    try await expectSchema("drift", result.output)
    var (left, right) = (
      try DriftFleetTests.report(direct.output), try DriftFleetTests.report(result.output)
    )
    #expect(right.snapshotTakenAt != nil && right.workloads[0].drift[0].cause == .liveEdited)
    (left.generatedAt, right.generatedAt, right.snapshotTakenAt) = ("", "", nil)
    left.workloads[3].message = right.workloads[3].message
    #expect(left == right)
  }

  /// A name that the snapshot does not hold is missing there, not in a database.
  @Test func aNameThatTheSnapshotLacks() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let file = world.scratch.file("live.json")
    _ = try await world.tool("drift", "--workload", "shop", "--snapshot", file)
    for (name, remedy) in [("shpo", "did you mean shop?"), ("other", "drift --all --snapshot")] {
      let result = try await world.tool("drift", "--workload", name, "--live", file)
      #expect(
        result.status == 2 && result.error.contains("no workload \"\(name)\" in the snapshot"))
      #expect(
        result.error.contains(remedy) && !result.error.contains("database"), "\(result.error)")
    }
  }

  /// The `@` after a password may have a combining mark after it, with which it is one character.
  @Test func anAddressWithACombiningMark() async throws {
    let world = try await World()
    try await world.addWorkload(
      "w1",
      config: """
        {"provider":"gitea","base_url":"https://u:hunter2-hunter2@\u{301}git.example.org/x",
        "repo_owner":"acme","repo_name":"shop","branch":"main","port":3000}
        """)
    let result = try await world.tool("drift", "--all", "--snapshot", "-")
    #expect(result.output.contains("git.example.org") && !result.output.contains("hunter2"))
  }

  @Test func nothingButFieldsAndCoordinatesIsTaken() async throws {
    let world = try await World()
    let secret = "hunter2-hunter2"
    let token = "ghp_" + String(repeating: "a1B2c3", count: 6)
    try await world.addWorkload(
      "w1",
      config: """
        {"provider":"gitea","base_url":"https://u:\(secret)@git.example.org/x?t=\(secret)#\(secret)",
        "repo_owner":"acme","repo_name":"shop","branch":"main","access_token":"\(secret)",
        "port":3000,"healthcheck":"/x?token=\(token)","env":{"A":"\(secret)"},"memory":7}
        """)
    let result = try await world.tool("drift", "--all", "--snapshot", "-")
    #expect(!result.output.contains("hunter2") && !result.output.contains("ghp_"))
    #expect(!result.output.contains("memory") && !result.output.contains("env"))
    #expect(result.output.contains("\"base_url\": \"https://git.example.org/x\""))
    try await expectSchema("snapshot", result.output)
    let file = try world.scratch.write("live.json", result.output)
    let drift = try await world.tool("drift", "--all", "--live", file, "--format", "json")
    let workload = try DriftFleetTests.report(drift.output).workloads[0]
    #expect(workload.drift.map(\.field) == ["port", "deploy_strategy"])
    #expect(workload.notes.contains { $0.contains("healthcheck is not compared") })
  }

  @Test func aSnapshotIsReplacedAtOnceAndKeepsItsMode() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let file = world.scratch.file("live.json")
    _ = try await world.tool("drift", "--all", "--snapshot", file)
    #expect(try await mustRun("stat", ["-c", "%a", file]) == "600")
    try await mustRun("chmod", ["644", file])
    let first = try await mustRun("stat", ["-c", "%i", file])
    _ = try await world.tool("drift", "--all", "--snapshot", file)
    #expect(try await mustRun("stat", ["-c", "%a", file]) == "644")
    #expect(try await mustRun("stat", ["-c", "%i", file]) != first)
    for place in ["/nonexistent/x", world.scratch.path, "/dev/full"] {
      let result = try await world.tool("drift", "--all", "--snapshot", place)
      #expect(result.status == 2 && result.error.contains("snapshot"), "\(result.error)")
    }
    #expect(try await mustRun("ls", [world.scratch.path]).contains("tinyforge-") == false)
  }

  /// What is done to a snapshot, and what the refusal must say.
  @Test(arguments: [
    ("snapshot/v1", "snapshot/v2", "tinyforge.snapshot/v2\"; this version reads"),
    ("tinyforge.snapshot/v1", "tinyforge.drift/v1", "is a report of drift"),
    ("\"schema\"", "\"x\"", "schema is not text"),
    ("\"taken_at\": \"2", "\"taken_at\": \"x", "taken_at"),
    ("\"gitops_enabled\": true", "\"gitops_enabled\": 1", "workloads[0].gitops_enabled"),
    ("{", "", "at byte"),
    ("\"source_config\": {", "\"source_config\": 7, \"x\": {", "source_config"),
  ])
  func anotherSnapshotIsRefused(_ part: String, _ other: String, _ words: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let taken = try await world.tool("drift", "--all", "--snapshot", "-")
    let range = try #require(taken.output.firstRange(of: part))
    let file = try world.scratch.write(
      "live.json", taken.output.replacingCharacters(in: range, with: other))
    let result = try await world.tool("drift", "--all", "--live", file)
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.error.contains(words), "\(result.error)")
  }

  @Test func anEmptyChoiceIsAFault() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let file = world.scratch.file("live.json")
    _ = try await world.tool("drift", "--all", "--snapshot", file)
    #expect(try await world.tool("drift", "--live", file).status == 2)
    let unknown = try await world.tool("drift", "--workload", "w9", "--live", file)
    #expect(unknown.status == 2 && unknown.error.contains("there is no workload"))
    let older = String(decoding: try readFile(file), as: UTF8.self)
      .replacing(#/"taken_at": "[^"]*"/#, with: #""taken_at": "2020-01-01T00:00:00Z""#)
    try world.scratch.write("live.json", older)
    let result = try await world.tool("drift", "--all", "--live", file)
    #expect(result.error.contains(" days ago") && result.output.contains("2020-01-01T00:00:00Z"))
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
