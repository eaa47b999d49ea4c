import DriftTracking
import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// Many workloads: order, filters, shards and their joining.
@Suite(.ownTime, .hangLimit) struct DriftFleetTests {
  /// Some that drift, some in sync, some without a mirror, of both sources.
  static func fleet(withoutMirror absent: Int = 6) async throws -> World {
    let world = try await World()
    for number in 0..<24 {
      let config =
        switch number % 4 {
        case 0:
          World.config(#""port":8080,"healthcheck":"/healthz","deploy_strategy":"blue-green""#)
        case 1: World.config()
        case 2: World.config(name: number / 4 < absent ? "gone" : "shop")
        default: World.config(#""deploy_strategy":"blue-green""#)
        }
      try await world.addWorkload(
        "w\(number)", name: "shop-\(number % 5)", source: number % 4 == 3 ? "static" : "dockerfile",
        config: config)
    }
    return world
  }

  static func report(_ text: String, from name: String = "r") throws -> DriftReport {
    try DriftReport(json: Array(text.utf8), name: name)
  }

  /// Five have no mirror: after five failures a forge is asked no more, so what is said of a sixth would depend on time.
  @Test func theFormsTellTheSameInTheSameOrder() async throws {
    let world = try await Self.fleet(withoutMirror: 5)
    let document = try await world.tool("drift", "--all", "--format", "json")
    let lines = try await world.tool("drift", "--all", "--format", "jsonl", "--jobs", "7")
    #expect(document.status == 2 && lines.status == 2)
    var (left, right) = (try Self.report(document.output), try Self.report(lines.output))
    (left.generatedAt, right.generatedAt) = ("", "")
    #expect(left == right)
    let order = try await world.sql("SELECT id FROM workloads ORDER BY name, id")
    #expect(left.workloads.map(\.id) == order.split(separator: "\n").map(String.init))
    #expect(left.summary.workloads == 24 && left.summary[.fetchFailed] == 5)
    #expect(left.summary.drifted == 7 && left.summary[.ok] == 19)
    try await expectSchema("drift", try Self.document(ofLines: lines.output))
  }

  /// The one document that lines make: `run`, each `workload`, and `summary`, without their types.
  private static func document(ofLines text: String) throws -> String {
    let lines = try text.split(separator: "\n").map { line in
      let object = try JSONText(Array(line.utf8))
      let rest = String(decoding: try object.removing("type").bytes, as: UTF8.self)
      return (type: object["type"]?.text, rest: rest)
    }
    let (first, last) = (try #require(lines.first), try #require(lines.last))
    let workloads = lines.dropFirst().dropLast()
    #expect(first.type == "run" && last.type == "summary")
    #expect(workloads.allSatisfy { $0.type == "workload" })
    return first.rest.dropLast() + #","workloads":["# + workloads.map(\.rest).joined(separator: ",")
      + #"],"summary":\#(last.rest)}"#
  }

  /// The text of all shards of a split, joined, is the text of the whole.
  @Test(arguments: [1, 3], ["json", "jsonl"])
  func shardsJoinToTheWhole(_ count: Int, _ format: String) async throws {
    let world = try await Self.fleet()
    var files: [String] = []
    for index in 1...count {
      let shard = try await world.tool(
        "drift", "--all", "--fetch", "local", "--format", format, "--shard", "\(index)/\(count)")
      files.append(try world.scratch.write("shard-\(index).json", shard.output))
    }
    for form in ["text", "json", "markdown"] {
      let whole = try await world.tool("drift", "--all", "--fetch", "local", "--format", form)
      let merged = try await world.merge(files.reversed() + ["--format", form])
      #expect(merged.status == 2 && merged.error.isEmpty, "\(merged.error)")
      #expect(Self.withoutTime(merged.output) == Self.withoutTime(whole.output))
    }
  }

  private static func withoutTime(_ text: String) -> [Substring] {
    text.split(separator: "\n").filter { !$0.contains("\"generated_at\"") }
  }

  @Test func aMissingShardIsTold() async throws {
    let world = try await World()
    try await world.addWorkload(
      "w1",
      config: World.config(
        #""port":8080,"healthcheck":"/healthz","deploy_strategy":"blue-green""#))
    var files: [String] = []
    for index in [1, 4] {
      let shard = try await world.tool(
        "drift", "--all", "--format", "json", "--shard", "\(index)/4")
      #expect(shard.status == 0)
      files.append(try world.scratch.write("shard-\(index).json", shard.output))
    }
    let merged = try await world.merge(files)
    #expect(merged.status == 2)
    #expect(merged.error.contains("shards 2, 3 of 4 are missing"), "\(merged.error)")
    // No form of it can be taken for the whole.
    for (format, words) in [
      ("text", "Incomplete: shards 2, 3 of 4 are missing"),
      ("markdown", "⚠️ Incomplete: shards 2, 3 of 4"), ("html", "<h1>Incomplete: shards 2, 3"),
      ("json", "\"missing_shards\""), ("jsonl", "\"missing_shards\":[2,3]"),
      ("github", "Incomplete: shards 2, 3"), ("gitlab", "Incomplete: shards 2, 3"),
      ("sarif", "Incomplete: shards 2, 3"), ("junit", "Incomplete: shards 2, 3"),
      ("prometheus", "tinyforge_drift_incomplete 1\n"),
    ] {
      let report = try await world.merge(files + ["--format", format])
      #expect(report.status == 2 && report.output.contains(words), "\(format): \(report.output)")
      #expect(!report.output.contains("✅"))
      if format == "json" {
        try await expectSchema("drift", report.output)
        let again = try await world.merge([try world.scratch.write("part.json", report.output)])
        #expect(again.output.contains("Incomplete: 1 report is incomplete"), "\(again.output)")
      }
    }
    // A runner that failed left no report, or a part of one: the others' are joined all the same.
    let cut = try readFile(files[1]).dropLast(20)
    let broken = try world.scratch.write("broken.json", cut)
    let rest = try await world.merge([files[0], broken, world.scratch.file("absent.json")])
    #expect(rest.status == 2 && !rest.output.isEmpty, "\(rest)")
    for words in [
      "broken.json", "absent.json", "it is left out", "shards 2, 3, 4 of 4 are missing",
    ] {
      #expect(rest.error.contains(words), "\(rest.error)")
    }
  }

  @Test func whatDoesNotBelongTogetherIsRefused() async throws {
    let world = try await Self.fleet()
    func shard(_ text: String) async throws -> String {
      let result = try await world.tool("drift", "--all", "--format", "json", "--shard", text)
      return try world.scratch.write(text.replacing("/", with: "-"), result.output)
    }
    let whole = try await world.tool("drift", "--all", "--format", "jsonl")
    let file = try world.scratch.write("whole", whole.output)
    let other = whole.output.replacing("drift/v1", with: "drift/v2")
    let moved = try world.scratch.write("moved", whole.output.replacing("3000", with: "4000"))
    let cases = [
      ([try await shard("1/2"), try await shard("1/2")], "are both shard 1/2"),
      ([try await shard("1/2"), try await shard("2/3")], "of another split"),
      ([file, moved], "tell different things of the same workload: shop-0 (w5) and 5 more"),
      ([try world.scratch.write("v2", other)], "tinyforge.drift/v2"),
      ([world.scratch.file("absent")], "cannot be read"),
      ([world.database], "not a complete drift report"),
    ]
    for (files, words) in cases {
      let merged = try await world.merge(files)
      #expect(merged.status == 2 && merged.output.isEmpty)
      #expect(merged.error.contains(words), "\(merged.error)")
    }
    let piped = try await world.tool("drift", "merge", "-", "--exit-zero", input: whole.output)
    #expect(piped.output.contains("24 workloads"), "\(piped.error)")
  }

  /// The options, and which of w0 to w23 are inspected.
  @Test(arguments: [
    (["--name", "shop-1"], [1, 6, 11, 16, 21]),
    (["--name", "w1?"], [10, 11, 12, 13, 14, 15, 16, 17, 18, 19]),
    (["--name", "shop-[01]", "--name", "w2"], [0, 1, 2, 5, 6, 10, 11, 15, 16, 20, 21]),
    (["--source", "static"], [3, 7, 11, 15, 19, 23]),
    (["--source", "static", "--name", "shop-*", "--name", "x"], [3, 7, 11, 15, 19, 23]),
    (["--source", "static", "--source", "dockerfile", "--name", "w7"], [7]),
    (["--name", "nobody", "--allow-empty"], []),
  ])
  func partsOfAFleet(_ options: [String], _ wanted: [Int]) async throws {
    let world = try await Self.fleet()
    let result = try await run(
      builtTool("drift"), ["--all", "--format", "jsonl"] + options,
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
    let report = try Self.report(result.output)
    #expect(report.workloads.map(\.id).sorted() == wanted.map { "w\($0)" }.sorted())
    #expect(report.summary.workloads == wanted.count)
  }

  /// The workloads that are listed, as values of `number % 4`; the counts stay.
  @Test(arguments: [
    (["--only-drifted"], [1, 2]), (["--status", "ok"], [0, 1, 3]),
    (["--status", "fetch_failed"], [2]), (["--status", "ok", "--only-drifted"], [1]),
    (["--status", "invalid"], [Int]()),
  ])
  func listings(_ options: [String], _ kinds: [Int]) async throws {
    let world = try await Self.fleet()
    let result = try await run(
      builtTool("drift"), ["--all", "--format", "json"] + options,
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
    let report = try Self.report(result.output)
    let listed = Set(report.workloads.compactMap { Int($0.id.dropFirst()) }.map { $0 % 4 })
    #expect(listed == Set(kinds) && report.workloads.count == 6 * kinds.count)
    #expect(report.summary.workloads == 24 && report.summary.drifted == 6)
    #expect(result.status == 2)
    try await expectSchema("drift", result.output)
  }

  @Test(arguments: [
    ["--shard", "0/2"], ["--shard", "3/2"], ["--shard", "x"], ["--stale-after", "7"],
    ["--stale-after", "-7d"], ["--history", "0"], ["--status", "odd"], ["--source", "image"],
    ["--snapshot", "x", "--live", "y"],
  ])
  func optionsThatMakeNoSense(_ options: [String]) async throws {
    let result = try await run(
      builtTool("drift"), ["--all"] + options, environment: ["TINYFORGE_DB": "/nonexistent"])
    #expect(result.status == 2 && result.error.contains(options[0]), "\(result.error)")
  }

  /// What was done to the mirror, and whether it is stale.
  @Test(arguments: [
    ("fetched long ago", true), ("fetched now", false), ("fetched now, nothing new", false),
    ("collected now", true), ("never fetched, cloned long ago", true),
    ("pushed to now", false), ("no mirror", false),
  ])
  func mirrorsThatWereNotFetched(_ what: String, _ isStale: Bool) async throws {
    let world = try await World(spec: "version: 1\n")
    try await world.addWorkload("w1")
    let mirror = "\(world.mirrors)/acme/shop.git"
    if what.contains("fetched"), !what.contains("never") {
      if !what.contains("nothing new") {
        try await git("commit", "-q", "--allow-empty", "-m", "x", in: world.repository)
      }
      try await git("fetch", "-q", in: mirror)
    }
    try await mustRun("find", [mirror, "-exec", "touch", "-d", "2020-01-01", "{}", "+"])
    switch what {
    case "fetched now", "fetched now, nothing new": try await git("fetch", "-q", in: mirror)
    case "collected now": try await git("gc", "-q", in: mirror)
    case "pushed to now": try await world.push("version: 1\n# more\n")
    case "no mirror": try await git("remote", "remove", "origin", in: mirror)
    default: break
    }
    if what == "collected now" {
      try await mustRun("touch", ["-d", "2020-01-01", "\(mirror)/FETCH_HEAD"])
    }
    let result = try await world.tool(
      "drift", "--all", "--stale-after", "7d", "--format", "json")
    let report = try Self.report(result.output)
    #expect(report.workloads[0].isMirrorStale == isStale)
    #expect(report.summary.staleMirrors == (isStale ? 1 : 0) && result.status == (isStale ? 1 : 0))
    #expect((report.workloads[0].fetchedAt == nil) == (what == "no mirror"))
    #expect(
      report.workloads[0].notes.contains { $0.contains("was last fetched 2020-01-01") } == isStale)
    try await expectSchema("drift", result.output)
    #expect(try await world.tool("drift", "--all").status == 0)
  }

  @Test func aSiteThatRunsRecreateIsExplained() async throws {
    let world = try await World(spec: "version: 1\ndeploy: {deploy_strategy: blue-green}\n")
    let live = #""deploy_strategy":"blue-green""#
    for (id, leaves, words) in [
      (
        "w1", #"\#(live),"kind":"deno","storage_enabled":true"#, "has storage, and so runs recreate"
      ),
      ("w2", #"\#(live),"kind":"html""#, ""), ("w3", live, "does not tell whether"),
      ("w4", #"\#(live),"kind":"deno","storage":{}"#, ""),
    ] {
      try await world.addWorkload(id, source: "static", config: World.config(leaves))
      let result = try await world.tool("drift", "--workload", id, "--format", "json")
      let notes = try Self.report(result.output).workloads[0].notes
      #expect(result.status == 0 && notes.count == (words.isEmpty ? 0 : 1))
      #expect(notes.allSatisfy { $0.contains(words) })
    }
  }

  @Test func noSecretIsTold() async throws {
    let token = "ghp_" + String(repeating: "a1B2c3", count: 6)
    let world = try await World(
      spec: "version: 1 # \(token)\ndeploy:\n  healthcheck: /x?token=\(token)\n")
    try await world.addWorkload(
      "w1", config: World.config(#""healthcheck":"/y?token=\#(token)z""#))
    for format in ["text", "json", "jsonl", "markdown"] {
      for tool in ["drift", "plan"] where tool == "drift" || format == "json" || format == "text" {
        let result = try await world.tool(tool, "--all", "--format", format)
        #expect(result.status == 1 && !result.output.contains("ghp_a1B2"), "\(result.output)")
      }
    }
  }
}

extension World {
  /// Runs `drift merge`.
  func merge(_ arguments: [String]) async throws -> CommandResult {
    try await run(builtTool("drift"), ["merge"] + arguments, in: repository)
  }
}
