import TestSupport
import Testing
import TinyforgeCore

/// What drift says after a revert, with the database and with a snapshot of it: the same.
struct RevertCauseTests {
  /// What is done to a synced world, and the cause of the port's drift.
  private static let cases: [(steps: [[String]], cause: String, reason: String)] = [
    ([["revert"]], "reverted", "event 2 reverted the sync of event 1"),
    (
      [["push", "7000"], ["sync"], ["revert"]], "reverted", "event 3 reverted the sync of event 2"
    ),
    (
      [["push", "7000"], ["sync"], ["revert"], ["revert", "--event", "1"]], "reverted",
      "event 4 reverted the sync of event 1"
    ),
    (
      [["push", "7000"], ["sync"], ["revert", "--to-commit", "HEAD^"]], "reverted",
      "event 3 put back the spec of commit "
    ),
    // Forced over a value that was edited in between: what the sync had set is undone all the same.
    (
      [["edit", "9"], ["revert", "--force"]], "reverted", "event 2 reverted the sync of event 1"
    ),
    // A revert that was followed by an edit, by a new spec or by a sync explains nothing.
    ([["revert"], ["edit", "9"]], "live_edited", "the live value was changed since"),
    ([["revert"], ["push", "7000"]], "both", "both the spec and the live value were changed"),
    (
      [["push", "7000"], ["sync"], ["revert"], ["push", "7001"]], "spec_moved",
      "the spec was changed since"
    ),
    ([["revert"], ["sync"], ["edit", "9"]], "live_edited", "the live value was changed since"),
  ]

  @Test(arguments: cases.indices)
  func theCauseIsTheRevert(_ index: Int) async throws {
    let test = Self.cases[index]
    let world = try await World(spec: Self.spec("8080"))
    try await world.addWorkload("w1", name: "shop")
    for step in [["sync"]] + test.steps { try await carryOut(step, in: world) }
    let entry = try #require(try await world.drift().workloads[0].drift.first)
    #expect(entry.cause.rawValue == test.cause, "\(entry)")
    #expect(entry.reason.contains(test.reason), "\(entry.reason)")
    try await expectSameWithASnapshot(world)
  }

  /// A first sync by a commit that was put back, and undone, leaves no mark in the row; the log knows.
  @Test func aRevertedFirstSyncIsToldInEachForm() async throws {
    let world = try await World(spec: Self.spec("8080"))
    try await world.addWorkload("w1", name: "shop")
    for step in [["sync"], ["revert"]] { try await carryOut(step, in: world) }
    let words = "sync reverted: event 2 reverted the sync of event 1"
    for form in ["text", "markdown", "html", "github", "gitlab", "sarif", "junit"] {
      let result = try await world.tool("drift", "w1", "--format", form)
      let text = result.output.replacing("</span> ", with: ": ")
      #expect(result.status == 1 && text.contains(words), "\(form): \(text)")
      #expect(!text.contains("live value edited: "), "\(form): \(text)")
    }
    let text = try await world.tool("drift", "w1")
    #expect(text.output.contains(", event 2, which reverted event 1\n"), "\(text)")
    let metrics = try await world.tool("drift", "w1", "--format", "prometheus")
    #expect(metrics.output.contains("tinyforge_drift_fields{cause=\"reverted\"} 3") == false)
    #expect(metrics.output.contains("tinyforge_drift_fields{cause=\"reverted\"} 1"))
    let russian = try await world.tool("drift", "w1", "--lang", "ru")
    #expect(russian.output.contains("синхронизация отменена: "), "\(russian)")
    #expect(russian.output.contains(", событие 2, отменившее событие 1\n"), "\(russian)")
  }

  /// No value of a log that looks like a credential gets into a snapshot.
  @Test func aSnapshotKeepsNoCredentialOfTheLog() async throws {
    let token = "ghp_" + String(repeating: "a1B2c3", count: 6)
    let world = try await World(spec: Self.spec("8080"))
    try await world.addWorkload("w1")
    try await world.sql(
      """
      INSERT INTO event_log (severity, source, message, metadata) VALUES ('info', 'gitops', 'x',
        '{"kind":"revert","workload":"w1","reverts":1,"tool":"apply","actor":"\(token)",
        "changes":[{"field":"healthcheck","from":"/\(token)","to":"/"}]}')
      """)
    let taken = try await world.tool("drift", "--all", "--snapshot", "-")
    #expect(taken.status == 0 && taken.output.contains("\"log\""), "\(taken)")
    #expect(!taken.output.contains(token), "\(taken.output)")
    try await expectSchema("snapshot", taken.output)
  }

  /// A snapshot of an earlier version has no log; nothing is made up then.
  @Test func aSnapshotWithoutALog() async throws {
    let world = try await World(spec: Self.spec("8080"))
    try await world.addWorkload("w1")
    let taken = try await world.tool("drift", "--all", "--snapshot", "-")
    #expect(!taken.output.contains("\"log\""), "\(taken)")
    let file = try world.scratch.write("live.json", taken.output)
    let drift = try await world.tool("drift", "--all", "--live", file)
    #expect(drift.output.contains("never synced: no sync of the workload is recorded"), "\(drift)")
  }

  private func carryOut(_ step: [String], in world: World) async throws {
    switch step[0] {
    case "push": try await world.push(Self.spec(step[1]))
    case "edit":
      try await world.sql(
        "UPDATE workloads SET source_config = json_set(source_config, '$.port', \(step[1]))")
    case "sync": #expect(try await world.tool("apply", "w1", "--yes").status == 0)
    default:
      let revert = try await world.tool("apply", arguments: step + ["w1", "--yes"])
      #expect(revert.status == 0, "\(revert)")
    }
  }

  private func expectSameWithASnapshot(_ world: World) async throws {
    let file = world.scratch.file("live.json")
    _ = try await world.tool("drift", "--all", "--snapshot", file)
    try await expectSchema("snapshot", String(decoding: try readFile(file), as: UTF8.self))
    for form in [[], ["--lang", "ru"]] {
      let direct = try await world.tool("drift", arguments: ["w1"] + form)
      let taken = try await world.tool("drift", arguments: ["w1", "--live", file] + form)
      let lines = taken.output.split(separator: "\n").filter {
        !$0.contains("napshot") && !$0.contains("снимка")
      }
      #expect(lines == direct.output.split(separator: "\n"), "\(taken.output)")
    }
    let direct = try await world.drift()
    let taken = try await world.drift("--live", file)
    #expect(direct.workloads == taken.workloads)
  }

  private static func spec(_ port: String) -> String { "version: 1\ndeploy: {port: \(port)}\n" }
}
