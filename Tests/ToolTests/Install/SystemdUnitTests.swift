import TestSupport
import Testing
import TinyforgeCore

/// The timer's service and its alerts, with the command and the names that stand in the files.
@Suite(.ownTime, .hangLimit) struct SystemdUnitTests {
  private static let folder = "/var/lib/prometheus/node-exporter"

  /// The unit's command, with the built tool and a folder of the test's own.
  private func command(_ place: String) throws -> [String] {
    let unit = String(
      decoding: try readFile(projectFile("ci/systemd/tinyforge-drift.service")), as: UTF8.self)
    let line = try #require(unit.split(separator: "\n").first { $0.hasPrefix("ExecStart=") })
    let words = line.dropFirst("ExecStart=".count).split(separator: " ").map {
      String($0).replacing(Self.folder, with: place)
    }
    #expect(words.first == "drift" && words.last == "\(place)/tinyforge.prom")
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

  /// What the alerts on mirrors ask for comes from the unit's own command, and does not let the unit fail.
  @Test(arguments: [
    ("find . -exec touch -d '30 days ago' {} +", "stale_workloads 1"),
    ("rm HEAD", "workloads{status=\"fetch_failed\"} 1"),
  ])
  func theServiceTellsOfMirrors(_ change: String, _ metric: String) async throws {
    let world = try await World(spec: "version: 1\ndeploy: {port: 3000}\n")
    try await world.addWorkload("w1")
    try await mustRun("sh", ["-ec", change], in: "\(world.mirrors)/acme/shop.git")
    let place = try world.scratch.folder("node-exporter")
    let words = try command(place)
    let variables = ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors]
    let result = try await run(builtTool("drift"), words, environment: variables)
    #expect(result.status == 1, "\(result)")
    let metrics = String(decoding: try readFile("\(place)/tinyforge.prom"), as: UTF8.self)
    #expect(metrics.contains("tinyforge_drift_\(metric)\n"), "\(metrics)")
    let strict = try await run(
      builtTool("drift"), words + ["--fail-on", "workload"], environment: variables)
    #expect(strict.status == (metric.hasPrefix("stale") ? 1 : 2), "\(strict)")
  }

  /// The unit for mirrors fetches each of them, also after one that cannot be fetched, and then fails.
  @Test func theUnitFetchesEveryMirror() async throws {
    let world = try await World()
    let unit = String(
      decoding: try readFile(projectFile("ci/systemd/tinyforge-mirrors.service")), as: UTF8.self)
    let line = try #require(unit.split(separator: "\n").first { $0.hasPrefix("ExecStart=") })
    let command = line.dropFirst("ExecStart=/bin/sh -c '".count).dropLast()
      .replacing("/srv/mirrors", with: "'\(world.mirrors)'")
    try await mustRun("git", ["init", "-q", "--bare", "\(world.mirrors)/acme/a gone.git"])
    try await mustRun(
      "git",
      [
        "-C", "\(world.mirrors)/acme/a gone.git", "remote", "add", "origin", "/nonexistent",
      ])
    try await mustRun(
      "git",
      [
        "clone", "-q", "--mirror", "\(world.mirrors)/acme/shop.git",
        "\(world.mirrors)/acme/second.git",
      ])
    try await world.push("version: 1\ndeploy: {port: 4321}\n")
    let result = try await run("sh", ["-c", String(command)])
    #expect(result.status != 0, "one mirror cannot be fetched")
    let fetched = try await mustRun(
      "git", ["-C", "\(world.mirrors)/acme/second.git", "show", "HEAD:.tinyforge.yml"])
    #expect(fetched.contains("4321"))
  }

  /// Each panel of the dashboard is a query that Prometheus takes, on metrics that there are.
  @Test func theDashboardAsksForMetricsThatThereAre() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.markSynced("w1", at: String(repeating: "0", count: 40))
    let metrics = try await world.tool("drift", "--all", "--format", "prometheus").output
    let bytes = try readFile(projectFile("ci/prometheus/grafana-dashboard.json"))
    let text = String(decoding: bytes, as: UTF8.self)
    let names = Set(text.matches(of: /tinyforge_drift_\w+/).map(\.output))
    #expect(names.count >= 9)
    for name in names { #expect(metrics.contains("# TYPE \(name) gauge\n"), "\(name)") }
    guard case .array(let panels)? = try JSONText(bytes)["panels"] else {
      Issue.record("no panels")
      return
    }
    var rules = "groups:\n  - name: dashboard\n    rules:\n"
    for (number, panel) in panels.enumerated() {
      guard case .array(let targets)? = panel["targets"], let query = targets.first?["expr"]?.text
      else {
        Issue.record("no query in panel \(number)")
        continue
      }
      rules += "      - record: panel_\(number)\n        expr: '\(query)'\n"
    }
    let file = try world.scratch.write("rules.yml", rules)
    let checked = try await run("promtool", ["check", "rules", file])
    #expect(checked.status == 0, "\(checked)")
  }

  @Test func alertsAskForMetricsThatThereAre() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    // Since when a field drifts is known against an earlier report alone.
    let metrics = try await world.tool(
      "drift", "--all", "--format", "prometheus", "--previous", world.scratch.file("none.json")
    ).output
    let rules = try String(
      decoding: readFile(projectFile("ci/prometheus/tinyforge.rules.yml")), as: UTF8.self)
    let names = Set(rules.matches(of: /tinyforge_drift_\w+/).map(\.output))
    #expect(names.count == 6)
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
