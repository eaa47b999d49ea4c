import TestSupport
import Testing
import TinyforgeCore

/// `apply --atomic` beside a server that never stops editing.
@Suite(.ownTime, .hangLimit) struct AtomicBoundTests {
  /// It ends, with all or with nothing; where with nothing, each workload has a reason.
  @Test func itEndsBesideAServerThatEdits() async throws {
    let world = try await World()
    try await world.sql("PRAGMA journal_mode=WAL")
    let ids = (1...40).map { "w\($0)" }
    for id in ids { try await world.addWorkload(id) }
    let server = """
      import os, sqlite3, sys
      c = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None); n = 0
      while not os.path.exists(sys.argv[3]):
        n += 1
        try: c.execute("update workloads set source_config=json_set(source_config,'$.edit',?)", (n,))
        except sqlite3.OperationalError: continue
        if n == 1: open(sys.argv[2], 'w').write('begun')
      """
    let (begun, over) = (world.scratch.file("begun"), world.scratch.file("over"))
    async let peer = run(
      "timeout", ["300", "/usr/bin/python3", "-c", server, world.database, begun, over])
    try await waitForFile(begun)
    // Without a bound it would not end before the server does.
    let result = try await run(
      "timeout",
      ["200", builtTool("apply"), "--all", "--atomic", "--yes", "--lock-timeout", "2s"]
        + ["--format", "json"],
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
    try world.scratch.write("over", "")
    #expect(try await peer.status == 0)
    #expect(result.status == 0 || result.status == 3, "\(result)")
    try await expectSchema("apply", result.output)
    let told = try ToldWorkload.all(result)
    #expect(told.keys.sorted() == ids.sorted())
    let events = try await world.sql("SELECT count(*) FROM event_log")
    #expect(events == (result.status == 0 ? "40" : "0"))
    for (id, workload) in told where workload.json["result"]?.text == "failed" {
      #expect(!workload.message.isEmpty, "\(id)")
    }
  }
}
