import FleetReading
import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// Why fields drifted, and which commit and sync they come from.
@Suite(.ownTime, .hangLimit) struct CauseSearchTests {
  private func causes(_ world: World, history: Int = 100) async throws -> [String: FieldCause] {
    let database = try world.reader()
    let row = try world.row()
    let search = CauseSearch(
      audit: try SyncAuditIndex([ServerDatabase(database)], of: [row]), historyLimit: history,
      historyTimeout: CauseSearch.usualTimeout)
    return await Inspection(locator: world.locator(), causes: search).report(on: row).causes
  }

  @Test func nothingWasSynced() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let causes = try await causes(world)
    #expect(causes.keys.sorted() == ["deploy_strategy", "healthcheck", "port"])
    #expect(causes.values.allSatisfy { $0.cause == .neverSynced })
    #expect(causes["port"]?.touched?.author == "Ann Author")
  }

  /// The live port is as synced or not, and the spec moved or not.
  @Test(arguments: [
    (8080, true, DriftCause.specMoved), (1234, false, .liveEdited), (1234, true, .both),
  ])
  func whoMoved(_ port: Int, _ isSpecMoved: Bool, _ cause: DriftCause) async throws {
    let world = try await World()
    let live = #""port":\#(port),"healthcheck":"/healthz","deploy_strategy":"blue-green""#
    try await world.addWorkload("w1", config: World.config(live))
    try await world.markSynced("w1", at: git("rev-parse", "HEAD", in: world.repository))
    if isSpecMoved { try await world.push(World.spec.replacing("8080", with: "9000")) }
    let causes = try await causes(world)
    #expect(causes.mapValues(\.cause) == ["port": cause])
  }

  /// The sync lies further back than commits may be read.
  @Test(arguments: [(1, DriftCause.unknown), (10, .specMoved)])
  func theHistoryIsReadUpToItsLimit(_ limit: Int, _ cause: DriftCause) async throws {
    let world = try await World()
    let live = #""port":8080,"healthcheck":"/healthz","deploy_strategy":"blue-green""#
    try await world.addWorkload("w1", config: World.config(live))
    try await world.markSynced("w1", at: git("rev-parse", "HEAD", in: world.repository))
    for port in 9000...9002 {
      try await world.push(World.spec.replacing("8080", with: "\(port)"))
    }
    let found = try #require(try await causes(world, history: limit)["port"])
    #expect(found.cause == cause)
    #expect(found.reason.contains("--history N looks further") == (cause == .unknown))
  }
}
