import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// The tools beside the real Litestream, which replicates the database to a folder.
@Suite(.ownTime, .hangLimit) struct LitestreamTests {
  static let program = projectFile(".build/peers/bin/litestream")

  /// A world whose database Litestream replicates while `script` runs in its folder, often.
  private static func replicate(_ world: World, while script: String) async throws
    -> CommandResult
  {
    try world.scratch.write(
      "litestream.yml",
      """
      dbs:
        - path: \(world.database)
          monitor-interval: 20ms
          replica:
            path: \(world.scratch.file("replica"))
            sync-interval: 20ms
      """)
    let frame = """
      set -eu
      start() {
        : >log
        "$LITESTREAM" replicate -config litestream.yml >log 2>&1 & litestream=$!
        until grep -q 'replicating to' log && [ -d .tinyforge.db-litestream ]; do sleep 0.02; done
      }
      start
      trap 'kill -KILL $litestream || true' EXIT
      \(script)
      trap - EXIT
      kill -TERM $litestream
      wait $litestream || true
      # What was written last.
      "$LITESTREAM" replicate -once -config litestream.yml
      """
    return try await run(
      "bash", ["-c", frame], in: world.scratch.path,
      environment: [
        "LITESTREAM": program, "APPLY": builtTool("apply"), "DRIFT": builtTool("drift"),
        "TINYFORGE_DB": world.database,
        "TINYFORGE_MIRRORS": world.mirrors, "PATH": "/usr/local/bin:/usr/bin:/bin",
      ])
  }

  /// Restores what was replicated.
  private static func restore(_ world: World, to name: String) async throws -> String {
    let copy = world.scratch.file(name)
    try await mustRun(
      program, ["restore", "-o", copy, "file://\(world.scratch.file("replica"))"])
    return copy
  }

  private static func world(workloads: Int) async throws -> World {
    let world = try await World()
    try await world.sql("PRAGMA journal_mode = WAL")
    for index in 0..<workloads { try await world.addWorkload("w\(index)", name: "shop-\(index)") }
    return world
  }

  /// All rows but Litestream's own, whose number goes on while nothing else changes.
  private static func rows(_ database: String) async throws -> String {
    try await mustRun(
      "sqlite3",
      [
        database, "PRAGMA integrity_check",
        ".dump workloads event_log apps workload_env deploy_history",
      ])
  }

  /// Appliers and a foreign writer, of which several are killed, and Litestream itself once.
  @Test func whatIsRestoredEqualsTheLiveTables() async throws {
    let world = try await Self.world(workloads: 12)
    let script = """
      edit() {
        sqlite3 -cmd '.timeout 10000' "$TINYFORGE_DB" \
          "UPDATE workloads SET source_config = json_set(source_config, '$.port', 3000 + $1)" >/dev/null
      }
      for round in $(seq 24); do
        edit "$round"
        timeout -s KILL "0.$((round % 12 * 4 / 10))$((round * 7 % 10))5" "$APPLY" --all --yes --quiet >/dev/null 2>&1 || true
        if [ "$round" -eq 8 ] || [ "$round" -eq 16 ]; then
          kill -KILL $litestream
          wait $litestream || true
          "$APPLY" --all --yes --quiet >/dev/null
          edit 7
          start
        fi
        if [ $((round % 6)) -eq 0 ]; then
          sleep 0.3
          "$LITESTREAM" restore -o "copy-$round.db" "file://$PWD/replica"
        fi
      done
      "$APPLY" --all --yes
      """
    let result = try await Self.replicate(world, while: script)
    #expect(result.status == 0, "\(result)")
    let audited = try await world.sql("SELECT count(*) FROM event_log")
    #expect((Int(audited) ?? 0) > 24, "too few syncs came to their end: \(audited)")
    let copy = try await Self.restore(world, to: "last.db")
    let live = try await Self.rows(world.database)
    #expect(live.hasPrefix("ok\n") && live.contains("INSERT INTO event_log"))
    #expect(try await Self.rows(copy) == live)
    // In between too: whole, each change with its audit.
    for round in [6, 12, 18, 24] {
      let between = world.scratch.file("copy-\(round).db")
      #expect(try await Self.rows(between).hasPrefix("ok\n"))
      let unaudited = try await mustRun(
        "sqlite3",
        [
          between,
          """
          SELECT count(*) FROM workloads WHERE gitops_commit_sha <> ''
            AND id NOT IN (SELECT json_extract(metadata, '$.workload') FROM event_log)
          """,
        ])
      #expect(unaudited == "0")
    }
  }

  /// plan and drift say of a restored copy what they say of the original.
  @Test func planAndDriftReadARestoredCopy() async throws {
    let world = try await Self.world(workloads: 3)
    let script = """
      "$APPLY" --workload w1 --yes
      sqlite3 "$TINYFORGE_DB" "UPDATE workloads SET source_config = json_set(source_config, '$.port', 1) WHERE id = 'w2'"
      """
    let replicated = try await Self.replicate(world, while: script)
    #expect(replicated.status == 0, "\(replicated)")
    let copy = try await Self.restore(world, to: "copy.db")
    let before = try readFile(copy)
    for tool in ["drift", "plan"] {
      var reports: [String] = []
      for database in [world.database, copy] {
        let result = try await world.tool(tool, "--all", "--db", database, "--format", "json")
        #expect(result.status == 1, "\(result)")
        let report = try JSONValue(parsing: Array(result.output.utf8))
        let made = report["generated_at"]?.text ?? "never"
        reports.append(result.output.replacing(made, with: "now", maxReplacements: 1))
      }
      #expect(reports[0] == reports[1])
      #expect(reports[0].contains("w2"))
    }
    #expect(try readFile(copy) == before)
  }

  /// A copy that follows the original is read between two changes of Litestream, never in the middle of one.
  @Test func driftReadsACopyThatFollows() async throws {
    let world = try await Self.world(workloads: 6)
    let script = """
      "$APPLY" --all --yes >/dev/null
      sleep 0.5
      "$LITESTREAM" restore -f -follow-interval 20ms -o copy.db "file://$PWD/replica" >follow 2>&1 & follow=$!
      trap 'kill -KILL $litestream $follow || true' EXIT
      until [ -e copy.db-txid ]; do sleep 0.05; done
      for port in $(seq 3001 3040); do
        sqlite3 -cmd '.timeout 10000' "$TINYFORGE_DB" \
          "UPDATE workloads SET source_config = json_set(source_config, '$.port', $port)" >/dev/null
        status=0
        "$DRIFT" --all --db copy.db --format json >"drift-$port.json" || status=$?
        [ "$status" -le 1 ] || { cat follow; exit "$status"; }
      done
      kill -TERM $follow
      wait $follow || true
      """
    let result = try await Self.replicate(world, while: script)
    #expect(result.status == 0, "\(result)")
    var ports: Set<String> = []
    for port in 3001...3040 {
      let report = try JSONValue(parsing: readFile(world.scratch.file("drift-\(port).json")))
      guard case .array(let workloads)? = report["workloads"] else { continue }
      let live = workloads.map { workload -> String in
        guard case .array(let entries)? = workload["drift"], let entry = entries.first else {
          return "in sync"
        }
        return entry["live"].map { JSONWriter.compact($0) } ?? "?"
      }
      // All of one transaction.
      #expect(live.count == 6 && Set(live).count == 1, "\(live)")
      ports.formUnion(live)
    }
    #expect(ports.count > 3, "the copy did not follow: \(ports)")
  }

  // MARK: What apply refuses

  private static let writes = [
    ["--all", "--yes"], ["PLAN"], ["enable", "w0"], ["disable", "w0"], ["revert", "w0", "--yes"],
  ]

  /// Copies of an original that was replicated, each with words of the refusal; nil where it is written.
  private static let copies: [(String, String?)] = [
    ("", nil),
    ("ln -s original.db copy.db", nil),
    (#""$LITESTREAM" restore -o copy.db "file://$PWD/replica""#, "it holds Litestream's tables"),
    ("cp tinyforge.db copy.db", "it holds Litestream's tables"),
    (
      #""$LITESTREAM" restore -o copy.db "file://$PWD/replica" && "$LITESTREAM" replicate -once copy.db "file://$PWD/other""#,
      nil
    ),
    (
      #"timeout 3 "$LITESTREAM" restore -f -o copy.db "file://$PWD/replica" >log 2>&1 || [ -e copy.db-txid ]"#,
      "is a replica that litestream restore -f keeps up to date"
    ),
  ]

  @Test(arguments: copies)
  func copiesAreRefused(_ command: String, _ words: String?) async throws {
    let world = try await Self.world(workloads: 1)
    let plan = world.scratch.file("shop.plan")
    let sync = #""$APPLY" --all --yes"#
    let replicated = try await Self.replicate(world, while: sync)
    #expect(replicated.status == 0, "\(replicated)")
    try await world.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    try await mustRun(
      "bash", ["-ec", command.replacing("original.db", with: "tinyforge.db")],
      in: world.scratch.path,
      environment: ["LITESTREAM": Self.program, "PATH": "/usr/bin:/bin"])
    let database = command.isEmpty ? world.database : world.scratch.file("copy.db")
    try await world.push("version: 1\ndeploy: {port: 4321}\n")
    #expect(
      try await world.tool("plan", "--all", "--db", database, "--out", plan).status == 0)
    func apply(_ words: [String], _ options: String...) async throws -> CommandResult {
      let words = words.map { $0 == "PLAN" ? plan : $0 }
      return try await world.tool("apply", arguments: words + ["--db", database] + options)
    }
    if let words {
      for write in Self.writes {
        let refused = try await apply(write)
        #expect(refused.status == 2 && refused.error.contains(words), "\(write): \(refused)")
        #expect(refused.error.contains("--allow-copy") && refused.output.isEmpty)
        let russian = try await apply(write, "--lang", "ru")
        #expect(!russian.error.contains("Litestream's"), "\(russian.error)")
      }
      let doctor = try await world.tool(
        "plan", "doctor", "--db", database, "--fetch", "local", "--format", "json")
      let findings = try DoctorTests.findings(doctor).filter { $0.line.hasPrefix("database ") }
      #expect(findings.count == 1 && findings[0].line.contains(words), "\(doctor)")
      #expect(findings[0].command == "plan doctor --read-only --db \(database)")
      // What writes nothing is not refused.
      #expect(try await apply(["--all", "--dry-run"]).status == 1)
      #expect(try await apply(["history"]).status == 0)
      #expect(try await apply(["locks"]).status == 0)
    }
    let reader = try await world.tool(
      "plan", "doctor", "--read-only", "--db", database, "--fetch", "local")
    #expect(reader.status == 0, "\(reader)")
    let written = try await apply(["PLAN"] + (words == nil ? [] : ["--allow-copy"]))
    #expect(written.status == 0, "\(written)")
  }

  /// What the refusals say to do where a copy takes the original's place.
  @Test func aCopyMayTakeTheOriginalsPlace() async throws {
    let world = try await Self.world(workloads: 1)
    #expect(try await Self.replicate(world, while: #""$APPLY" --all --yes"#).status == 0)
    try await world.push("version: 1\ndeploy: {port: 4321}\n")
    let copy = try await Self.restore(world, to: "copy.db")
    try world.scratch.write("copy.db-txid", "0000000000000001\n")
    let followed = try await world.tool("apply", "--all", "--yes", "--db", copy)
    let remedy = try #require(followed.error.firstMatch(of: /run: (rm .*?)\. To write/)?.1)
    try await mustRun("sh", ["-ec", String(remedy)])
    let restored = try await world.tool("apply", "--all", "--yes", "--db", copy)
    #expect(restored.status == 2 && restored.error.contains("start litestream replicate"))
    try await mustRun(
      Self.program, ["replicate", "-once", copy, "file://\(world.scratch.file("other"))"])
    let written = try await world.tool("apply", "--all", "--yes", "--db", copy)
    #expect(written.status == 0, "\(written)")
  }
}
