import FleetReading
import Synchronization
import TestSupport
import Testing
import TinyforgeCore

/// Many workloads, inspected in parallel.
@Suite(.ownTime, .hangLimit) struct FleetTests {
  private struct Stop: Error, Equatable {}

  private func fleet(_ count: Int) async throws -> World {
    let world = try await World()
    let values = (1...count).map { number in
      "('w\(number)', 'app', 'w\(number)', 'w\(number)', 'dockerfile', '\(World.config())', 1)"
    }
    try await world.sql(
      """
      INSERT INTO workloads (id, kind, ref_id, name, source_kind, source_config, gitops_enabled)
      VALUES \(values.joined(separator: ", "))
      """)
    return world
  }

  @Test(arguments: [nil, 1, 7, 256]) func reportsComeInOrder(_ jobs: Int?) async throws {
    let world = try await fleet(200)
    let rows = try world.rows()
    let reports = await Fleet.inspect(
      rows, with: Inspection(locator: world.locator()), jobs: jobs)
    #expect(reports.map(\.workload.id) == rows.map(\.id))
    #expect(reports.allSatisfy { $0.plan?.changes.count == 3 })
  }

  @Test func noWorkloadsAreNoReports() async throws {
    let world = try await World()
    #expect(await Fleet.inspect([], with: Inspection(locator: world.locator()), jobs: nil).isEmpty)
  }

  /// Results are given in parts, each once, and the progress grows up to all of them.
  @Test func eachResultIsGivenOnce() async throws {
    let world = try await fleet(60)
    let rows = try world.rows()
    var (given, progress): ([String], [Int]) = ([], [])
    try await Fleet.stream(
      rows, with: Inspection(locator: world.locator()), jobs: 4, make: { $0.report.workload.id },
      progress: { progress.append($0) }
    ) { (ready) throws(Stop) in
      #expect(!ready.isEmpty)
      given += ready
      return true
    }
    #expect(given == rows.map(\.id))
    #expect(progress.last == 60 && progress == progress.sorted())
  }

  /// A run that is ended gives nothing more, and does not inspect the rest.
  @Test(arguments: [false, true]) func theRunCanBeEnded(_ byError: Bool) async throws {
    let world = try await fleet(400)
    let rows = try world.rows()
    let made = Atomic(0)
    var calls = 0
    var thrown: Stop?
    do throws(Stop) {
      try await Fleet.stream(
        rows, with: Inspection(locator: world.locator()), jobs: 1,
        make: { inspected in
          made.add(1, ordering: .relaxed)
          return inspected.report.workload.id
        }
      ) { (ready) throws(Stop) in
        calls += 1
        if byError { throw Stop() }
        return false
      }
    } catch {
      thrown = error
    }
    #expect(calls == 1 && (thrown != nil) == byError)
    #expect(made.load(ordering: .relaxed) < rows.count)
  }
}
