import Syncing
import TestSupport
import Testing
import TinyforgeCore

/// Workloads that are opted in and out.
@Suite(.ownTime, .hangLimit) struct OptInRunnerTests {
  private func run(_ wish: OptInRunner.Wish, _ world: World) async throws -> OptInReport {
    await OptInRunner(writer: try world.writer()).run(wish, on: try world.row())
  }

  private func columns(_ world: World) async throws -> String {
    try await world.sql("SELECT gitops_enabled, gitops_path FROM workloads")
  }

  @Test func aWishIsCarriedOutOnce() async throws {
    let world = try await World()
    try await world.addWorkload("w1", enabled: false)
    let enabled = try await run(.enabled(path: "a/b.yml"), world)
    #expect(enabled.outcome.result == .applied && enabled.changes.count == 2)
    #expect(try await columns(world) == "1|a/b.yml")
    #expect(try await run(.enabled(path: "a/b.yml"), world).outcome.result == .unchanged)
    #expect(try await run(.disabled, world).outcome.result == .applied)
    // The path is kept for the next time.
    #expect(try await run(.enabled(path: nil), world).outcome.result == .applied)
    #expect(try await columns(world) == "1|a/b.yml")
    #expect(try await world.state() == "3000 enable disable enable")
  }

  @Test(arguments: [
    ("image", nil as String?, "GitOps serves dockerfile and static sources, not image"),
    ("dockerfile", "../spec.yml", "../spec.yml"), ("static", "/etc/passwd", "/etc/passwd"),
  ])
  func whatTheServerWouldRefuseIsRefused(_ source: String, _ path: String?, _ message: String)
    async throws
  {
    let world = try await World()
    try await world.addWorkload("w1", source: source, enabled: false)
    let outcome = try await run(.enabled(path: path), world).outcome
    #expect(outcome.result == .refused && outcome.message.contains(message))
    #expect(try await columns(world) == "0|.tinyforge.yml")
  }

  /// Opting out is never refused, whatever the row holds.
  @Test(arguments: ["source_kind = 'image'", "source_config = '{'", "gitops_path = '../x'"])
  func optingOutIsNeverRefused(_ change: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.sql("UPDATE workloads SET \(change)")
    #expect(try await run(.disabled, world).outcome.result == .applied)
    #expect(try world.row().gitopsEnabled == false)
  }

  @Test func aWorkloadThatIsGoneFails() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let row = try world.row()
    try await world.sql("DELETE FROM workloads")
    let report = await OptInRunner(writer: try world.writer()).run(.disabled, on: row)
    #expect(report.outcome.result == .failed)
  }
}
