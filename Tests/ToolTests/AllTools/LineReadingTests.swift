import TestSupport
import Testing

/// The usual calls, which are read without the parser, against the same calls read by it.
@Suite(.ownTime, .hangLimit) struct LineReadingTests {
  /// `--` at the end means nothing, and is left to the parser with all that is before it.
  private static func expectAlike(_ tool: String, _ line: [String], in world: World) async throws {
    var results: [CommandResult] = []
    for words in [line, line + ["--"]] {
      results.append(
        try await TestSupport.run(
          builtTool(tool), words, in: world.repository,
          environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors]))
    }
    #expect(results[0].status == results[1].status, "\(tool) \(line) \(results)")
    #expect(results[0].output == results[1].output, "\(tool) \(line)")
    #expect(results[0].error == results[1].error, "\(tool) \(line)")
    #expect(!(results[0].output + results[0].error).isEmpty)
  }

  @Test(arguments: [
    "--version", ".tinyforge.yml", "bad.yml", "bad.yml .tinyforge.yml", "absent.yml",
    "bad.yml --format json", "bad.yml -q",
    "--staged", "--staged --only-findings --format text --require --path absent.yml",
    "--rev HEAD --strict", "--rev nowhere",
    "bad.yml --rule unused-name=off", "bad.yml --exit-zero --color always",
    "--list-codes --format json", "--repo . bad.yml",
    "--explain octal-number", "--explain nothing", "--install-hook --uninstall-hook",
    "--staged bad.yml", "-",
  ])
  func lintReadsItAlike(_ line: String) async throws {
    let world = try await World()
    try world.scratch.write("source/bad.yml", "version: 1\ndeploy:\n  prot: 8080\n")
    try await Self.expectAlike("lint-spec", line.split(separator: " ").map(String.init), in: world)
  }

  @Test(arguments: ["plan", "drift", "apply"])
  func workloadToolsReadItAlike(_ tool: String) async throws {
    let world = try await World()
    for id in ["w1", "w2"] { try await world.addWorkload(id, name: "app-\(id)") }
    let lines = [
      "--version", "app-w1", "w1 --workload w2 --exit-zero -q --lang ru", "w1 --rev nowhere",
      "absent", "w1 doctor",
    ]
    for line in lines {
      let dry = tool == "apply" && !line.contains("version") ? ["--dry-run"] : []
      let words = line.split(separator: " ").map(String.init) + dry
      try await Self.expectAlike(tool, words, in: world)
    }
  }
}
