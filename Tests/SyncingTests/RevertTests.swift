import FleetReading
import Syncing
import TestSupport
import Testing
import TinyforgeCore

/// Values that are put back.
@Suite(.ownTime, .hangLimit) struct RevertTests {
  private func synced() async throws -> World {
    let world = try await World()
    try await world.addWorkload("w1")
    let shown = await world.inspection().report(on: try world.row())
    let task = LiveSync(shown, inspection: world.inspection(), isConfirmed: false)
    #expect(await SyncEngine(writer: try world.writer()).run(task).outcome?.result == .applied)
    return world
  }

  private func revert(_ world: World, event: Int64? = nil, isForced: Bool = false) async throws
    -> WorkloadReport
  {
    let choice = try Revert.choose(
      try world.row(), event: event, isForced: isForced, from: world.reader())
    guard case .task(let revert) = choice else { return choice.report }
    return await SyncEngine(writer: try world.writer()).run(revert)
  }

  @Test func theLastSyncIsUndoneOnce() async throws {
    let world = try await synced()
    #expect(try await revert(world).outcome?.result == .applied)
    #expect(try await world.state() == "3000 sync revert")
    #expect(try world.row().lastSyncCommit.isEmpty)
    let again = try await revert(world)
    #expect(again.outcome?.result == .unchanged)
    #expect(again.outcome?.message.contains("was reverted already") == true)
  }

  /// A value that was changed since the sync is only overwritten by force.
  @Test(arguments: [(false, "1234 sync"), (true, "3000 sync revert")])
  func aChangedValueIsKept(_ isForced: Bool, _ state: String) async throws {
    let world = try await synced()
    try await world.sql(
      "UPDATE workloads SET source_config = json_set(source_config, '$.port', 1234)")
    let outcome = try await revert(world, isForced: isForced).outcome
    #expect(outcome?.result == (isForced ? .applied : .refused))
    #expect(outcome?.message.contains("--force") == !isForced)
    #expect(try await world.state() == state)
  }

  /// What a person confirmed is what was shown: another change of the row in between ends it.
  @Test func aConfirmedRevertIsOfWhatWasShown() async throws {
    let world = try await synced()
    let (row, database) = (try world.row(), try world.reader())
    guard case .task(let task) = try Revert.choose(row, event: nil, isForced: true, from: database)
    else {
      Issue.record("there is a sync to revert")
      return
    }
    let shown = try #require(try task.lookAhead(database))
    #expect(shown.revert?.changes.count == 3)
    try await world.sql(
      "UPDATE workloads SET source_config = json_set(source_config, '$.port', 1234)")
    let report = await SyncEngine(writer: try world.writer()).run(task.confirmed(as: shown))
    #expect(report.outcome?.message.contains("no longer as shown") == true)
    #expect(try await world.state() == "1234 sync")
  }

  @Test(arguments: [
    ("DELETE FROM event_log", nil as Int64?, "the log was pruned"),
    ("SELECT 1", 99, "event 99 is not a sync of this workload"),
    (
      "UPDATE workloads SET source_kind = 'image'", nil,
      "GitOps serves dockerfile and static sources, not image"
    ),
    ("UPDATE workloads SET source_config = '{'", nil, "cannot be used"),
  ])
  func whatCannotBeUndoneIsSaid(_ change: String, _ event: Int64?, _ message: String) async throws {
    let world = try await synced()
    try await world.sql(change)
    let outcome = try await revert(world, event: event).outcome
    #expect(
      outcome?.isStop == true && outcome?.message.contains(message) == true,
      "\(outcome?.message ?? "")")
  }

  @Test func theSpecOfACommitIsPutBack() async throws {
    let world = try await synced()
    let first = try world.row().lastSyncCommit
    try await world.push("version: 1\ndeploy: {port: 9000}\n")
    try await world.sql(
      "UPDATE workloads SET gitops_enabled = 0, source_config = json_set(source_config, '$.port', 9000)"
    )
    let revert = await RevertToCommit(try world.row(), world.locator(revision: first))
    #expect(revert.changesValues && revert.shown.outcome == nil)
    let report = await SyncEngine(writer: try world.writer()).run(revert.task(isConfirmed: true))
    #expect(report.outcome?.result == .applied)
    #expect(try await world.state() == "8080 sync revert")
    let again = await RevertToCommit(try world.row(), world.locator(revision: first))
    #expect(!again.changesValues && again.shown.outcome?.result == .unchanged)
  }
}
