import FleetReading
import Syncing
import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// A workload that is synced with its spec as it is inside the lock.
@Suite(.ownTime, .hangLimit) struct LiveSyncTests {
  private func shown(_ world: World) async throws -> WorkloadReport {
    await world.inspection().report(on: try world.row())
  }

  private func sync(_ shown: WorkloadReport, _ world: World, isConfirmed: Bool) async throws
    -> WorkloadReport
  {
    let task = LiveSync(shown, inspection: world.inspection(), isConfirmed: isConfirmed)
    return await SyncEngine(writer: try world.writer()).run(task)
  }

  /// What changed between the look and the lock; what was shown and confirmed is not applied to it.
  @Test(arguments: [
    (
      false, "UPDATE workloads SET source_config = json_set(source_config, '$.port', 1234)",
      "8080 sync"
    ),
    (true, "UPDATE workloads SET source_config = json_set(source_config, '$.port', 1234)", "1234"),
    (
      true, "UPDATE workloads SET source_config = json_set(source_config, '$.edits', 1)",
      "8080 sync"
    ),
    (true, "UPDATE workloads SET gitops_enabled = 0", "3000"),
    (false, "UPDATE workloads SET gitops_enabled = 0", "3000"),
    (false, "UPDATE workloads SET source_kind = 'image'", "3000"),
  ])
  func whatIsThereInsideTheLockCounts(_ isConfirmed: Bool, _ change: String, _ state: String)
    async throws
  {
    let world = try await World()
    try await world.addWorkload("w1")
    let shown = try await shown(world)
    try await world.sql(change)
    let report = try await sync(shown, world, isConfirmed: isConfirmed)
    #expect(try await world.state() == state)
    #expect((report.outcome?.result == .applied) == state.contains("sync"), "\(report.message)")
  }

  @Test(arguments: [(false, "9000 sync"), (true, "3000")])
  func aSpecThatMovedIsSyncedUnlessTheOldOneWasConfirmed(_ isConfirmed: Bool, _ state: String)
    async throws
  {
    let world = try await World()
    try await world.addWorkload("w1")
    let shown = try await shown(world)
    try await world.push("version: 1\ndeploy: {port: 9000}\n")
    let report = try await sync(shown, world, isConfirmed: isConfirmed)
    #expect(try await world.state() == state)
    #expect(report.outcome?.message.contains("no longer as shown") == isConfirmed)
  }

  @Test func aWorkloadThatIsGoneFails() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let shown = try await shown(world)
    try await world.sql("DELETE FROM workloads")
    let outcome = try await sync(shown, world, isConfirmed: false).outcome
    #expect(
      outcome?.result == .failed && outcome?.message.contains("no longer in the database") == true)
  }

  /// A commit that changes no value is recorded, without an audit row.
  @Test func aCommitIsRecorded() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    _ = try await sync(try await shown(world), world, isConfirmed: false)
    let commit = try await world.push(World.spec + "# a comment\n")
    let report = try await sync(try await shown(world), world, isConfirmed: false)
    #expect(report.outcome?.result == .unchanged)
    #expect(try await world.state() == "8080 sync")
    #expect(try world.row().lastSyncCommit == commit)
  }

  @Test(arguments: [
    ("version: 1\ndeploy: {port: 99999}\n", ApplyOutcome.Result.refused),
    ("version: 1\ndeploy: {port: 80}\n", nil),
  ])
  func aPreviewSaysWhatWouldBeRefused(_ spec: String, _ result: ApplyOutcome.Result?) async throws {
    let world = try await World(spec: spec)
    try await world.addWorkload("w1")
    let preview = SyncEngine.preview([try await shown(world)], isAtomic: false)
    #expect(preview[0].outcome?.result == result)
    #expect(try await world.state() == "3000")
  }

  /// One that is refused takes the others with it, if all is applied or nothing.
  @Test func anAtomicPreviewStopsAll() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.addWorkload("w2", enabled: false)
    let reports = await Fleet.inspect(
      try world.reader().workloads(), with: world.inspection(), jobs: nil)
    let preview = SyncEngine.preview(reports, isAtomic: true)
    #expect(preview.map { $0.outcome?.result } == [.refused, .refused])
    #expect(preview[0].outcome?.message.contains("all of it is applied or nothing") == true)
  }
}
