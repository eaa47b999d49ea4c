import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// Runs that name their server: by it and their ids workloads are known in every report.
@Suite(.ownTime, .hangLimit) struct ServerNameTests {
  /// One workload that drifts.
  static func world(_ port: Int = 3000) async throws -> World {
    let world = try await World()
    let leaves = #""port":\#(port),"healthcheck":"/healthz","deploy_strategy":"blue-green""#
    try await world.addWorkload("w1", name: "shop", config: World.config(leaves))
    return world
  }

  static func json(_ result: CommandResult) throws -> JSONValue {
    try JSONValue(parsing: Array(result.output.utf8))
  }

  /// `server/id` of the workloads of a document.
  static func keys(_ document: JSONValue) -> [String] {
    guard case .array(let items)? = document["workloads"] else { return ["no workloads"] }
    return items.map { "\($0["server"]?.text ?? "-")/\($0["id"]?.text ?? "-")" }
  }

  @Test(arguments: [
    ("drift", "text", "east/shop (w1) dockerfile: "), ("drift", "json", #""server": "east""#),
    ("drift", "jsonl", #"{"type":"workload","server":"east","id":"w1""#),
    ("drift", "markdown", "#### <code>east/shop</code> — "),
    ("drift", "html", "<h3>east/shop <small>w1</small></h3>"),
    ("drift", "html", "<article id=\"w-east_2Fshop--w1\""),
    ("drift", "github", "::east/shop: port: "), ("drift", "gitlab", #""east/shop: port: "#),
    ("drift", "sarif", #""text": "east/shop: port: "#),
    ("drift", "junit", "<testcase name=\"east/shop (w1)\""),
    ("drift", "prometheus", #"{server="east",id="w1",name="shop",status="ok"} 1"#),
    ("drift", "prometheus", "tinyforge_drift_incomplete{server=\"east\"} 0\n"),
    ("plan", "text", "east/shop (w1) dockerfile: "), ("plan", "json", #""server": "east""#),
    ("plan", "markdown", "#### <code>east/shop</code> — "),
    ("plan", "html", "<h3>east/shop <small>w1</small></h3>"),
    ("plan", "github", "::east/shop: "), ("plan", "gitlab", #""east/shop: "#),
    ("apply --dry-run", "text", "east/shop (w1) dockerfile: "),
    ("apply --dry-run", "json", #""server": "east""#),
  ])
  func eachFormShowsIt(_ tool: String, _ format: String, _ words: String) async throws {
    let world = try await Self.world()
    let line = tool.split(separator: " ").map(String.init)
    let call = line.dropFirst() + ["--all", "--format", format]
    let named = try await world.tool(line[0], arguments: call + ["--server-name", "east"])
    #expect(named.status == 1 && named.output.contains(words), "\(named)")
    if format == "json" {
      try await expectSchema(line[0], named.output)
      #expect(try Self.json(named)["server"]?.text == "east")
      #expect(try Self.keys(Self.json(named)) == ["east/w1"])
    }
    let plain = try await world.tool(line[0], arguments: Array(call))
    for words in ["east/shop", "\"server\"", "server="] {
      #expect(!plain.output.contains(words), "\(plain)")
    }
  }

  /// A pipeline tells the issues of two servers apart.
  @Test(arguments: ["gitlab", "sarif"]) func fingerprintsDiffer(_ format: String) async throws {
    let world = try await Self.world()
    var prints: Set<Substring> = []
    for name in [nil, "east", "west"] {
      let options = name.map { ["--server-name", $0] } ?? []
      let result = try await world.tool(
        "drift", arguments: ["--all", "--format", format] + options)
      prints.formUnion(result.output.matches(of: /"[0-9a-f]{32}"/).map(\.output))
    }
    #expect(prints.count == 3, "\(prints)")
  }

  @Test(arguments: [
    "a", "0", "East-1", "db.example.org", "a_b", String(repeating: "x", count: 64),
  ])
  func names(_ name: String) async throws {
    let world = try await Self.world()
    let result = try await world.tool("drift", "--all", "--server-name", name)
    #expect(result.status == 1 && result.output.contains("\(name)/shop (w1)"), "\(result)")
  }

  @Test(arguments: [
    " ", "a b", ".a", "_a", "a/b", "é", "a\u{1B}[31m", "::error::x", "<b>", "a=b", "a\n", "--x",
    String(repeating: "x", count: 65), "a\u{301}",
  ])
  func hostileNames(_ name: String) async throws {
    let world = try await Self.world()
    for tool in ["plan", "drift", "apply"] {
      let result = try await world.tool(tool, "--all", "--server-name=\(name)")
      #expect(result.status == 2 && result.output.isEmpty, "\(result)")
      #expect(result.error.contains("is not the name of a server: a name has"), "\(result)")
      #expect(!result.error.unicodeScalars.contains("\u{1B}"))
      #expect(result.error.contains("help: write one such as --server-name east-1"))
    }
  }

  // MARK: Snapshots

  @Test func aSnapshotKeepsIt() async throws {
    let world = try await Self.world()
    let file = world.scratch.file("live.json")
    let taken = try await world.tool(
      "drift", "--all", "--snapshot", file, "--server-name", "east")
    #expect(taken.status == 0, "\(taken)")
    let text = String(decoding: try readFile(file), as: UTF8.self)
    try await expectSchema("snapshot", text)
    for tool in ["drift", "plan"] {
      let live = try await world.tool(tool, "--all", "--live", file, "--format", "json")
      #expect(try Self.keys(Self.json(live)) == ["east/w1"])
      #expect(try Self.json(live)["server"]?.text == "east", "\(live)")
      let both = try await world.tool(tool, "--all", "--live", file, "--server-name", "west")
      #expect(both.status == 2 && both.error.contains("keeps the name of its server"), "\(both)")
    }
    for name in ["", "a b", "::error::", "\\u001b[31m"] {
      let odd = text.replacing(#""server": "east""#, with: #""server": "\#(name)""#)
      let refused = try await world.tool(
        "drift", "--all", "--live", world.scratch.write("odd.json", odd))
      #expect(refused.status == 2 && refused.output.isEmpty, "\(refused)")
      #expect(refused.error.contains("server is not the name of a server"), "\(refused)")
    }
  }

  // MARK: Earlier reports

  @Test func anEarlierReportIsComparedByServer() async throws {
    let world = try await Self.world()
    let file = world.scratch.file("previous.json")
    func drift(_ options: String...) async throws -> JSONValue {
      let result = try await world.tool(
        "drift", arguments: ["--all", "--format", "json", "--previous", file] + options)
      #expect(result.status == 1, "\(result)")
      try await expectSchema("drift", result.output)
      return try Self.json(result)
    }
    func names(_ report: JSONValue, _ list: String) -> [String] {
      guard case .array(let items)? = report["previous"]?[list] else { return ["no \(list)"] }
      return items.map { "\($0["server"]?.text ?? "-")/\($0["id"]?.text ?? "-")" }
    }
    _ = try await world.tool(
      "drift", "--all", "--format", "json", "--server-name", "east", "--output", file)
    let east = try await drift("--server-name", "east")
    #expect(names(east, "lasting") == ["east/w1"] && names(east, "new") == [])
    // What another server had is not known here, and is not gone for that.
    let west = try await drift("--server-name", "west")
    #expect(names(west, "new") == ["west/w1"] && names(west, "unread") == ["east/w1"])
    let text = try await world.tool(
      "drift", "--all", "--previous", file, "--server-name", "west")
    #expect(text.output.contains("new: west/shop (w1) port") && text.output.contains("east/shop"))
    // From before the server was named.
    _ = try await world.tool("drift", "--all", "--format", "json", "--output", file)
    let named = try await drift("--server-name", "east")
    #expect(names(named, "new") == ["east/w1"] && names(named, "resolved") == ["-/w1"])
  }

  @Test func aNotificationNamesIt() async throws {
    let world = try await Self.world()
    let file = world.scratch.file("previous.json")
    for (format, words) in [
      ("json", #""new":[{"server":"east","id":"w1""#), ("slack", "new: east/shop (w1) port"),
    ] {
      let result = try await world.tool(
        "drift", "--all", "--previous", file, "--server-name", "east", "--notify", "--dry-run",
        "--notify-format", format)
      #expect(result.status == 1 && result.output.contains(words), "\(result)")
    }
  }

  // MARK: Saved plans

  @Test func aSavedPlanIsForItsServer() async throws {
    let world = try await Self.world()
    let file = world.scratch.file("east.plan")
    let saved = try await world.tool("plan", "--all", "--out", file, "--server-name", "east")
    #expect(saved.status == 0, "\(saved)")
    #expect(saved.error.contains("to apply it: apply \(file) --server-name east\n"), "\(saved)")
    try await expectSchema("plan-file", String(decoding: try readFile(file), as: UTF8.self))
    for options in [[], ["--server-name", "west"]] {
      let refused = try await world.tool("apply", arguments: [file, "--yes"] + options)
      #expect(refused.status == 2 && refused.output.isEmpty, "\(refused)")
      #expect(refused.error.contains("the saved plan is for server east"), "\(refused)")
      #expect(refused.error.contains("--server-name east"), "\(refused)")
    }
    let applied = try await world.tool(
      "apply", file, "--yes", "--format", "json", "--server-name", "east")
    #expect(applied.status == 0, "\(applied)")
    try await expectSchema("apply", applied.output)
    #expect(try Self.keys(Self.json(applied)) == ["east/w1"])
    // The database has one server, which its audit need not name.
    let audit = try await world.sql("SELECT message || metadata FROM event_log")
    #expect(audit.contains("of shop from") && !audit.contains("east"), "\(audit)")
  }

  /// A plan that names no server is for the database that is given.
  @Test func aPlanWithoutAName() async throws {
    let world = try await Self.world()
    let file = world.scratch.file("any.plan")
    #expect(try await world.tool("plan", "--all", "--out", file).status == 0)
    let applied = try await world.tool(
      "apply", file, "--yes", "--format", "json", "--server-name", "east")
    #expect(applied.status == 0, "\(applied)")
    #expect(try Self.keys(Self.json(applied)) == ["east/w1"])
  }

  @Test(arguments: [[], ["--atomic"]]) func aNamedDatabaseOfPostgreSQL(_ options: [String])
    async throws
  {
    let world = try await World(on: PostgresCluster.shared)
    try await world.addWorkload("w1", name: "shop")
    let applied = try await world.tool(
      "apply", arguments: ["--all", "--yes", "--server-name", "east"] + options)
    #expect(applied.status == 0 && applied.output.contains("east/shop (w1)"), "\(applied)")
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "1")
  }

  /// Each workload that is written is named alike, whichever way it went.
  @Test(arguments: [[], ["--atomic"], ["--keep-going"]])
  func whatIsAppliedNamesIt(_ options: [String]) async throws {
    let world = try await Self.world()
    try await world.addWorkload("w2", config: "{")
    let result = try await world.tool(
      "apply", arguments: ["--all", "--yes", "--format", "json", "--server-name", "east"] + options)
    #expect(result.status == 2, "\(result)")
    #expect(try Self.keys(Self.json(result)) == ["east/w1", "east/w2"], "\(result)")
  }
}
