import FleetReading
import Syncing
import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// Locks and the database: who is waited for, and what is refused.
@Suite(.ownTime, .hangLimit) struct WorkloadWriterTests {
  private func sync(_ writer: WorkloadWriter, _ world: World) async throws -> ApplyOutcome? {
    let shown = await world.inspection().report(on: try world.row())
    let task = LiveSync(shown, inspection: world.inspection(), isConfirmed: false)
    return await SyncEngine(writer: writer).run(task).outcome
  }

  /// Another process holds the workload's lock, by the rules of docs/locking.md.
  @Test func aHeldLockIsNamedAndGivenUpOn() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    async let holder = world.holdLock()
    try await waitForFile(world.scratch.file("held"))
    var hints: [String] = []
    let outcome = try await sync(
      world.writer(lockTimeout: .milliseconds(50)) { hints.append($0) }, world)
    #expect(outcome?.result == .failed && outcome?.isBusy == true)
    #expect(outcome?.message.contains("another sync of workload w1 is running") == true)
    #expect(hints == ["waiting for the lock: another sync of workload w1 is running"])
    #expect(try await world.state() == "3000")
    try world.scratch.write("freed", "")
    _ = try await holder
    #expect(try await sync(world.writer(), world)?.result == .applied)
    #expect(try await world.state() == "8080 sync")
  }

  /// A database that took the place of the one that was read is not written.
  @Test func anotherDatabaseIsRefused() async throws {
    let world = try await World()
    let seen = try world.reader()
    let other = try await World()
    try await mustRun("mv", [other.database, world.database])
    let failure = #expect(throws: Failure.self) { try world.writer(seen: seen) }
    #expect(failure?.code == .database)
  }

  @Test(arguments: [
    ("bot", "bot"), ("", nil), (" \u{1B}[31mbot ", "[31mbot"), (nil, nil),
  ])
  func theAuditNamesTheAuthor(_ name: String?, _ recorded: String?) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let settings = WriterSettings(lockTimeout: .seconds(9), author: SyncAuthor(named: name))
    let writer = try WorkloadWriter(world.reader(), settings, hint: { _ in })
    #expect(try await sync(writer, world)?.result == .applied)
    let actor = try await world.sql("SELECT json_extract(metadata, '$.actor') FROM event_log")
    let user = try await mustRun("id", ["-un"])
    #expect(actor == recorded ?? user)
  }
}
