import FleetReading
import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

/// Which rows names choose.
@Suite(.ownTime, .hangLimit) struct WorkloadSelectionTests {
  private func world() async throws -> World {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    try await world.addWorkload("w2", name: "w1")
    try await world.addWorkload("w3", name: "till", enabled: false)
    try await world.addWorkload("w4", name: "till", source: "image")
    try await world.addWorkload("w5", name: "site", source: "static")
    return world
  }

  private func choose(_ names: [String] = [], all: Bool = false, in world: World) throws -> [String]
  {
    try WorkloadSelection(names: names, all: all).choose(from: ServerDatabase(world.reader())).map(
      \.id)
  }

  @Test func allAreThoseThatGitOpsServes() async throws {
    let chosen = try choose(all: true, in: try await world())
    #expect(chosen.sorted() == ["w1", "w2", "w5"])
  }

  /// An id wins over a name, a row that is named twice is chosen once, and the order is that of the names.
  @Test(arguments: [
    (["shop"], ["w1"]), (["w1"], ["w1"]), (["site", "shop", "w5"], ["w5", "w1"]), ([], []),
    (["w3", "w4"], ["w3", "w4"]),
  ])
  func namesChooseRows(_ names: [String], _ ids: [String]) async throws {
    #expect(try choose(names, in: try await world()) == ids)
  }

  @Test(arguments: [
    ("till", Failure.Code.usage, "2 workloads are named", "w3, w4"),
    ("shpo", .notFound, "there is no workload \"shpo\" in the database", "did you mean shop?"),
    ("nothing-like-it", .notFound, "there is no workload", "use an id or a name"),
  ])
  func whatIsNotOneRowIsRefused(
    _ name: String, _ code: Failure.Code, _ message: String, _ remedy: String
  ) async throws {
    let world = try await world()
    let failure = try #require(throws: Failure.self) { try choose([name], in: world) }
    #expect(failure.code == code && failure.message.contains(message))
    #expect(failure.remedy?.text.contains(remedy) == true, "\(failure)")
  }

  @Test func aSnapshotHasARemedyOfItsOwn() throws {
    let failure = try #require(throws: Failure.self) {
      try WorkloadSelection(names: ["shop"], all: false).choose(among: [], of: .snapshot)
    }
    #expect(failure.message.contains("in the snapshot"))
    #expect(failure.remedy?.text.contains("drift --all --snapshot") == true)
  }

  @Test func whatTheSchemaLacksIsAHint() async throws {
    let world = try await world()
    var hints: [String] = []
    _ = try world.reader { hints.append($0) }
    #expect(hints.isEmpty)
    try await world.sql("DROP TABLE event_log")
    _ = try world.reader { hints.append($0) }
    #expect(hints.count == 1 && hints[0].hasPrefix("note: "), "\(hints)")
  }
}
