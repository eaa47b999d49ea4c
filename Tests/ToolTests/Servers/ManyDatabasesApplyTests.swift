import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// apply over the databases of two servers: locks and transactions each in its own.
@Suite(.ownTime, .hangLimit) struct ManyDatabasesApplyTests {
  private static func results(_ result: CommandResult) throws -> [String] {
    guard case .array(let items)? = try ServerNameTests.json(result)["workloads"] else { return [] }
    return items.map { item in
      let parts = ["server", "id", "result"].map { item[$0]?.text ?? "-" }
      return "\(parts[0])/\(parts[1]) \(parts[2])"
    }
  }

  @Test(arguments: [[], ["--keep-going"]]) func bothAreWritten(_ options: [String]) async throws {
    let both = try await TwoServers()
    let result = try await both.east.tool(
      "apply", arguments: ["--all", "--yes", "--format", "json"] + options + both.databases)
    #expect(result.status == 0 && result.error.isEmpty, "\(result)")
    try await expectSchema("apply", result.output)
    #expect(
      try Self.results(result) == [
        "east/w2 applied", "east/w1 applied", "west/w2 unchanged", "west/w1 applied",
      ])
    #expect(try await both.state() == "east 8080 8080 2, west 8080 8080 1")
  }

  /// In whichever order the workloads are named.
  @Test func theServersTakeTurns() async throws {
    let both = try await TwoServers()
    let names = ["west/w1", "east/w1", "west/w2", "east/w2"]
    let result = try await both.east.tool(
      "apply", arguments: names + ["--yes", "--format", "json"] + both.databases)
    #expect(result.status == 0, "\(result)")
    #expect(
      try Self.results(result) == [
        "west/w1 applied", "east/w1 applied", "west/w2 unchanged", "east/w2 applied",
      ])
    #expect(try await both.state() == "east 8080 8080 2, west 8080 8080 1")
  }

  @Test func oneTransactionIsOfOneDatabase() async throws {
    let both = try await TwoServers()
    let result = try await both.tool("apply", "--all", "--yes", "--atomic")
    #expect(result.status == 2 && result.output.isEmpty, "\(result)")
    #expect(result.error.contains("one transaction is in one database"), "\(result)")
    #expect(result.error.contains("run apply --atomic once for each, with one --db"))
    #expect(try await both.state() == "east 3000 3000 0, west 4000 8080 0")
    for (name, world) in [("east", both.east), ("west", both.west)] {
      let one = try await both.east.tool(
        "apply", "--all", "--yes", "--atomic", "--db", "\(name)=\(world.database)")
      #expect(one.status == 0, "\(one)")
    }
    #expect(try await both.state() == "east 8080 8080 2, west 8080 8080 1")
  }

  /// Another process has a workload of east locked: what is told of the others is what was done to them.
  @Test(arguments: [[], ["--keep-going"]]) func oneIsLocked(_ options: [String]) async throws {
    let both = try await TwoServers()
    try await both.east.whileLocked("w1") {
      let result = try await both.east.tool(
        "apply",
        arguments: ["--all", "--yes", "--format", "json", "--lock-timeout", "0"] + options
          + both.databases)
      #expect(result.status == 3, "\(result)")
      try await expectSchema("apply", result.output)
      let rest = options.isEmpty ? [] : ["west/w2 unchanged", "west/w1 applied"]
      #expect(try Self.results(result) == ["east/w2 applied", "east/w1 failed"] + rest)
      let west = options.isEmpty ? "4000 8080 0" : "8080 8080 1"
      // w1 stays as it was.
      #expect(try await both.state() == "east 3000 8080 1, west \(west)")
      let locks = try await both.tool("apply", "locks", "--format", "json")
      #expect(locks.output.contains(#""server": "east""#), "\(locks)")
      try await expectSchema("locks", locks.output)
    }
  }

  /// A database that cannot be written fails its own workloads alone.
  @Test(arguments: [["--yes"], ["--yes", "--keep-going"]])
  func oneCannotBeWritten(_ options: [String]) async throws {
    let both = try await TwoServers()
    try await both.east.sql(
      "CREATE TRIGGER t BEFORE UPDATE ON workloads BEGIN SELECT raise(FAIL, 'no'); END")
    let result = try await both.east.tool(
      "apply", arguments: ["--all", "--format", "json"] + options + both.databases)
    #expect(result.status == 2, "\(result)")
    let isKept = options.count > 1
    #expect(
      try Self.results(result) == ["east/w2 failed"]
        + (isKept ? ["east/w1 failed", "west/w2 unchanged", "west/w1 applied"] : []))
    #expect(
      try await both.state() == "east 3000 3000 0, west \(isKept ? "8080 8080 1" : "4000 8080 0")")
  }

  /// What a killed run did not reach, the next one does; nothing is done twice.
  @Test func aKilledRun() async throws {
    let both = try await TwoServers()
    for id in 3..<40 {
      for world in [both.east, both.west] {
        try await world.addWorkload("w\(id)", config: TwoServers.config(3000))
      }
    }
    for milliseconds in [30, 60, 90, 120] {
      _ = try await run(
        "timeout",
        ["-s", "KILL", "0.\(milliseconds < 100 ? "0" : "")\(milliseconds)", builtTool("apply")]
          + ["--all", "--yes"] + both.databases, in: both.east.repository,
        environment: ["TINYFORGE_MIRRORS": both.east.mirrors])
    }
    let last = try await both.tool("apply", "--all", "--yes")
    #expect(last.status == 0, "\(last)")
    for world in [both.east, both.west] {
      let twice = try await world.sql(
        """
        SELECT count(*) - count(DISTINCT json_extract(metadata, '$.workload')) FROM event_log
        """)
      #expect(twice == "0")
      #expect(
        try await world.sql("SELECT count(*) FROM workloads WHERE source_config LIKE '%3000%'")
          == "0")
    }
    #expect(try await both.tool("drift", "--all").status == 0)
  }

  // MARK: Saved plans

  @Test func aPlanForBoth() async throws {
    let both = try await TwoServers()
    let file = both.east.scratch.file("both.plan")
    let saved = try await both.tool("plan", "--all", "--out", file)
    #expect(saved.status == 0, "\(saved)")
    try await expectSchema("plan-file", String(decoding: try readFile(file), as: UTF8.self))
    let east = ["--db", "east=\(both.east.database)"]
    for (options, words) in [
      (east, "the saved plan is for server west, and the databases that are given are of east"),
      (["--db", both.east.database], "is for server east, and no server is named"),
    ] {
      let refused = try await both.east.tool("apply", arguments: [file, "--yes"] + options)
      #expect(refused.status == 2 && refused.output.isEmpty, "\(refused)")
      #expect(refused.error.contains(words) && refused.error.contains("=PATH"), "\(refused)")
    }
    // Each under the other's name: the keys tell.
    let crossed = try await both.east.tool(
      "apply", file, "--yes", "--db", "east=\(both.west.database)", "--db",
      "west=\(both.east.database)")
    #expect(crossed.status == 4 && crossed.output.isEmpty, "\(crossed)")
    let shown = try await both.tool("apply", file, "--dry-run", "--format", "json")
    #expect(shown.status == 1, "\(shown)")
    #expect(
      try ServerNameTests.keys(ServerNameTests.json(shown)) == ["east/w2", "east/w1", "west/w1"])
    // What plan says is enough.
    let hint = try #require(saved.error.firstMatch(of: /to apply it: apply (.+)/)).output.1
    let applied = try await run(
      "sh", ["-c", "\(builtTool("apply")) \(hint) --yes"], in: both.east.repository,
      environment: ["TINYFORGE_MIRRORS": both.east.mirrors])
    #expect(applied.status == 0, "\(applied)")
    #expect(try await both.state() == "east 8080 8080 2, west 8080 8080 1")
  }

  /// A plan for one of the servers leaves the others alone; what is said of a stale one can be run on all.
  @Test func aPlanForOneOfThem() async throws {
    let both = try await TwoServers()
    let file = both.east.scratch.file("west.plan")
    let west = "west=\(both.west.database)"
    #expect(try await both.east.tool("plan", "--all", "--out", file, "--db", west).status == 0)
    let shown = try await both.tool("apply", file, "--dry-run", "--format", "json")
    #expect(shown.status == 1, "\(shown)")
    #expect(try ServerNameTests.keys(ServerNameTests.json(shown)) == ["west/w1"])
    try await both.west.sql(
      "UPDATE workloads SET source_config = replace(source_config, '4000', '5') WHERE id = 'w1'")
    let stale = try await both.tool("apply", file, "--yes")
    #expect(stale.status == 4 && stale.output.contains("plan --workload west/w1 "), "\(stale)")
    let anew = try await both.tool("plan", "--workload", "west/w1", "--out", file)
    #expect(anew.status == 0, "\(anew)")
    #expect(try await both.tool("apply", file, "--yes").status == 0)
    #expect(try await both.state() == "east 3000 3000 0, west 8080 8080 1")
  }

  @Test func aPlanWithoutServersIsForOneDatabase() async throws {
    let both = try await TwoServers()
    let file = both.east.scratch.file("one.plan")
    #expect(try await both.east.tool("plan", "--all", "--out", file).status == 0)
    let refused = try await both.tool("apply", file, "--yes")
    #expect(refused.status == 2 && refused.error.contains("names no server"), "\(refused)")
    let applied = try await both.east.tool(
      "apply", file, "--yes", "--db", "east=\(both.east.database)")
    #expect(applied.status == 0 && applied.output.contains("east/shop"), "\(applied)")
  }

  /// One question for both, which names the servers.
  @Test func oneQuestion() async throws {
    let both = try await TwoServers()
    let line = (["--all"] + both.databases).joined(separator: " ")
    let asked = try await both.east.tool(
      "apply", arguments: ["--all"] + both.databases)
    #expect(asked.status == 2 && asked.error.contains("cannot ask"), "\(asked)")
    let result = try await run(
      "script", ["-qec", "\(builtTool("apply")) \(line)", "/dev/null"], in: both.east.repository,
      environment: ["TINYFORGE_MIRRORS": both.east.mirrors, "TERM": "dumb"], input: "yes\n")
    #expect(result.output.contains("Servers that are written: east, west"), "\(result)")
    #expect(try await both.state() == "east 8080 8080 2, west 8080 8080 1", "\(result)")
  }
}

extension World {
  /// Holds a workload's lock in another process while `body` runs.
  fileprivate func whileLocked(_ id: String, _ body: () async throws -> Void) async throws {
    let folder = try scratch.folder("tinyforge.db.gitops-locks")
    let (held, freed) = (scratch.file("held"), scratch.file("freed"))
    let program = """
      import fcntl, os, sys, time
      f = open(sys.argv[1], 'a+')
      fcntl.lockf(f, fcntl.LOCK_EX)
      open(sys.argv[2], 'w').write('held')
      while not os.path.exists(sys.argv[3]): time.sleep(0.01)
      """
    async let holder = run(
      "timeout", ["120", "/usr/bin/python3", "-c", program, "\(folder)/\(id).lock", held, freed])
    while (try? readFile(held)) == nil { try await Task.sleep(for: .milliseconds(20)) }
    try await body()
    try scratch.write("freed", "")
    _ = try await holder
  }
}
