import Reporting
import TestSupport
import Testing

/// Text on a narrow terminal.
@Suite(.ownTime, .hangLimit) struct TerminalWidthTests {
  /// Runs a tool on a terminal of its own; returns what it shows.
  private func screen(
    _ world: World, _ tool: String, _ arguments: [String], columns: String? = "40",
    environment: [String: String] = [:]
  ) async throws -> [String] {
    let spawn = "import pty, sys; pty.spawn(sys.argv[1:])"
    var variables = [
      "TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors, "TERM": "xterm",
      "NO_COLOR": "1",
    ]
    variables["COLUMNS"] = columns
    let result = try await run(
      "/usr/bin/python3", ["-c", spawn, builtTool(tool)] + arguments, in: world.repository,
      environment: variables.merging(environment) { $1 })
    return result.output.replacing("\r\n", with: "\n").split(separator: "\n").map(String.init)
  }

  private static func world() async throws -> World {
    let world = try await World(
      spec:
        "version: 1\ndeploy:\n  port: 8080\n  healthcheck: \"/one two three four five six seven\"\n"
    )
    try await world.addWorkload("w1", name: "shop")
    try await world.addWorkload("w2", name: "gone", config: World.config(name: "gone"))
    return world
  }

  /// What has a line of its own whatever its width: a word, a text in quotes, a command, source text.
  private static func isWhole(_ line: String) -> Bool {
    let text = line.drop { $0 == " " }
    return !text.contains(" ") || text.hasPrefix("$ ") || text.hasPrefix("|")
      || text.contains(" | ")
      || text.hasPrefix("\"") || text.hasPrefix("'")
  }

  @Test(arguments: [
    ["plan", "--all"], ["drift", "--all"], ["drift", "--all", "--lang", "ru"],
    ["apply", "--all", "--dry-run"], ["plan", "doctor"], ["plan", "doctor", "--lang", "ru"],
    ["plan", "--all", "--workload", "w1"], ["drift", "nobody"], ["lint-spec", "odd.yml"],
    ["apply", "locks"],
  ])
  func linesAreBrokenBetweenWords(_ command: [String]) async throws {
    let world = try await Self.world()
    try world.scratch.write("source/odd.yml", "version: 1\ndeploy:\n  prot: 8080\n  port: 99999\n")
    let lines = try await screen(world, command[0], Array(command.dropFirst()))
    #expect(!lines.isEmpty)
    for line in lines where !Self.isWhole(line) {
      #expect(line.count <= 40, "\(line)")
    }
  }

  /// A value is on one line, whatever its length, and what follows is indented.
  @Test func valuesAreNotCut() async throws {
    let world = try await Self.world()
    let lines = try await screen(world, "drift", ["--all"])
    #expect(lines.contains { $0.contains("\"/one two three four five six seven\"") }, "\(lines)")
    let port = try #require(lines.firstIndex { $0.hasPrefix("    port") })
    #expect(lines[port].contains("spec 8080, live 3000"))
    #expect(lines[port + 1].hasPrefix("      ("), "\(lines)")
  }

  /// Only a terminal has a width; an editor that takes lines has none.
  @Test func elsewhereLinesAreWhole() async throws {
    let world = try await Self.world()
    let piped = try await world.tool("drift", "--all", environment: ["COLUMNS": "40"])
    let whole = piped.output.split(separator: "\n").map(String.init)
    #expect(whole.contains { $0.count > 80 })
    let dumb = try await screen(world, "drift", ["--all"], environment: ["TERM": "dumb"])
    #expect(dumb == whole)
    let wide = try await screen(world, "drift", ["--all"], columns: "1000")
    #expect(wide == whole)
  }
}
