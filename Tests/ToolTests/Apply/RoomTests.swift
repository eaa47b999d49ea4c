import Glibc
import TestSupport
import Testing

/// An apply of many leaves a server that has the database open time to write, and waits for nobody where none has.
@Suite(
  .ownTime, .hangLimit,
  .enabled(
    if: access("/usr/bin/strace", X_OK) == 0, "strace is not installed: ci/setup test installs it"))
struct RoomTests {
  private static let count = 12

  /// How often the run paused, as strace counts.
  private static func pauses(_ world: World) async throws -> Int {
    let calls = world.scratch.file("calls")
    let result = try await run(
      "strace",
      [
        "-f", "-qq", "-o", calls, "-e", "trace=clock_nanosleep", builtTool("apply"), "--all",
        "--yes",
      ], environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
    #expect(result.status == 0, "\(result)")
    return String(decoding: try readFile(calls), as: UTF8.self).split(separator: "\n")
      .count { $0.contains("clock_nanosleep(") }
  }

  private static func world() async throws -> World {
    let world = try await World()
    try await world.sql("PRAGMA journal_mode=WAL")
    for number in 1...count { try await world.addWorkload("w\(number)") }
    return world
  }

  @Test func nobodyIsWaitedFor() async throws {
    let world = try await Self.world()
    #expect(try await Self.pauses(world) == 0)
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "\(Self.count)")
  }

  /// After a commit, unless the reading of the next workload takes as long.
  @Test func aServerIsLeftRoom() async throws {
    let world = try await Self.world()
    let server = """
      import os, sqlite3, sys, time
      c = sqlite3.connect(sys.argv[1]); c.execute('SELECT count(*) FROM workloads').fetchall()
      open(sys.argv[2], 'w').write('open')
      while not os.path.exists(sys.argv[3]): time.sleep(0.01)
      """
    let (open, over) = (world.scratch.file("open"), world.scratch.file("over"))
    async let peer = run(
      "timeout", ["300", "/usr/bin/python3", "-c", server, world.database, open, over])
    try await waitForFile(open)
    let pauses = try? await Self.pauses(world)
    try world.scratch.write("over", "")
    #expect(try await peer.status == 0)
    #expect((pauses ?? 0) > 0)
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "\(Self.count)")
  }
}
