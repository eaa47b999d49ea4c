import FleetReading
import Glibc
import Syncing
import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// A run over several workloads: in which order, where it ends, what it opens.
@Suite(.ownTime, .hangLimit) struct SyncRunnerTests {
  /// How workloads are handed to the runner.
  enum Way: CaseIterable { case pipelined, tasks }

  /// The second of three workloads has no mirror.
  private func world() async throws -> World {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.addWorkload("w2", config: World.config(name: "gone"))
    try await world.addWorkload("w3")
    return world
  }

  private func run(
    _ world: World, _ mode: SyncRunner.Mode, _ way: Way,
    each: ([WorkloadReport]) -> Void = { _ in }, hint: @escaping (String) -> Void = { _ in }
  ) async throws -> SyncRun {
    let (database, inspection) = (try world.reader(), world.inspection())
    let rows = try database.workloads()
    let runner = SyncRunner(mode, author: World.settings().author) { (_) throws(Failure) in
      try WorkloadWriter(database, World.settings(), hint: hint)
    }
    switch way {
    case .pipelined:
      return try await runner.run(rows, inspecting: inspection, jobs: nil, each: each)
    case .tasks:
      let shown = await Fleet.inspect(rows, with: inspection, jobs: nil)
      return try await runner.run(
        shown.map { LiveSync($0, inspection: inspection, isConfirmed: false) }, each: each)
    }
  }

  private func results(_ run: SyncRun) -> [String] {
    run.reports.map { "\($0.workload.id) \($0.outcome?.result.rawValue ?? "-")" }
  }

  @Test(arguments: Way.allCases) func aRunEndsAtTheFirstThatFails(_ way: Way) async throws {
    let world = try await world()
    let run = try await run(world, .untilStopped, way)
    #expect(results(run) == ["w1 applied", "w2 failed"])
    #expect(try await world.state("w1") == "8080 sync")
    #expect(try await world.state("w3") == "3000")
  }

  @Test(arguments: Way.allCases) func aRunMayGoOn(_ way: Way) async throws {
    let world = try await world()
    var given: [String] = []
    let run = try await run(world, .keepGoing, way) { given += $0.map(\.workload.id) }
    #expect(results(run) == ["w1 applied", "w2 failed", "w3 applied"])
    #expect(given == ["w1", "w2", "w3"])
    #expect(try await world.state("w3") == "8080 sync")
  }

  @Test func anAtomicRunWritesAllOrNothing() async throws {
    let world = try await world()
    let stopped = try await run(world, .atomic, .tasks)
    #expect(results(stopped) == ["w1 refused", "w2 failed", "w3 refused"])
    #expect(try await world.state("w1") == "3000")
    try await world.sql("DELETE FROM workloads WHERE id = 'w2'")
    let whole = try await run(world, .atomic, .tasks)
    #expect(results(whole) == ["w1 applied", "w3 applied"])
    #expect(try await world.state("w3") == "8080 sync")
  }

  /// A run that has nothing to write does not open the database for writing.
  @Test(arguments: Way.allCases) func nothingToWriteOpensNothing(_ way: Way) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    _ = try await run(world, .untilStopped, way)
    let inspection = world.inspection()
    let runner = SyncRunner(.untilStopped, author: World.settings().author) {
      (_) throws(Failure) -> WorkloadWriter in throw Failure(.io, "opened")
    }
    let rows = try world.reader().workloads()
    let again =
      switch way {
      case .pipelined:
        try await runner.run(rows, inspecting: inspection, jobs: nil) { _ in }
      case .tasks:
        try await runner.run(
          await Fleet.inspect(rows, with: inspection, jobs: nil)
            .map { LiveSync($0, inspection: inspection, isConfirmed: false) }
        ) { _ in }
      }
    #expect(results(again) == ["w1 unchanged"])
    #expect(try await world.state() == "8080 sync")
  }

  /// What could not be opened ends the run with its failure.
  @Test(arguments: Way.allCases) func aFailureToOpenEndsTheRun(_ way: Way) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let seen = try world.reader()
    let other = try await World()
    try await other.addWorkload("w1")
    try await mustRun("mv", [other.database, world.database])
    let runner = SyncRunner(.untilStopped, author: World.settings().author) { (_) throws(Failure) in
      try WorkloadWriter(seen, World.settings(), hint: { _ in })
    }
    let failure = await #expect(throws: Failure.self) {
      _ = try await runner.run(
        try world.reader().workloads(), inspecting: other.inspection(), jobs: nil
      ) { _ in }
    }
    #expect(failure?.message.contains("another file has taken the place") == true)
    #expect(try await world.state() == "3000")
  }

  /// A workload whose lock is waited for is not inspected again if neither its row nor its branch moved meanwhile;
  /// a row that moved is.
  @Test(arguments: [
    ("SELECT 1", "w1 applied", "8080 sync"),
    (
      "UPDATE workloads SET source_config = json_set(source_config, '$.edit', 1)", "w1 failed",
      "3000"
    ),
  ])
  func whatWasInspectedIsUsedWhileItHolds(_ change: String, _ result: String, _ state: String)
    async throws
  {
    let world = try await World()
    try await world.addWorkload("w1")
    async let holder = world.holdLock(thenRunning: change)
    try await waitForFile(world.scratch.file("held"))
    let objects = "\(world.mirrors)/acme/shop.git/objects"
    let run = try await run(
      world, .untilStopped, .pipelined,
      hint: { _ in
        // From here on nothing can be inspected.
        rename(objects, objects + ".aside")
        _ = try? world.scratch.write("freed", "")
      })
    #expect(try await holder.status == 0)
    #expect(results(run) == [result])
    #expect(try await world.state() == state)
  }

  /// Two hundred workloads, of which each second is in sync: each is reported once, in order.
  @Test func aLongRunIsInOrder() async throws {
    let world = try await World()
    let synced = World.config(
      #""port":8080,"healthcheck":"/healthz","deploy_strategy":"blue-green""#)
    let values = (100..<300).map { number in
      "('w\(number)', 'app', 'w\(number)', 'w', 'dockerfile', '\(number % 2 == 0 ? synced : World.config())', 1)"
    }
    try await world.sql(
      """
      INSERT INTO workloads (id, kind, ref_id, name, source_kind, source_config, gitops_enabled)
      VALUES \(values.joined(separator: ", "))
      """)
    var given: [String] = []
    let run = try await run(world, .untilStopped, .pipelined) { given += $0.map(\.workload.id) }
    #expect(given == (100..<300).map { "w\($0)" })
    #expect(run.reports.filter { $0.outcome?.result == .applied }.count == 100)
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "100")
  }
}
