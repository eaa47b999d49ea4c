import TestSupport
import Testing
import TinyforgeCore

/// `apply history`: which rows it lists, and how it goes through a long log.
@Suite(.ownTime, .hangLimit) struct HistoryListTests {
  /// A world whose log has so many rows of `w1`, a minute apart, the latest now.
  private static func logged(_ count: Int, padding: Int = 0) async throws -> World {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let path = String(repeating: "x", count: padding)
    try await world.sql(
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
      INSERT INTO event_log (source, severity, message, metadata, created_at)
      SELECT 'gitops', 'info', 'x', json_object('kind', 'sync', 'workload', 'w1', 'actor', 'ann' || i,
          'tool', 'apply 1', 'commit', 'c' || i, 'path', '\(path)',
          'changes', json('[{"field":"port","from":1,"to":2}]')),
        datetime('now', '-' || (\(count) - i) || ' minutes') FROM n WHERE i <= \(count);
      """)
    return world
  }

  private static func ids(_ world: World, _ arguments: String...) async throws -> [Int] {
    let json = try await world.tool(
      "apply", arguments: ["history", "--format", "json"] + arguments)
    #expect(json.status == 0, "\(json.error)")
    try await expectSchema("history", json.output)
    let text = try await world.tool("apply", arguments: ["history"] + arguments)
    let events = try events(json.output)
    let rows = text.output.split(separator: "\n").compactMap { line in
      line.split(separator: " ").first.flatMap { Int($0) }
    }
    #expect(rows == events)
    return events
  }

  private static func events(_ document: String) throws -> [Int] {
    guard case .array(let list)? = try JSONText(Array(document.utf8))["events"] else { return [] }
    return list.compactMap { event in
      guard case .number(let text)? = event["id"] else { return nil }
      return Int(text)
    }
  }

  /// Pages of rows have no seam, whatever the number of rows.
  @Test(arguments: [0, 1, 255, 256, 257, 512, 1300])
  func allRowsAreListedTheLatestFirst(_ count: Int) async throws {
    let world = try await Self.logged(count)
    try await world.sql(
      "INSERT INTO event_log (source, severity, message) VALUES ('deploy', 'info', 'other')")
    #expect(try await Self.ids(world) == Array((1...max(1, count)).reversed().prefix(count)))
    #expect(
      try await Self.ids(world, "shop") == Array((1...max(1, count)).reversed().prefix(count)))
  }

  @Test func limitsAndTimesGoTogether() async throws {
    let world = try await Self.logged(600)
    let all = Array((1...600).reversed())
    #expect(try await Self.ids(world, "--limit", "3") == [600, 599, 598])
    #expect(try await Self.ids(world, "w1", "-n", "500") == Array(all.prefix(500)))
    // Some time has passed since the rows were written.
    let hour = try await Self.ids(world, "--since", "3570s")
    #expect(hour == Array(all.prefix(hour.count)) && (1...60).contains(hour.count))
    #expect(try await Self.ids(world, "--since", "1h", "-n", "2") == [600, 599])
    #expect(try await Self.ids(world, "--since", "52w") == all)
    let time = try await world.sql("SELECT created_at FROM event_log WHERE id = 400")
    let given = time.replacing(" ", with: "T") + "Z"
    #expect(try await Self.ids(world, "--since", given) == Array(all.prefix(201)))
    try await world.sql("UPDATE event_log SET created_at = '2026-01-02 23:59:59' WHERE id < 300")
    try await world.sql("UPDATE event_log SET created_at = '2026-01-03 00:00:00' WHERE id = 7")
    // A row may be earlier than the one before it: clocks are set back.
    let since = try await Self.ids(world, "--since", "2026-01-03")
    #expect(since == all.filter { $0 >= 300 || $0 == 7 })
    #expect(try await Self.ids(world, "--since", "2026-01-03T01:00:00+01:00") == since)
    try await world.sql("UPDATE event_log SET created_at = 'some time'")
    #expect(try await Self.ids(world, "--since", "2026-01-03").isEmpty)
    #expect(try await Self.ids(world).count == 600)
    let none = try await world.tool("apply", "history", "--since", "7d")
    #expect(none.output == "no syncs in the event log since then\n")
  }

  /// What a row of a workload records has a time as well.
  @Test func recordedSyncsAreListedSinceATime() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    try await world.addWorkload("w2", name: "blog")
    try await world.sql(
      """
      UPDATE workloads SET gitops_commit_sha = 'c0ffee', gitops_last_sync_at = CASE id
        WHEN 'w1' THEN '2026-01-02T00:00:00Z' ELSE '2026-02-02T00:00:00Z' END
      """)
    let all = try await world.tool("apply", "history")
    let lines = all.output.split(separator: "\n").dropFirst()
    #expect(lines.first?.contains("blog") == true, "\(all.output)")
    #expect(lines.dropFirst().first?.contains("shop") == true, "\(all.output)")
    let recent = try await world.tool("apply", "history", "--since", "2026-02-01")
    #expect(recent.output.contains("blog") && !recent.output.contains("shop"), "\(recent.output)")
  }

  @Test(arguments: ["7", "soon", "2026-02-30", "-1d", "\u{1B}[31m"])
  func otherTimesAreRefused(_ word: String) async throws {
    let world = try await World()
    let result = try await world.tool("apply", "history", "--since=\(word)")
    #expect(result.status == 2 && result.error.contains("is not a time"), "\(result.error)")
    #expect(!result.error.unicodeScalars.contains("\u{1B}"))
  }

  /// The memory for 60 times the rows is the same.
  @Test(arguments: ["text", "json"])
  func memoryDoesNotGrowWithTheLog(_ format: String) async throws {
    let (short, long) = (
      try await Self.logged(500, padding: 900), try await Self.logged(30_000, padding: 900)
    )
    let (one, other) = (try await Self.peak(short, format), try await Self.peak(long, format))
    // 30 MB of metadata are read, and as much is written.
    #expect(other - one < 8_000, "\(one) KiB, then \(other) KiB")
  }

  private static func peak(_ world: World, _ format: String) async throws -> Int {
    let program = """
      import resource, subprocess, sys
      subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
      print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
      """
    let output = try await mustRun(
      "/usr/bin/python3",
      ["-c", program, builtTool("apply"), "history", "--format", format, "--db", world.database])
    return try #require(Int(output))
  }

  /// A reader that waits in the middle, as a pager does: others write, also where a reader's lock would keep them out.
  @Test func aPagerKeepsNoWriterWaiting() async throws {
    let world = try await Self.logged(3_000, padding: 300)
    try await world.sql("PRAGMA journal_mode = DELETE")
    let result = try await Self.paged(
      world,
      "sqlite3 -cmd '.timeout 1' \"$DB\" \"INSERT INTO event_log (source, severity, message, metadata) VALUES ('gitops', 'info', 'late', '{\\\"workload\\\":\\\"w1\\\"}')\""
    )
    #expect(result.status == 0, "\(result.error)")
    #expect(try Self.events(result.output) == Array((1...3_000).reversed()))
    #expect(try await Self.ids(world, "-n", "2") == [3_001, 3_000])
  }

  /// A signal in the middle leaves a whole document that says so.
  @Test func aSignalLeavesAWholeDocument() async throws {
    let world = try await Self.logged(3_000, padding: 300)
    let result = try await Self.paged(world, "kill -TERM $tool")
    #expect(result.status == 143, "\(result.error)")
    try await expectSchema("history", result.output)
    #expect(try JSONText(Array(result.output.utf8))["interrupted"] == .bool(true))
    let ids = try Self.events(result.output)
    #expect(ids == Array((1...3_000).reversed().prefix(ids.count)) && ids.count < 3_000)
  }

  /// Runs a command when the first line of the history was read and the tool waits for its reader.
  private static func paged(_ world: World, _ command: String) async throws -> CommandResult {
    try await run(
      "sh",
      [
        "-c",
        """
        cd "$1"; mkfifo pipe
        "$2" history --format json --db "$DB" >pipe & tool=$!
        exec 3<pipe
        head -c 1 <&3 >page
        \(command) || exit 99
        cat <&3 >>page
        wait $tool; status=$?
        cat page; exit $status
        """, "sh", world.scratch.path, builtTool("apply"),
      ], environment: ["DB": world.database])
  }
}
