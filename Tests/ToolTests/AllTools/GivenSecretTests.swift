import TestSupport
import Testing

/// A password in what is given as a path is in no message, whichever option or variable holds it.
@Suite(.ownTime, .hangLimit) struct GivenSecretTests {
  static let addresses = [
    "mysql://u:hunter2pw@h/x", "sqlite://u:hunter2pw@h/x",
    "x+y://u:hunter2pw@more@h/x", "x://u:hunter2p%77@h/x", "u:hunter2pw@tcp(h)/x",
    "file://u:hunter2pw@h/x",
  ]

  @Test(arguments: addresses) func theDatabase(_ address: String) async throws {
    let world = try await World()
    for tool in ["plan", "drift", "apply"] {
      for (options, variables) in [(["--db", address], [:]), ([], ["TINYFORGE_DB": address])] {
        let result = try await run(
          builtTool(tool), ["--all"] + options, in: world.repository, environment: variables)
        #expect(result.status == 2 && result.error.contains("SQLite file"), "\(result)")
        #expect(!(result.output + result.error).contains("hunter2p"), "\(result)")
      }
    }
  }

  /// Of a server's address as well, which is taken from the environment with its password, and as an argument without it.
  @Test(arguments: [
    "Postgres://u:hunter2pw@/x?host=/nonexistent", "POSTGRESQL://hunter2pw@/x?host=/nonexistent",
    "postgres://h/x?host=/nonexistent&password=hunter2pw", "postgres://u:hunter2pw@h:port/x",
    "postgres://u@h/x?hunter2pw=1", "postgres://u:hunter2pw%zz@h/x",
  ]) func theServer(_ address: String) async throws {
    let world = try await World()
    for tool in ["plan", "drift", "apply"] {
      for (options, variables) in [(["--db", address], [:]), ([], ["TINYFORGE_DB": address])] {
        let result = try await run(
          builtTool(tool), ["--all"] + options, in: world.repository, environment: variables)
        #expect(result.status == 2 && result.error.contains("help: "), "\(result)")
        #expect(!(result.output + result.error).contains("hunter2p"), "\(result)")
      }
    }
    let argument = try await world.tool("plan", "--all", "--db", address)
    let holdsPassword = address.contains("u:hunter2pw@") || address.contains("password=")
    #expect(argument.error.contains("after --db holds a password") == holdsPassword, "\(argument)")
  }

  @Test(arguments: [
    ["plan", "w1", "--repo", "URL"], ["plan", "w1", "--mirrors", "URL", "--fetch", "local"],
    ["plan", "w1", "--out", "URL"], ["plan", "URL"], ["plan", "--workload", "URL"],
    ["plan", "w1", "--rev", "URL"],
    ["plan", "w1", "--token-file", "URL"], ["plan", "w1", "--format", "URL"],
    ["plan", "w1", "--resolve", "URL"],
    ["plan", "w1", "--allow-network", "URL"], ["plan", "doctor", "--mirrors", "URL"],
    ["drift", "w1", "--output", "URL"], ["drift", "w1", "--snapshot", "URL"],
    ["drift", "w1", "--live", "URL"],
    ["drift", "merge", "URL"], ["apply", "URL", "--yes"],
    ["apply", "w1", "--yes", "--lock-timeout", "URL"],
    ["apply", "locks", "--db", "URL"], ["apply", "revert", "URL"], ["lint-spec", "URL"],
    ["lint-spec", "--repo", "URL", "--staged"],
    ["lint-spec", "URL", "--format", "json"], ["lint-spec", "--explain", "URL"],
    ["lint-spec", "--path", "URL"],
    ["plan", "w1", "--URL"],
  ]) func anyOption(_ words: [String]) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    for url in ["mysql://u:hunter2pw@h/x", "Https://hunter2pw@h/x"] {
      let arguments = words.dropFirst().map { $0.replacing("URL", with: url) }
      let result = try await run(
        builtTool(words[0]), arguments, in: world.repository,
        environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
      #expect(!(result.output + result.error).contains("hunter2"), "\(result)")
    }
  }

  /// At its colons an address in a list of folders would be taken apart.
  @Test func theListOfMirrors() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let result = try await world.tool(
      "plan", "w1", environment: ["TINYFORGE_MIRRORS": "/srv:https://u:hunter2pw@h/x"])
    #expect(result.status == 2 && result.error.contains("TINYFORGE_MIRRORS holds an address"))
    #expect(!result.error.contains("hunter2pw"))
  }
}
