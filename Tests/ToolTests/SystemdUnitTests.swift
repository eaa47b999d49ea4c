import TestSupport
import Testing

/// The timer's service and its alerts, with the command and the names that stand in the files.
struct SystemdUnitTests {
  private static let folder = "/var/lib/prometheus/node-exporter"

  /// The unit's command, with the built tool and a folder of the test's own.
  private func command(_ place: String) throws -> [String] {
    let unit = String(
      decoding: try readFile(projectFile("ci/systemd/tinyforge-drift.service")), as: UTF8.self)
    let line = try #require(unit.split(separator: "\n").first { $0.hasPrefix("ExecStart=") })
    let words = line.dropFirst("ExecStart=".count).split(separator: " ").map {
      String($0).replacing(Self.folder, with: place)
    }
    #expect(words.first == "/usr/local/bin/drift" && words.last == "\(place)/tinyforge.prom")
    return Array(words.dropFirst())
  }

  @Test func theServiceLeavesMetrics() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop \"\\\n")
    let place = try world.scratch.folder("node-exporter")
    let file = "\(place)/tinyforge.prom"
    for status in [1, 0] {
      let result = try await run(
        builtTool("drift"), try command(place),
        environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
      #expect(result.status == status && result.output.isEmpty && result.error.isEmpty)
      let metrics = String(decoding: try readFile(file), as: UTF8.self)
      #expect(metrics.contains("tinyforge_drift_drifted_workloads \(status)\n"), "\(metrics)")
      let checked = try await run("promtool", ["check", "metrics"], input: metrics)
      #expect(checked.status == 0, "\(checked)")
      // node_exporter runs as another user, and finds nothing half-written beside it.
      #expect(try await mustRun("stat", ["-c", "%a", file]) == "644")
      #expect(try await mustRun("ls", ["-A", place]) == "tinyforge.prom")
      if status == 1 { try await world.push("version: 1\ndeploy: {port: 3000}\n") }
    }
  }

  @Test func alertsAskForMetricsThatThereAre() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let metrics = try await world.tool("drift", "--all", "--format", "prometheus").output
    let rules = try String(
      decoding: readFile(projectFile("ci/prometheus/tinyforge.rules.yml")), as: UTF8.self)
    let names = Set(rules.matches(of: /tinyforge_drift_\w+/).map(\.output))
    #expect(names.count == 5)
    for name in names { #expect(metrics.contains("# TYPE \(name) gauge\n"), "\(name)") }
  }

  @Test func aFileThatCannotBeReplacedIsAFailure() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    for path in ["/nonexistent/x", world.scratch.path] {
      let result = try await world.tool("drift", "--all", "--output", path)
      #expect(result.status == 2 && result.output.isEmpty)
      #expect(result.error.contains("the report \(path)"), "\(result.error)")
    }
  }
}
