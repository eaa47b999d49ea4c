import TestSupport
import Testing

/// ci/sqlite-to-postgres moves a database over, and nothing changes for the tools.
@Suite(.ownTime, .hangLimit) struct SQLiteToPostgresTests {
  @Test func everythingIsMoved() async throws {
    let world = try await World()
    let texts = ["w1", "a'b", "x\ty", "\\", "\\.", "é", "l1\nl2", "\\N", ""]
    for id in texts where !id.isEmpty { try await world.addWorkload(id, name: "n \(id)") }
    try await world.sql(
      """
      CREATE TABLE extras (n INTEGER PRIMARY KEY, r REAL, b BLOB, t TEXT, w TEXT REFERENCES workloads (id) ON DELETE CASCADE);
      INSERT INTO extras VALUES (5, 1.0, x'00ff', NULL, 'w1'), (7, 1e300, x'', '', NULL), (8, 0.1, NULL, 'x', 'a''b');
      """)
    #expect(try await world.tool("apply", "--workload", "w1", "--yes").status == 0)
    let cluster = try await PostgresCluster.shared
    let name = try await cluster.makeDatabase(schema: "")
    let script = projectFile("ci/sqlite-to-postgres")
    let moved = try await run(script, [world.database, cluster.address(name)])
    #expect(moved.status == 0 && moved.output.contains("workloads: 8 rows"), "\(moved)")
    let address = ["TINYFORGE_DB": cluster.address(name)]
    for call in [["plan", "--all"], ["drift", "--all"], ["drift", "w1"], ["apply", "history"]] {
      let before = try await world.tool(
        call[0], arguments: Array(call.dropFirst()) + ["--format", "json"])
      let after = try await world.tool(
        call[0], arguments: Array(call.dropFirst()) + ["--format", "json"], environment: address)
      #expect(lines(before) == lines(after), "\(call)")
    }
    let applied = try await world.tool("apply", "--all", "--yes", environment: address)
    #expect(applied.status == 0, "\(applied)")
    #expect(try await cluster.sql("SELECT max(id) FROM event_log", in: name) == "8")
    #expect(
      try await cluster.sql(
        "SELECT count(*), sum(n) FROM extras WHERE b IS NULL OR octet_length(b) IN (0, 2)", in: name
      ) == "3|20")
    // A second time the tables are there: nothing is moved.
    let again = try await run(script, [world.database, cluster.address(name)])
    #expect(again.status == 1 && again.error.contains("nothing was moved"), "\(again)")
    let secret = try await run(script, [world.database, "postgres://u:hunter2@h/d"])
    #expect(secret.status == 1 && !secret.error.contains("hunter2"), "\(secret)")
  }

  /// What Go wrote as bytes is text to the tools, and is moved as text; where it is bytes all the same, the command of the
  /// refusal makes it text.
  @Test func bytesAreText() async throws {
    let world = try await World()
    for id in ["w1", "w2"] { try await world.addWorkload(id) }
    for column in ["name", "source_kind", "source_config", "gitops_path"] {
      try await world.sql(
        "UPDATE workloads SET \(column) = CAST(\(column) AS BLOB) WHERE id = 'w1' OR '\(column)' IN ('source_config', 'name')"
      )
    }
    let cluster = try await PostgresCluster.shared
    let name = try await cluster.makeDatabase(schema: "")
    let script = projectFile("ci/sqlite-to-postgres")
    let moved = try await run(script, [world.database, cluster.address(name)])
    #expect(moved.status == 0, "\(moved)")
    let address = ["TINYFORGE_DB": cluster.address(name), "PGUSER": "postgres"]
    let before = try await world.tool("drift", "--all", "--format", "json")
    let after = try await world.tool("drift", "--all", "--format", "json", environment: address)
    #expect(before.status == 1 && lines(before) == lines(after), "\(after)")
    try await cluster.sql(
      """
      ALTER TABLE workloads ALTER source_config TYPE bytea USING convert_to(source_config, 'UTF8'),
        ALTER source_config SET DEFAULT '{}';
      """, in: name)
    for words in [["plan", "--all"], ["drift", "--all"], ["apply", "--all", "--yes"]] {
      let refused = try await world.tool(
        words[0], arguments: Array(words.dropFirst()), environment: address)
      #expect(refused.status == 2 && refused.error.contains("is of the type bytea"), "\(refused)")
    }
    let doctor = try await world.tool(
      "plan", "doctor", "--fetch", "local", "--format", "json", environment: address)
    let finding = try #require(DoctorTests.findings(doctor).first)
    #expect(finding.line.hasSuffix("make it text, json or jsonb"), "\(finding)")
    try await mustRun("sh", ["-ec", finding.command], environment: address)
    let applied = try await world.tool("apply", "--all", "--yes", environment: address)
    #expect(applied.status == 0, "\(applied)")
    try await world.sql("UPDATE workloads SET source_config = x'ff'")
    let other = try await cluster.makeDatabase(schema: "")
    let refused = try await run(script, [world.database, cluster.address(other)])
    #expect(refused.status == 1 && refused.error.contains("is not UTF-8"), "\(refused)")
  }

  /// What was printed, up to the time that it was printed at.
  private func lines(_ result: CommandResult) -> [Substring] {
    result.output.split(separator: "\n").filter { !$0.contains("generated_at") }
  }

  @Test func whatPostgresCannotKeepIsNotMoved() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let cluster = try await PostgresCluster.shared
    let name = try await cluster.makeDatabase(schema: "")
    try await world.sql("UPDATE workloads SET name = CAST(x'610062' AS TEXT)")
    let moved = try await run(
      projectFile("ci/sqlite-to-postgres"), [world.database, cluster.address(name)])
    #expect(moved.status == 1 && moved.error.contains("U+0000"), "\(moved)")
    #expect(
      try await cluster.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", in: name)
        == "0")
  }
}
