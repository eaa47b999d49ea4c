import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// `drift merge` of the reports of several servers, whose workloads have the same ids.
@Suite(.ownTime, .hangLimit) struct ServerMergeTests {
  /// Eight workloads, of which the half drifts.
  private static func world() async throws -> World {
    let world = try await World()
    for number in 0..<8 {
      let port = number % 2 == 0 ? 3000 : 8080
      let leaves = #""port":\#(port),"healthcheck":"/healthz","deploy_strategy":"blue-green""#
      try await world.addWorkload("w\(number)", config: World.config(leaves))
    }
    return world
  }

  /// The file of a run's report.
  private static func report(_ world: World, _ name: String?, _ options: String...) async throws
    -> String
  {
    let server = name.map { ["--server-name", $0] } ?? []
    let result = try await world.tool(
      "drift", arguments: ["--all", "--format", "jsonl"] + server + options)
    #expect(result.status < 2, "\(result)")
    let label = ([name ?? "none"] + options).joined().replacing("/", with: "-")
    return try world.scratch.write("\(label).jsonl", result.output)
  }

  @Test func twoServersOfTwoShards() async throws {
    let world = try await Self.world()
    var files: [String] = []
    for name in ["west", "east"] {
      for shard in ["2/2", "1/2"] {
        files.append(try await Self.report(world, name, "--shard", shard))
      }
    }
    let merged = try await world.merge(files + ["--format", "json"])
    #expect(merged.status == 1 && merged.error.isEmpty, "\(merged)")
    try await expectSchema("drift", merged.output)
    let keys = ["east", "west"].flatMap { name in (0..<8).map { "\(name)/w\($0)" } }
    #expect(try ServerNameTests.keys(ServerNameTests.json(merged)) == keys)
    let text = try await world.merge(files)
    #expect(text.output.contains("16 workloads"), "\(text)")
    let metrics = try await world.merge(files + ["--format", "prometheus"])
    for name in ["east", "west"] {
      #expect(
        metrics.output.contains("{server=\"\(name)\",id=\"w0\",name=\"w0\"} 1\n"), "\(metrics)")
    }
    // A merged report is merged again.
    let again = try await world.merge(
      [try world.scratch.write("merged.json", merged.output), "--format", "json"])
    #expect(try ServerNameTests.keys(ServerNameTests.json(again)) == keys)
    let russian = try await world.merge(Array(files.dropLast()) + ["--lang", "ru"])
    #expect(russian.output.contains("east: нет части 1 из 2"), "\(russian)")
  }

  /// Each server has a split of its own.
  @Test func aMissingShardIsToldByServer() async throws {
    let world = try await Self.world()
    let files = [
      try await Self.report(world, "east", "--shard", "1/2"),
      try await Self.report(world, "west", "--shard", "2/3"),
      try await Self.report(world, nil),
    ]
    let words = "east: shard 2 of 2 is missing; west: shards 1, 3 of 3 are missing"
    let merged = try await world.merge(files + ["--format", "json"])
    #expect(merged.status == 2 && merged.error.contains(words), "\(merged)")
    try await expectSchema("drift", merged.output)
    #expect(try ServerNameTests.json(merged)["missing_shards"] == nil)
    for (format, start) in [
      ("text", "Incomplete: "), ("markdown", "; "), ("junit", "Incomplete: "),
    ] {
      let report = try await world.merge(files + ["--format", format])
      #expect(report.output.contains(start + words), "\(report)")
    }
    let part = try world.scratch.write("part.json", merged.output)
    let again = try await world.merge([part])
    #expect(again.output.contains("Incomplete: 1 report is incomplete"), "\(again)")
    let repeated = try await world.merge([files[0], files[0]])
    #expect(repeated.status == 2 && repeated.error.contains("are both shard 1/2"), "\(repeated)")
    let other = try await Self.report(world, "east", "--shard", "2/3")
    let split = try await world.merge([files[0], other])
    #expect(split.status == 2 && split.error.contains("of another split"), "\(split)")
  }

  /// What two reports tell alike counts once; what they tell otherwise is refused, with both named.
  @Test func theSameWorkloadTwice() async throws {
    let world = try await Self.world()
    let whole = try await Self.report(world, "east")
    let part = try await Self.report(world, "east", "--name", "w[0-3]")
    let text = try await world.tool("drift", "--all", "--server-name", "east")
    for files in [[whole, part], [part, whole], [whole, whole]] {
      let merged = try await world.merge(files)
      #expect(merged.status == 1 && merged.error.isEmpty, "\(merged)")
      #expect(merged.output == text.output)
    }
    try await world.sql(
      "UPDATE workloads SET source_config = replace(source_config, '3000', '4000') WHERE id < 'w5'")
    let moved = try await Self.report(world, "east", "--source", "dockerfile")
    let refused = try await world.merge([whole, moved])
    #expect(refused.status == 2 && refused.output.isEmpty)
    #expect(
      refused.error.contains(
        "\(moved) and \(whole) tell different things of the same workload: east/w0 and 2 more"),
      "\(refused)")
    #expect(refused.error.contains("drift --server-name NAME"), "\(refused)")
    // The remedy: each server's name.
    let west = try await Self.report(world, "west")
    #expect(try await world.merge([whole, west]).output.contains("16 workloads"))
  }

  /// Drift that does not count yet is not taken from the counts either.
  @Test func whatDoesNotCountYetTwice() async throws {
    let world = try await Self.world()
    let file = world.scratch.file("none.json")
    let first = try await Self.report(world, "east", "--previous", file, "--min-age", "1h")
    let same = try world.scratch.write("same.jsonl", readFile(first))
    let merged = try await world.merge([first, same, "--format", "json"])
    #expect(merged.status == 0, "\(merged)")
    try await expectSchema("drift", merged.output)
    let report = try ServerNameTests.json(merged)
    #expect(report["summary"]?["drifted"] == 0 && report["summary"]?["workloads"] == 8)
    guard case .array(let new)? = report["previous"]?["new"] else { throw TestSupportError("new") }
    #expect(new.count == 4, "\(new)")
  }

  /// A name in a report that is none is not taken from it.
  @Test(arguments: ["", "a b", "a/b", "\\u001b[31m", "<b>", "é"])
  func hostileNames(_ name: String) async throws {
    let world = try await Self.world()
    let file = try await Self.report(world, "east")
    let text = String(decoding: try readFile(file), as: UTF8.self)
    let odd = text.replacing(#""server":"east""#, with: #""server":"\#(name)""#)
    let merged = try await world.merge([try world.scratch.write("odd.jsonl", odd)])
    #expect(merged.status == 2 && merged.output.isEmpty)
    #expect(merged.error.contains("is not the name of a server"), "\(merged)")
  }
}
