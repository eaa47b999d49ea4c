import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// Drift against the last run's report, by the built tool on real mirrors and databases.
@Suite(.ownTime, .hangLimit) struct PreviousReportTests {
  /// Two that drift, w2 and w3, and one in sync.
  static func world() async throws -> World {
    let world = try await World()
    let inSync = #""port":8080,"healthcheck":"/healthz","deploy_strategy":"blue-green""#
    try await world.addWorkload("w1", name: "blog", config: World.config(inSync))
    for id in ["w2", "w3"] {
      try await world.addWorkload(
        id, name: "shop-\(id)",
        config: World.config(
          #""port":3000,"healthcheck":"/healthz","deploy_strategy":"blue-green""#))
    }
    return world
  }

  /// Runs drift against a file with that text, and expects JSON by the schema.
  static func report(
    _ world: World, after previous: String, _ options: String..., status: Int32 = 1
  ) async throws -> JSONValue {
    let file = try world.scratch.write("previous.json", previous)
    let result = try await world.tool(
      "drift",
      arguments: (options.contains("w2") ? [] : ["--all"])
        + ["--format", "json", "--previous", file] + options)
    #expect(result.status == status, "\(result.error)")
    try await expectSchema("drift", result.output)
    return try JSONValue(parsing: Array(result.output.utf8))
  }

  /// A report as if it had been made at the beginning of 2026.
  static func old(_ text: String) throws -> String {
    let value = try JSONValue(parsing: Array(text.utf8))
    let made = try #require(value["generated_at"]?.text)
    return text.replacing(made, with: "2026-01-05T00:00:00Z")
  }

  /// `id.field` of the entries of a list.
  static func names(_ report: JSONValue, _ list: String) -> [String] {
    guard case .array(let items)? = report["previous"]?[list] else { return ["no \(list)"] }
    return items.map { "\($0["id"]?.text ?? "?").\($0["field"]?.text ?? "?")" }
  }

  static func entry(_ report: JSONValue, _ list: String, _ index: Int = 0) throws -> JSONValue {
    guard case .array(let items)? = report["previous"]?[list] else { return .null }
    return try #require(items.indices.contains(index) ? items[index] : nil)
  }

  /// The entry of drift of a workload.
  static func drift(_ report: JSONValue, _ id: String) throws -> JSONValue {
    guard case .array(let workloads)? = report["workloads"],
      case .array(let entries)? = workloads.first(where: { $0["id"]?.text == id })?["drift"]
    else { return .null }
    return try #require(entries.first)
  }

  @Test func aFirstRunIsToldAndWorks() async throws {
    let world = try await Self.world()
    let file = world.scratch.file("none.json")
    let first = try await world.tool(
      "drift", "--all", "--format", "json", "--previous", file, "--output", file)
    #expect(first.status == 1 && first.output.isEmpty)
    #expect(first.error.contains("does not exist: this is taken for the first run"))
    let report = try JSONValue(parsing: Array(try readFile(file)))
    #expect(report["previous"]?["generated_at"] == .null)
    #expect(Self.names(report, "new") == ["w2.port", "w3.port"])
    let text = try await world.tool("drift", "--all", "--previous", world.scratch.file("no/such"))
    #expect(text.output.contains("Without an earlier report: 2 new, 0 lasting, 0 resolved"))
    #expect(text.output.contains("drifting, first seen in this run"))
  }

  /// What lasts keeps its time whatever its values become; what is resolved and comes back is new.
  @Test func aFieldKeepsItsTimeUntilItIsResolved() async throws {
    let world = try await Self.world()
    let plain = try await world.tool("drift", "--all", "--format", "json")
    #expect(!plain.output.contains("first_seen") && !plain.output.contains("\"previous\""))
    // A report without times, of a version that knew none, says when its run looked.
    let second = try await Self.report(world, after: try Self.old(plain.output))
    #expect(Self.names(second, "lasting") == ["w2.port", "w3.port"])
    #expect(try Self.drift(second, "w2")["first_seen"]?.text == "2026-01-05T00:00:00Z")
    #expect(try Self.entry(second, "lasting")["changed"] == nil)
    // Another live value, and one that is put right.
    try await world.sql(
      "UPDATE workloads SET source_config = replace(source_config, '3000', '4000') WHERE id = 'w2'")
    try await world.sql(
      "UPDATE workloads SET source_config = replace(source_config, '3000', '8080') WHERE id = 'w3'")
    let third = try await Self.report(world, after: JSONWriter.indented(second))
    #expect(Self.names(third, "lasting") == ["w2.port"])
    #expect(try Self.entry(third, "lasting")["changed"] == true)
    #expect(try Self.entry(third, "lasting")["first_seen"]?.text == "2026-01-05T00:00:00Z")
    #expect(Self.names(third, "resolved") == ["w3.port"])
    #expect(try Self.entry(third, "resolved")["resolution"]?.text == "in_sync")
    // The same field again is new.
    try await world.sql(
      "UPDATE workloads SET source_config = replace(source_config, '8080', '1') WHERE id = 'w3'")
    let fourth = try await Self.report(world, after: JSONWriter.compact(third))
    #expect(Self.names(fourth, "new") == ["w3.port"])
    #expect(try Self.drift(fourth, "w3")["first_seen"] == fourth["generated_at"])
    // No field is declared any more; a workload that is opted out or removed is gone.
    try await world.push("version: 1\n")
    try await world.sql("DELETE FROM workloads WHERE id = 'w3'")
    let fifth = try await Self.report(world, after: JSONWriter.compact(fourth), status: 0)
    #expect(Self.names(fifth, "resolved") == ["w2.port", "w3.port"])
    #expect(try Self.entry(fifth, "resolved", 0)["resolution"]?.text == "not_managed")
    #expect(try Self.entry(fifth, "resolved", 1)["resolution"]?.text == "gone")
  }

  /// What a run does not compare keeps its time, over several such runs.
  @Test(arguments: ["mirror", "spec", "no spec", "config", "name", "selection"])
  func whatIsNotComparedKeepsItsTime(_ obstacle: String) async throws {
    let world = try await Self.world()
    var text = try Self.old(try await world.tool("drift", "--all", "--format", "json").output)
    let mirror = "\(world.mirrors)/acme/shop.git"
    switch obstacle {
    case "mirror": try await mustRun("mv", [mirror, mirror + ".away"])
    case "spec": try await world.push("version: 2\n")
    case "no spec":
      try await git("update-ref", "refs/heads/main", Self.emptyCommit(mirror), in: mirror)
    case "config":
      try await world.sql("UPDATE workloads SET source_config = 'x' WHERE id = 'w2'")
    default: break
    }
    let options = obstacle == "name" ? ["--name", "blog"] : obstacle == "selection" ? ["blog"] : []
    for _ in 0..<2 {
      let file = try world.scratch.write("r.json", text)
      text = try await world.tool(
        "drift",
        arguments: (obstacle == "selection" ? [] : ["--all"]) + options
          + ["--fetch", "local", "--format", "json", "--previous", file]
      ).output
      let report = try JSONValue(parsing: Array(text.utf8))
      let wanted = obstacle == "config" ? ["w2.port"] : ["w2.port", "w3.port"]
      #expect(Self.names(report, "unread") == wanted, "\(text)")
      #expect(Self.names(report, "resolved") == [] && Self.names(report, "new") == [])
      try await expectSchema("drift", text)
    }
    switch obstacle {
    case "mirror": try await mustRun("mv", [mirror + ".away", mirror])
    case "spec": try await world.push(World.spec)
    case "no spec":
      try await git("update-ref", "refs/heads/main", "HEAD@{0}", in: world.repository)
      try await world.push(World.spec + "# again\n")
    case "config":
      let config = World.config(
        #""port":3000,"healthcheck":"/healthz","deploy_strategy":"blue-green""#)
      try await world.sql("UPDATE workloads SET source_config = '\(config)' WHERE id = 'w2'")
    default: break
    }
    let again = try await Self.report(world, after: text)
    #expect(Self.names(again, "lasting") == ["w2.port", "w3.port"])
    #expect(try Self.drift(again, "w2")["first_seen"]?.text == "2026-01-05T00:00:00Z")
  }

  /// A workload that a signal kept from being read keeps its time, whenever the signal comes.
  @Test func anInterruptedRunKeepsTheTimes() async throws {
    let world = try await Self.world()
    let plain = try await world.tool("drift", "--all", "--format", "json").output
    let file = try world.scratch.write("r.json", try Self.old(plain))
    let options = ["--all", "--jobs", "1", "--format", "json", "--previous", file]
    try await world.withSilentForge { address in
      let config = ForgeWorld.config("gitea", address, name: "till")
      try await world.sql("UPDATE workloads SET source_config = '\(config)' WHERE id = 'w3'")
      let result = try await world.interrupted(
        by: "TERM", "drift", options + ["--fetch-timeout", "100s"],
        once: world.scratch.file("connected"))
      #expect(result.status == 143, "\(result)")
      try await expectSchema("drift", result.output)
      let report = try JSONValue(parsing: Array(result.output.utf8))
      #expect(Self.names(report, "lasting") == ["w2.port"])
      #expect(Self.names(report, "unread") == ["w3.port"])
    }
    let nothing = try await world.interruptedAtOnce(
      by: "TERM", "drift", options + ["--live", "-"])
    let report = try JSONValue(parsing: Array(nothing.output.utf8))
    #expect(nothing.status == 143 && Self.names(report, "unread") == ["w2.port", "w3.port"])
    #expect(try Self.entry(report, "unread")["first_seen"]?.text == "2026-01-05T00:00:00Z")
  }

  private static func emptyCommit(_ mirror: String) async throws -> String {
    let tree = try await git("hash-object", "-t", "tree", "-w", "/dev/null", in: mirror)
    return try await git("commit-tree", "-m", "Nothing", tree, in: mirror)
  }

  /// Drift that is too young is a note in every form, and is counted once it lasts.
  @Test func onlyLastingDriftCounts() async throws {
    let world = try await Self.world()
    try await world.sql("DELETE FROM workloads WHERE id = 'w3'")
    let file = world.scratch.file("r.json")
    func run(_ format: String, _ age: String) async throws -> CommandResult {
      try await world.tool(
        "drift", "--all", "--format", format, "--previous", file, "--min-age", age)
    }
    for format in [
      "text", "json", "jsonl", "markdown", "html", "github", "gitlab", "sarif", "junit",
      "prometheus",
    ] {
      let young = try await run(format, "1h")
      #expect(young.status == 0, "\(format): \(young)")
      #expect(!young.output.contains("<failure") && !young.output.contains("::warning"))
      if format == "text" {
        #expect(young.output.contains("port drifts, and does not count yet: first seen at"))
        #expect(young.output.contains("0 drifted") || !young.output.contains("1 drifted"))
      }
      if format == "prometheus" { #expect(young.output.contains("drift_drifted_workloads 0\n")) }
    }
    let first = try await run("json", "1h").output
    let made = try #require(JSONValue(parsing: Array(first.utf8))["generated_at"]?.text)
    #expect(first.contains("\"counted\": false"))
    try world.scratch.write("r.json", first.replacing(made, with: "2026-01-05T00:00:00Z"))
    for (age, status) in [("1h", 1), ("52w", 0), ("0s", 1)] {
      #expect(try await run("text", age).status == Int32(status), "\(age)")
    }
  }

  /// Each form says since when, and posts say nothing that changes from run to run.
  @Test func theFormsTellTheAge() async throws {
    let world = try await Self.world()
    let plain = try await world.tool("drift", "--all", "--format", "json")
    let file = try world.scratch.write("r.json", try Self.old(plain.output))
    let words = "days, since"
    for (format, wanted) in [
      ("text", "drifting for"),
      ("text", "Since the report of 2026-01-05T00:00:00Z: 0 new, 2 lasting"),
      ("text", "lasting: shop-w2 (w2) port, since 2026-01-05T00:00:00Z"), ("markdown", words),
      ("html", words), ("html", "Since the report of"), ("github", words), ("gitlab", words),
      ("sarif", words), ("junit", words),
      (
        "prometheus",
        "tinyforge_drift_since_timestamp_seconds{id=\"w2\",name=\"shop-w2\",field=\"port\"} 1767571200\n"
      ),
      ("prometheus", "# TYPE tinyforge_drift_since_timestamp_seconds gauge\n"),
    ] {
      let result = try await world.tool(
        "drift", "--all", "--format", format, "--previous", file)
      #expect(result.status == 1 && result.output.contains(wanted), "\(format): \(result.output)")
    }
    let russian = try await world.tool("drift", "--all", "--lang", "ru", "--previous", file)
    #expect(russian.output.contains("расходится") && russian.output.contains("С отчёта от"))
    #expect(!russian.output.contains("lasting"))
  }

  @Test func shardsHandTheTimesOn() async throws {
    let world = try await Self.world()
    let plain = try await world.tool("drift", "--all", "--format", "json")
    let file = try world.scratch.write("r.json", try Self.old(plain.output))
    try await world.sql("DELETE FROM workloads WHERE id = 'w3'")
    var shards: [String] = []
    for index in 1...3 {
      let shard = try await world.tool(
        "drift", "--all", "--shard", "\(index)/3", "--format", index == 1 ? "jsonl" : "json",
        "--previous", file)
      shards.append(try world.scratch.write("s\(index).json", shard.output))
    }
    for format in ["json", "jsonl"] {
      let merged = try await world.merge(shards + ["--format", format])
      #expect(merged.status == 1, "\(merged.error)")
      let kept = try world.scratch.write("merged.json", merged.output)
      let next = try await world.tool(
        "drift", "--all", "--format", "json", "--previous", kept)
      let report = try JSONValue(parsing: Array(next.output.utf8))
      #expect(Self.names(report, "lasting") == ["w2.port"])
      #expect(try Self.drift(report, "w2")["first_seen"]?.text == "2026-01-05T00:00:00Z")
      guard format == "json" else { continue }
      try await expectSchema("drift", merged.output)
      let whole = try JSONValue(parsing: Array(merged.output.utf8))
      #expect(Self.names(whole, "lasting") == ["w2.port"])
      #expect(Self.names(whole, "resolved") == ["w3.port"])
      #expect(Self.names(whole, "unread") == [])
    }
    let text = try await world.merge(shards)
    #expect(text.output.contains("0 new, 1 lasting, 1 resolved"), "\(text.output)")
    #expect(text.output.contains("drifting for"))
    // A missing shard's times are in the others.
    let part = try await world.merge(Array(shards.dropFirst()) + ["--format", "json"])
    let other = try await world.merge([shards[0], shards[2], "--format", "json"])
    for merged in [part, other] {
      let report = try JSONValue(parsing: Array(merged.output.utf8))
      let all = ["lasting", "unread", "resolved"].flatMap { Self.names(report, $0) }.sorted()
      #expect(all == ["w2.port", "w3.port"])
    }
  }
}
