import TestSupport
import Testing
import TinyforgeCore

/// The timer's service and its alerts, with the command and the names that stand in the files.
@Suite(.ownTime, .hangLimit) struct SystemdUnitTests {
  private static let folder = "/var/lib/prometheus/node-exporter"

  /// The unit's shell script, with a folder of the test's own for the metrics.
  private func script(_ place: String) throws -> String {
    let unit = String(
      decoding: try readFile(projectFile("ci/systemd/tinyforge-drift.service")), as: UTF8.self)
    let match = try #require(unit.firstMatch(of: /(?s)\nExecStart=\/bin\/sh -ec '(.*?)'\n/))
    #expect(unit.contains("\nWorkingDirectory=/var/lib/tinyforge-drift\n"))
    #expect(match.1.contains("\(Self.folder)/tinyforge.prom"))
    // A line that goes on in the next, and a dollar as systemd has it.
    return String(match.1).replacing("\\\n", with: " ").replacing("$$", with: "$")
      .replacing(Self.folder, with: place)
  }

  /// Runs the unit's command in its folder of state.
  private func start(
    _ world: World, _ script: String, environment: [String: String] = [:]
  ) async throws -> CommandResult {
    let bin = try world.scratch.folder("bin")
    try await mustRun("ln", ["-sf", builtTool("drift"), "\(bin)/drift"])
    return try await run(
      "/bin/sh", ["-ec", script], in: try world.scratch.folder("state"),
      environment: [
        "PATH": "\(bin):/usr/bin:/bin", "TINYFORGE_DB": world.database,
        "TINYFORGE_MIRRORS": world.mirrors,
      ].merging(environment) { $1 })
  }

  @Test func theServiceLeavesMetrics() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop \"\\\n")
    let place = try world.scratch.folder("node-exporter")
    let file = "\(place)/tinyforge.prom"
    for drifted in [1, 0] {
      let result = try await start(world, try script(place))
      #expect(result.status == 0 && result.output.isEmpty && result.error.isEmpty, "\(result)")
      let metrics = String(decoding: try readFile(file), as: UTF8.self)
      #expect(metrics.contains("tinyforge_drift_drifted_workloads \(drifted)\n"), "\(metrics)")
      let since = "tinyforge_drift_since_timestamp_seconds{"
      #expect(metrics.contains(since) == (drifted == 1), "\(metrics)")
      #expect(try await mustRun("ls", ["-A", world.scratch.file("state")]) == "last.json")
      let checked = try await run("promtool", ["check", "metrics"], input: metrics)
      #expect(checked.status == 0, "\(checked)")
      // node_exporter runs as another user, and finds nothing half-written beside it.
      #expect(try await mustRun("stat", ["-c", "%a", file]) == "644")
      #expect(try await mustRun("ls", ["-A", place]) == "tinyforge.prom")
      if drifted == 1 { try await world.push("version: 1\ndeploy: {port: 3000}\n") }
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
    let words = try script(place)
    let result = try await start(world, words)
    #expect(result.status == 0, "\(result)")
    let metrics = String(decoding: try readFile("\(place)/tinyforge.prom"), as: UTF8.self)
    #expect(metrics.contains("tinyforge_drift_\(metric)\n"), "\(metrics)")
    // As the unit's comment says.
    let strict = try await start(world, words + "; drift merge last.json --exit-zero")
    #expect(strict.status == (metric.hasPrefix("stale") ? 0 : 2), "\(strict)")
  }

  /// What could not be sent is sent by the next run, and the time that drift began is kept.
  @Test func theServiceNotifies() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let script = try script(try world.scratch.folder("node-exporter"))
    let answers = #"{"answers": [{"status": 500}, {"status": 200}]}"#
    try await ForgeServer.run(answers, program: "Tests/Peers/webhook-receiver.py") {
      receiver async throws in
      let environment = [
        "TINYFORGE_NOTIFY_URL": "\(receiver.address)/hook",
        "NOTIFY": "--notify --notify-format slack", "TINYFORGE_ALLOW_NETWORK": "127.0.0.0/8",
      ]
      for (status, files, sent) in [(2, "new.json", 1), (0, "last.json", 2), (0, "last.json", 2)] {
        let result = try await start(world, script, environment: environment)
        #expect(result.status == Int32(status), "\(result)")
        #expect(try await mustRun("ls", ["-A", world.scratch.file("state")]) == files)
        #expect(try receiver.log().count == sent)
      }
    }
  }

  /// A database that is held is no fault of the unit, which then leaves everything as it was.
  @Test func aBusyDatabaseLeavesTheMetrics() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let place = try world.scratch.folder("node-exporter")
    let script = try script(place)
    #expect(try await start(world, script).status == 0)
    let metrics = try readFile("\(place)/tinyforge.prom")
    let lock = """
      import sqlite3, subprocess, sys
      connection = sqlite3.connect(sys.argv[1], isolation_level=None)
      connection.execute("PRAGMA journal_mode = DELETE")
      connection.execute("BEGIN EXCLUSIVE")
      sys.exit(subprocess.run(["/bin/sh", "-ec", sys.argv[2]]).returncode)
      """
    try world.scratch.write("lock.py", lock)
    let held = "/usr/bin/python3 ../lock.py \"$TINYFORGE_DB\" \"$SCRIPT\""
    let result = try await start(world, held, environment: ["SCRIPT": script])
    #expect(result.status == 3, "\(result)")
    #expect(try readFile("\(place)/tinyforge.prom") == metrics)
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
