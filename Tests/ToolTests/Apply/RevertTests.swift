import TestSupport
import Testing

/// `apply history` and `apply revert`: the way back.
@Suite(.ownTime, .hangLimit) struct RevertTests {
  @Test func theRowIsAsBeforeTheSync() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop", config: World.config(#""port" : 3000 "#))
    let columns = "SELECT source_config, gitops_last_sync_at, gitops_commit_sha FROM workloads"
    let before = try await world.sql(columns)
    #expect(try await world.tool("apply", "--all", "--yes").status == 0)
    #expect(try await world.sql(columns) != before)
    let look = try await world.tool("apply", "revert", "shop", "--dry-run", "--format", "json")
    #expect(look.status == 1)
    try await expectSchema("revert", look.output)
    let words = try await world.tool("apply", "revert", "shop", "--dry-run")
    #expect(words.output.contains("would revert event 1"), "\(words.output)")
    let result = try await world.tool(
      "apply", "revert", "shop", "--yes", "--actor", "bob", "--format", "json")
    #expect(result.status == 0, "\(result.output)\(result.error)")
    try await expectSchema("revert", result.output)
    #expect(try await world.sql(columns) == before)
    let again = try await world.tool("apply", "revert", "w1", "--yes")
    #expect(again.status == 0 && again.output.contains("reverted already, by event 2"))
    let history = try await world.tool("apply", "history", "--format", "json")
    try await expectSchema("history", history.output)
    let rows = try await world.sql(
      """
      SELECT json_extract(metadata, '$.kind'), json_extract(metadata, '$.actor'),
        json_extract(metadata, '$.reverts') FROM event_log WHERE id = 2
      """)
    #expect(rows == "revert|bob|1")
  }

  /// A live value that changed since the sync stays, unless an option says otherwise.
  @Test func whatMovedIsNotOverwritten() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    _ = try await world.tool("apply", "--all", "--yes")
    try await world.sql(
      "UPDATE workloads SET source_config = replace(source_config, '8080', '9090')")
    let before = try await world.sql(".dump")
    let refused = try await world.tool("apply", "revert", "w1", "--yes")
    #expect(
      refused.status == 1
        && refused.output.contains("port was 8080 after the sync and is 9090 now"),
      "\(refused.output)")
    #expect(try await world.sql(".dump") == before)
    #expect(try await world.tool("apply", "revert", "w1", "--yes", "--force").status == 0)
    #expect(try await world.sql("SELECT source_config FROM workloads") == World.config())
  }

  /// An older sync by its number, once the later one is undone.
  @Test func oneSyncAfterTheOther() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    _ = try await world.tool("apply", "--all", "--yes")
    try await world.push("version: 1\ndeploy: {port: 7000}\n")
    _ = try await world.tool("apply", "--all", "--yes")
    let early = try await world.tool("apply", "revert", "w1", "--yes", "--event", "1")
    #expect(early.status == 1 && early.output.contains("set by event 2, the sync of"))
    let late = try await world.tool("apply", "revert", "w1", "--yes")
    #expect(late.status == 0 && late.output.contains("reverted event 2 (recorded as event 3)"))
    let russian = try await world.tool(
      "apply", "revert", "w1", "--yes", "--event", "1", "--lang", "ru")
    #expect(russian.output.contains("отменено: событие 1 (записано как событие 4)"))
    #expect(try await world.sql("SELECT source_config FROM workloads") == World.config())
    let none = try await world.tool("apply", "revert", "w1", "--yes", "--event", "99")
    #expect(none.status == 1 && none.output.contains("event 99 is not a sync"))
  }

  /// A commit that changes no field is recorded without a row of the log: the way back leads past it.
  @Test func aCommitThatChangedNothingIsUndoneToo() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let columns = "SELECT source_config, gitops_last_sync_at, gitops_commit_sha FROM workloads"
    let before = try await world.sql(columns)
    _ = try await world.tool("apply", "--all", "--yes")
    let second = try await world.push(World.spec + "# a comment\n")
    _ = try await world.tool("apply", "--all", "--yes")
    #expect(try await world.sql("SELECT gitops_commit_sha FROM workloads") == second)
    #expect(try await world.tool("apply", "revert", "w1", "--yes").status == 0)
    #expect(try await world.sql(columns) == before)
  }

  @Test func anotherSourceIsLeftAlone() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    // An empty name of an actor is none, as where "$USER" is not set.
    _ = try await world.tool("apply", "--all", "--yes", "--actor", "")
    let actor = try await world.sql("SELECT json_extract(metadata, '$.actor') FROM event_log")
    #expect(try await mustRun("id", ["-un"]) == actor)
    try await world.sql("UPDATE workloads SET source_kind = 'image'")
    let before = try await world.sql(".dump")
    let result = try await world.tool("apply", "revert", "w1", "--yes", "--force")
    #expect(result.status == 1 && result.output.contains("not image"), "\(result.output)")
    #expect(try await world.sql(".dump") == before)
  }

  @Test func whereNobodyCanBeAskedNothingIsReverted() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    #expect(try await world.tool("apply", "w1", "--yes").status == 0)
    let before = try await world.sql(".dump")
    for words in [[], ["--format", "json"], ["--event", "1"]] {
      let asked = try await world.tool("apply", arguments: ["revert", "w1"] + words)
      #expect(asked.status == 2 && asked.error.contains("--yes"), "\(asked)")
    }
    #expect(try await world.sql(".dump") == before)
  }

  /// What keeps a revert from being done, and what is said.
  @Test func refusals() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let none = try await world.tool("apply", "revert", "w1", "--yes")
    #expect(none.status == 1 && none.output.contains("holds no sync"))
    // Where there is nothing to revert, nobody need be asked.
    let nothing = try await world.tool("apply", "revert", "w1")
    #expect(nothing.status == 1 && nothing.output == none.output, "\(nothing)")
    #expect(try await world.tool("apply", "revert", "absent", "--yes").status == 2)
    // A value that the log masks cannot be put back.
    let token = "ghp_" + String(repeating: "a1B2", count: 9)
    try await world.sql(
      "UPDATE workloads SET source_config = replace(source_config, '}', ',\"healthcheck\":\"/\(token)\"}')"
    )
    _ = try await world.tool("apply", "--all", "--yes")
    #expect(try await !world.sql("SELECT metadata FROM event_log").contains(token))
    let masked = try await world.tool("apply", "revert", "w1", "--yes", "--force")
    #expect(masked.status == 1 && masked.output.contains("does not hold the value of healthcheck"))
  }

  @Test func historyListsTheLatestFirst() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    try await world.addWorkload("w2", name: "bücher")
    _ = try await world.tool("apply", "--all", "--yes", "--actor", "ann")
    _ = try await world.tool("apply", "disable", "shop")
    let all = try await world.tool("apply", "history")
    let events = all.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }.dropFirst()
    #expect(events.map { $0.prefix(1) } == ["3", "2", "1"])
    #expect(all.output.contains("shop (w1)") && all.output.contains("ann@"))
    let one = try await world.tool("apply", "history", "bücher", "-n", "1", "--lang", "ru")
    #expect(one.output.contains("синхронизация") && !one.output.contains("shop"))
    #expect(try await world.tool("apply", "history", "--limit", "0").status == 2)
    #expect(try await world.tool("apply", "history", "absent").status == 2)
  }
}
