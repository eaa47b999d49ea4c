import FleetReading
import Syncing
import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// A plan that is saved, read, and carried out.
@Suite(.ownTime, .hangLimit) struct PlanFileTests {
  private func save(_ world: World, to file: String = "shop.plan") async throws -> String {
    let path = world.scratch.file(file)
    let reports = await Fleet.inspect(
      try world.reader().workloads(), with: world.inspection(), jobs: nil)
    try PlanFile.save(reports, to: path, of: [ServerAddress(StoreEngines.address(world.database))])
    return path
  }

  private func apply(_ path: String, _ world: World) async throws -> [WorkloadReport] {
    let (plan, database) = (try PlanFile.read(path), try world.reader())
    let digests = try PlanFile.digests(of: plan, ServerDatabase(database))
    let databases = try FleetDatabases(
      [ServerAddress(StoreEngines.address(world.database))], hint: { _ in })
    #expect(try plan.rows(in: databases).map(\.id) == plan.workloads.map(\.id))
    let tasks = plan.workloads.map {
      PlannedSync($0, inspection: world.inspection(), digests)
    }
    return await SyncEngine(writer: try world.writer()).run(tasks)
  }

  @Test func aPlanIsCarriedOutAsItWasSaved() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let synced = #""port":8080,"healthcheck":"/healthz","deploy_strategy":"blue-green""#
    try await world.addWorkload("w2", config: World.config(synced))
    let path = try await save(world)
    #expect(try PlanFile.read(path).workloads.map(\.id) == ["w1"])
    #expect(try await mustRun("stat", ["-c", "%a", path]) == "600")
    // The branch moves on; the plan pins its commit.
    try await world.push("version: 1\ndeploy: {port: 9000}\n")
    let done = try await apply(path, world)
    #expect(done.map { $0.outcome?.result } == [.applied])
    #expect(try await world.state() == "8080 sync")
    #expect(try await apply(path, world).map { $0.outcome?.result } == [.unchanged])
  }

  /// A row that is not as it was planned from.
  @Test(arguments: [
    ("source_config = json_set(source_config, '$.port', 1234)", "port"),
    ("source_config = json_set(source_config, '$.new', 1)", "new"),
    ("gitops_enabled = 0", "opted"), ("gitops_path = 'other.yml'", "gitops_path"),
    ("source_kind = 'image'", "source_kind"),
  ])
  func aStalePlanIsRefused(_ change: String, _ named: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let path = try await save(world)
    try await world.sql("UPDATE workloads SET \(change)")
    let before = try await world.state()
    let outcome = try await apply(path, world)[0].outcome
    #expect(outcome?.result == .refused && outcome?.isPlanStale == true)
    #expect(outcome?.message.contains(named) == true, "\(outcome?.message ?? "")")
    #expect(try await world.state() == before)
  }

  /// A file that was changed, cut off, or is none.
  @Test(arguments: [
    ("sed -i s/8080/8081/ \"$1\"", Failure.Code.stalePlan), ("truncate -s -20 \"$1\"", .stalePlan),
    ("echo '{}' > \"$1\"", .usage), ("rm \"$1\"", .notFound),
  ])
  func aDamagedFileIsRefused(_ command: String, _ code: Failure.Code) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let path = try await save(world)
    try await mustRun("sh", ["-c", command, "sh", path])
    let failure = #expect(throws: Failure.self) { try PlanFile.read(path) }
    #expect(failure?.code == code, "\(failure?.message ?? "")")
    #expect(failure?.remedy != nil)
  }

  @Test func thePlanOfAnotherDatabaseIsRefused() async throws {
    let (world, other) = (try await World(), try await World())
    try await world.addWorkload("w1")
    try await other.addWorkload("w1")
    let path = try await save(world)
    _ = try await save(other)
    let plan = try PlanFile.read(path)
    let failure = #expect(throws: Failure.self) {
      try PlanFile.digests(of: plan, ServerDatabase(other.reader()))
    }
    #expect(failure?.code == .stalePlan)
  }

  @Test(arguments: [
    (
      "w1", World.config(#""port":3000,"healthcheck":"/x?key=AKIAIOSFODNN7EXAMPLE""#),
      "looks like a credential"
    ),
    ("w1", World.config(name: "gone"), "cannot be planned"),
  ])
  func whatCannotBePlannedIsNotSaved(_ id: String, _ config: String, _ message: String)
    async throws
  {
    let world = try await World()
    try await world.addWorkload(id, config: config)
    let failure = await #expect(throws: Failure.self) { _ = try await save(world) }
    #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
    #expect(try await run("test", ["-e", world.scratch.file("shop.plan")]).status == 1)
  }
}
