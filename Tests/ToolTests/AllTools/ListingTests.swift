import TestSupport
import Testing

/// What reports for people list: what changes, with the rest as a count.
@Suite(.ownTime, .hangLimit) struct ListingTests {
  /// One workload that drifts among three in sync, one of which has a note.
  private static func world() async throws -> World {
    let world = try await World()
    let same = #""port":8080,"healthcheck":"/healthz","deploy_strategy":"blue-green""#
    try await world.addWorkload("w1", name: "drifted")
    for id in ["w2", "w3"] {
      try await world.addWorkload(id, name: "same-\(id)", config: World.config(same))
    }
    try await world.addWorkload(
      "w4", name: "noted", config: World.config(same.replacing("8080", with: "8080.0")))
    return world
  }

  @Test(
    arguments: [
      ["plan"], ["plan", "--format", "markdown"], ["drift"], ["drift", "--format", "markdown"],
      ["apply", "--dry-run"],
    ])
  func workloadsInSyncAreACount(_ command: [String]) async throws {
    let world = try await Self.world()
    func list(_ options: String...) async throws -> String {
      try await world.tool(command[0], arguments: command.dropFirst() + options).output
    }
    let short = try await list("--all")
    #expect(short.contains("drifted"), "\(short)")
    #expect(!short.contains("same-"), "\(short)")
    #expect(short.contains("noted"), "a note is something to know\n\(short)")
    #expect(short.contains("4 workloads: 1 "), "the count is that of all\n\(short)")
    #expect(short.contains("3 in sync") || short.contains("3 unchanged"), "\(short)")
    for options in [["--all", "--verbose"], ["w2", "w3"]] {
      let long = try await world.tool(command[0], arguments: command.dropFirst() + options).output
      #expect(long.contains("same-w2") && long.contains("same-w3"), "\(long)")
    }
  }

  /// Machines get everything, and a status that is asked for is listed.
  @Test func formsForMachinesKeepAll() async throws {
    let world = try await Self.world()
    for tool in ["plan", "drift"] {
      let result = try await world.tool(tool, "--all", "--format", "json")
      #expect(result.output.contains("same-w2") && result.output.contains("same-w3"))
    }
    let junit = try await world.tool("drift", "--all", "--format", "junit")
    #expect(junit.output.contains("same-w2"))
    let status = try await world.tool("drift", "--all", "--status", "ok")
    #expect(status.output.contains("same-w2"))
    _ = try await world.tool(
      "drift", "--all", "--format", "json", "--output", world.scratch.file("all.json"))
    let merged = try await world.tool("drift", "merge", world.scratch.file("all.json"))
    #expect(!merged.output.contains("same-w2") && merged.output.contains("3 in sync"))
    let whole = try await world.tool("drift", "merge", "--verbose", world.scratch.file("all.json"))
    #expect(whole.output.contains("same-w2"))
  }

  @Test func appliedOnesAreListed() async throws {
    let world = try await Self.world()
    let result = try await world.tool("apply", "--all", "--yes")
    #expect(result.output.contains("drifted (w1) dockerfile: applied"), "\(result.output)")
    #expect(!result.output.contains("same-"), "\(result.output)")
    #expect(result.output.contains("4 workloads: 1 applied, 3 unchanged"), "\(result.output)")
  }

  /// Plan says from and to, drift names the sides.
  @Test func driftNamesTheSides() async throws {
    let world = try await Self.world()
    for (command, words) in [
      (["plan"], "port             3000 → 8080"),
      (["drift"], "port             spec 8080, live 3000  (.tinyforge.yml:3:9)"),
      (["drift", "--lang", "ru"], "port             в спецификации 8080, сейчас 3000  ("),
      (["drift", "--format", "markdown"], "| field | spec | live | cause |"),
      (["drift", "--format", "github"], "port: spec 8080, live 3000"),
      (["drift", "--format", "gitlab"], "port: spec 8080, live 3000"),
      (["drift", "--format", "html"], "<dt>spec</dt><dd>8080</dd>"),
    ] {
      let result = try await world.tool(
        command[0], arguments: ["--all"] + command.dropFirst())
      #expect(result.output.contains(words), "\(command) \(result.output.suffix(2_000))")
      #expect(command[0] == "plan" || !result.output.contains("3000 →"))
    }
  }
}
