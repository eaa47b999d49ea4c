import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// One run of plan or drift over the databases of two servers.
@Suite(.ownTime, .hangLimit) struct ManyDatabasesTests {
  @Test func oneReportOfBoth() async throws {
    let both = try await TwoServers()
    for tool in ["plan", "drift"] {
      let json = try await both.tool(tool, "--all", "--format", "json")
      #expect(json.status == 1 && json.error.isEmpty, "\(json)")
      try await expectSchema(tool, json.output)
      let report = try ServerNameTests.json(json)
      #expect(ServerNameTests.keys(report) == ["east/w2", "east/w1", "west/w2", "west/w1"])
      #expect(report["servers"] == ["east", "west"] && report["summary"]?["drifted"] == 3)
      let text = try await both.tool(tool, "--all", "--verbose")
      for words in ["east/blog (w2)", "east/shop (w1)", "west/blog (w2)", "west/shop (w1)"] {
        #expect(text.output.contains(words), "\(text)")
      }
    }
    let metrics = try await both.tool("drift", "--all", "--format", "prometheus")
    for (server, count) in [("east", 1), ("west", 0)] {
      let line = #"fields{server="\#(server)",id="w2",name="blog"} \#(count)"#
      #expect(metrics.output.contains(line), "\(metrics)")
    }
  }

  /// A database of PostgreSQL beside one of SQLite.
  @Test func twoEngines() async throws {
    let both = try await TwoServers(westOn: PostgresCluster.shared)
    let json = try await both.tool("drift", "--all", "--format", "json")
    #expect(json.status == 1, "\(json)")
    let keys = ["east/w2", "east/w1", "west/w2", "west/w1"]
    #expect(try ServerNameTests.keys(ServerNameTests.json(json)) == keys)
    let applied = try await both.tool("apply", "--all", "--yes", "--format", "json")
    #expect(applied.status == 0, "\(applied)")
    #expect(try ServerNameTests.keys(ServerNameTests.json(applied)) == keys)
    #expect(try await both.state() == "east 8080 8080 2, west 8080 8080 1")
    let file = both.east.scratch.file("both.plan")
    try await both.west.sql(
      "UPDATE workloads SET source_config = replace(source_config, '8080', '1')")
    #expect(try await both.tool("plan", "--all", "--out", file).status == 0)
    let again = try await both.tool("apply", file, "--yes")
    #expect(again.status == 0 && again.output.contains("west/shop (w1)"), "\(again)")
    #expect(try await both.state() == "east 8080 8080 2, west 8080 8080 3")
    let hidden = "west=postgres://u:hunter2-hunter2@h/d"
    let refused = try await both.east.tool(
      "drift", "--all", "--db", "east=\(both.east.database)", "--db", hidden)
    #expect(refused.status == 2 && refused.error.contains("holds a password"), "\(refused)")
    #expect(!refused.error.contains("hunter2"), "\(refused)")
  }

  /// A run is over all of them or over none.
  @Test func aDatabaseThatIsMissing() async throws {
    let both = try await TwoServers()
    for tool in ["plan", "drift", "apply"] {
      let result = try await both.east.tool(
        tool,
        arguments: [
          "--all", "--db", "east=\(both.east.database)", "--db", "west=/nonexistent/x.db",
        ]
          + (tool == "apply" ? ["--yes"] : []))
      #expect(result.status == 2 && result.output.isEmpty, "\(result)")
      #expect(result.error.hasPrefix("error: server west: "), "\(result)")
    }
    #expect(try await both.state() == "east 3000 3000 0, west 4000 8080 0")
  }

  @Test(arguments: [
    (["--db", "a.db", "--db", "b.db"], "not each with the name of its server", "--db east="),
    (["--db", "east=a.db", "--db", "b.db"], "not each with the name of its server", "--db east="),
    (
      ["--db", "e=a.db", "--db", "e=b.db"], "two databases are given as those of the server e",
      "own"
    ),
    (["--db", "e=a.db", "--server-name", "x"], "names of its own", "leave out --server-name"),
    (
      ["--db", "e=a.db", "--db", "w=b.db", "--server-name", "x"], "names of its own",
      "leave out --server-name"
    ),
    (["--db", "a b=a.db"], "before the \"=\" in --db is not the name of a server", "--db ./FILE"),
    (["--db", "::error::=a.db"], "is not the name of a server", "--db NAME=PATH"),
    (["--db", "u:hunter2-hunter2=@h/d"], "is not the name of a server", "--db NAME=PATH"),
    (["--db", "\u{1B}[31m=a.db"], "is not the name of a server", "--db NAME=PATH"),
    (["--db", "=a.db"], "is not the name of a server", "--db NAME=PATH"),
    (["--db", "east="], "the path after --db east= is empty", "variable"),
  ])
  func whatDoesNotFit(_ options: [String], _ words: String, _ remedy: String) async throws {
    let world = try await World()
    for tool in ["plan", "drift", "apply"] {
      let result = try await world.tool(tool, arguments: ["--all"] + options)
      #expect(result.status == 2 && result.output.isEmpty, "\(result)")
      #expect(result.error.contains(words) && result.error.contains(remedy), "\(result)")
      #expect(!result.error.contains("hunter2") && !result.error.contains("\n::"))
      #expect(!result.error.unicodeScalars.contains("\u{1B}"))
    }
  }

  /// One database by two names would be counted, and written, twice.
  @Test func oneDatabaseByTwoNames() async throws {
    let world = try await World()
    let link = world.scratch.file("link.db")
    try await mustRun("ln", ["-s", world.database, link])
    let cluster = try await PostgresCluster.shared
    let kept = try #require(try await World(on: cluster).server).name
    let address = cluster.address(kept)
    for (one, other) in [
      (world.database, link), (link, link), (address, address + "&connect_timeout=9"),
    ] {
      for tool in ["plan", "drift", "apply"] {
        let result = try await world.tool(tool, "--all", "--db", "e=\(one)", "--db", "w=\(other)")
        #expect(result.status == 2 && result.output.isEmpty, "\(result)")
        #expect(
          result.error.contains("the servers e and w are given the same database"), "\(result)")
      }
    }
  }

  /// Two schemas of one database of PostgreSQL are two servers' tables.
  @Test func twoSchemasOfOneDatabase() async throws {
    let cluster = try await PostgresCluster.shared
    let world = try await World(on: cluster)
    try await world.addWorkload("w1", name: "shop")
    try await world.sql(
      "CREATE SCHEMA other; CREATE TABLE other.workloads (LIKE workloads INCLUDING ALL);")
    let address = cluster.address(try #require(world.server).name)
    let drift = try await world.tool(
      "drift", "--all", "--format", "json", "--db", "e=\(address)", "--db",
      "w=\(address)&options=-csearch_path%3Dother")
    #expect(try ServerNameTests.keys(ServerNameTests.json(drift)) == ["e/w1"], "\(drift)")
  }

  /// A file whose own name has a `=`.
  @Test func aPathWithAnEqualsSign() async throws {
    let both = try await TwoServers()
    try await mustRun("mv", [both.east.database, "\(both.east.repository)/a=b.db"])
    for (path, name) in [
      ("./a=b.db", ""), ("\(both.east.repository)/a=b.db", ""), ("e=a=b.db", "e/"),
    ] {
      let result = try await both.east.tool("drift", "--all", "--db", path)
      #expect(result.status == 1 && result.output.contains("\(name)shop (w1)"), "\(result)")
    }
    let other = try await both.east.tool("drift", "--all", "--db", "a=b.db")
    #expect(other.status == 2 && other.error.contains("server a: "), "\(other)")
  }

  // MARK: Names

  @Test func aNameOnSeveralServers() async throws {
    let both = try await TwoServers()
    for tool in ["plan", "drift", "apply"] {
      for name in ["shop", "w1"] {
        let result = try await both.tool(tool, name)
        #expect(result.status == 2 && result.output.isEmpty, "\(result)")
        #expect(result.error.contains("several servers have a workload \"\(name)\""), "\(result)")
        #expect(result.error.contains("east/w1, west/w1"), "\(result)")
      }
      for name in ["west/w1", "west/shop"] {
        let options = tool == "apply" ? ["--dry-run"] : []
        let result = try await both.east.tool(
          tool, arguments: [name, "--format", "json"] + options + both.databases)
        #expect(result.status == 1, "\(result)")
        #expect(try ServerNameTests.keys(ServerNameTests.json(result)) == ["west/w1"])
      }
    }
    let gone = try await both.tool("drift", "west/shpo")
    #expect(gone.status == 2 && gone.error.contains("no workload \"shpo\""), "\(gone)")
    // An id and a name that look so are those of no other server's workload.
    try await both.east.addWorkload("west/w1", name: "west/shop", config: TwoServers.config(1))
    for (name, key) in [
      ("west/w1", "west/w1"), ("west/shop", "west/w1"), ("east/west/w1", "east/west/w1"),
      ("east/west/shop", "east/west/w1"),
    ] {
      let odd = try await both.tool("drift", name, "--format", "json")
      #expect(try ServerNameTests.keys(ServerNameTests.json(odd)) == [key], "\(odd)")
    }
    try await both.east.addWorkload("west/w9", config: TwoServers.config(1))
    let own = try await both.tool("drift", "west/w9", "--format", "json")
    #expect(try ServerNameTests.keys(ServerNameTests.json(own)) == ["east/west/w9"], "\(own)")
  }

  /// The others work on one.
  @Test(arguments: [
    "apply history", "apply enable w1", "apply disable w1", "apply revert w1 --yes",
    "plan export w1", "apply history west/w1", "apply history west/shop",
  ])
  func whatWorksOnOneDatabase(_ line: String) async throws {
    let both = try await TwoServers()
    let words = line.split(separator: " ").map(String.init)
    let several = try await both.east.tool(
      words[0], arguments: Array(words.dropFirst()) + both.databases)
    #expect(several.status == 2 && several.output.isEmpty, "\(several)")
    #expect(several.error.contains("2 databases are given, and this command works on one"))
    #expect(several.error.contains("run it once for each, with one --db"), "\(several)")
    let one = try await both.east.tool(
      words[0], arguments: Array(words.dropFirst()) + ["--db", "west=\(both.west.database)"])
    #expect(one.status < 2 && !one.output.isEmpty, "\(one)")
  }

  @Test func aRowOfANamedDatabase() async throws {
    let both = try await TwoServers()
    for (line, schema) in [("disable w1", "opt-in"), ("revert w1 --yes", "revert")] {
      let words = line.split(separator: " ").map(String.init)
      let result = try await both.east.tool(
        "apply", arguments: words + ["--format", "json", "--db", "west=\(both.west.database)"])
      try await expectSchema(schema, result.output)
      #expect(result.output.contains(#""server": "west""#), "\(result)")
    }
  }

  // MARK: Further

  @Test func aSnapshotOfBoth() async throws {
    let both = try await TwoServers()
    let file = both.east.scratch.file("live.json")
    #expect(try await both.tool("drift", "--all", "--snapshot", file).status == 0)
    try await expectSchema("snapshot", String(decoding: try readFile(file), as: UTF8.self))
    let live = try await both.east.tool("drift", "--all", "--live", file, "--format", "json")
    let keys = ["east/w2", "east/w1", "west/w2", "west/w1"]
    #expect(try ServerNameTests.keys(ServerNameTests.json(live)) == keys, "\(live)")
    let one = try await both.east.tool(
      "plan", "east/shop", "--live", file, "--format", "json")
    #expect(try ServerNameTests.keys(ServerNameTests.json(one)) == ["east/w1"], "\(one)")
  }

  /// Causes are those of each database's own log.
  @Test func eachLogIsItsServers() async throws {
    let both = try await TwoServers()
    let name = ["--db", "west=\(both.west.database)"]
    #expect(
      try await both.east.tool("apply", arguments: ["w1", "--yes", "--actor", "wes"] + name).status
        == 0)
    try await both.west.sql(
      "UPDATE workloads SET source_config = replace(source_config, '8080', '5') WHERE id = 'w1'")
    let drift = try await both.tool("drift", "--all", "--format", "json")
    let report = try DriftFleetTests.report(drift.output)
    let causes = report.workloads.flatMap { workload in
      workload.drift.map { "\(workload.key.server ?? "")/\(workload.id) \($0.cause.rawValue)" }
    }
    #expect(
      causes == ["east/w2 never_synced", "east/w1 never_synced", "west/w1 live_edited"], "\(drift)")
  }

  @Test func doctorAndLocks() async throws {
    let both = try await TwoServers()
    try await both.west.sql("UPDATE workloads SET source_config = '{' WHERE id = 'w2'")
    let doctor = try await both.tool("plan", "doctor", "--fetch", "local")
    #expect(doctor.status == 1, "\(doctor)")
    #expect(doctor.output.contains("server west: west/blog (w2): the live config"), "\(doctor)")
    #expect(!doctor.output.contains("server east"), "\(doctor)")
    let json = try await both.tool("plan", "doctor", "--fetch", "local", "--format", "json")
    try await expectSchema("doctor", json.output)
    let locks = try await both.tool("apply", "locks", "--format", "json")
    #expect(locks.status == 0, "\(locks)")
    try await expectSchema("locks", locks.output)
  }

  @Test(arguments: [
    "plan --all --db east=/nonexistent/e --db west=/nonexistent/w", "plan --all --db a --db b",
    "drift --all --db a=x --db a=y", "drift --all --db a=x --db b=x", "drift --all --db é=x",
    "apply --all --db a=x --server-name b", "drift --all --server-name a/b",
    "apply --all --atomic --db a=x --db b=y", "apply history --db a=x --db b=y",
    "drift --all --live x --server-name a",
  ])
  func russian(_ line: String) async throws {
    let world = try await World()
    let words = line.split(separator: " ").map(String.init)
    let result = try await world.tool(words[0], arguments: words.dropFirst() + ["--lang", "ru"])
    #expect(result.status == 2 && result.error.hasPrefix("ошибка: "), "\(result)")
    for word in [" the ", " is ", " are ", " names ", " give "] {
      #expect(!result.error.prefix { $0 != "\n" }.contains(word), "\(result)")
    }
  }
}
