import Glibc
import TestSupport
import Testing

/// `--lock-timeout` bounds every wait of a command for another program's lock on the database, that of opening it
/// for reading included.
///
/// The tool runs with clocks that only its own pauses move, so the sum of these does not depend on the machine.
@Suite(.ownTime, .hangLimit) struct LockPatienceTests {
  private static let clock = """
    #define _GNU_SOURCE
    #include <stdio.h>
    #include <stdlib.h>
    #include <sys/syscall.h>
    #include <time.h>
    #include <unistd.h>
    static _Atomic long long slept;
    int usleep(useconds_t pause) {
      long long sum = slept += pause;
      FILE *file = fopen(getenv("SLEPT"), "w");
      fprintf(file, "%lld", sum);
      return fclose(file);
    }
    static struct timespec start[16];
    __attribute__((constructor)) static void stop_clocks(void) {
      for (clockid_t clock = 0; clock < 16; clock++) syscall(SYS_clock_gettime, clock, &start[clock]);
    }
    int clock_gettime(clockid_t clock, struct timespec *now) {
      if (clock < 0 || clock > 15) return (int)syscall(SYS_clock_gettime, clock, now);
      long long nanoseconds = start[clock].tv_nsec + slept % 1000000 * 1000;
      now->tv_sec = start[clock].tv_sec + slept / 1000000 + nanoseconds / 1000000000;
      now->tv_nsec = nanoseconds % 1000000000;
      return 0;
    }
    """

  private static let hold = """
    import os, sqlite3, sys, time
    c = sqlite3.connect(sys.argv[1], isolation_level=None)
    c.execute("BEGIN EXCLUSIVE")
    open("held", "w").write("held")
    while not os.path.exists("release"): time.sleep(0.02)
    """

  private static let commands = [
    ["--all", "--yes"], ["--all", "--dry-run"], ["enable", "w1"], ["disable", "w1"],
    ["revert", "w1", "--yes"], ["shop.plan"],
  ]

  /// As the owner, and where this is root, as another user, who reads without SQLite's own wait.
  private static let users = geteuid() == 0 ? ["0", "65534"] : ["\(geteuid())"]

  @Test(arguments: commands, users)
  func openingWaitsAsLongAsIsAskedFor(_ command: [String], _ user: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.sql("PRAGMA journal_mode = DELETE")
    let folder = world.scratch.path
    let plan = world.scratch.file("source/shop.plan")
    #expect(try await world.tool("plan", "--all", "--out", plan).status == 0)
    let source = try world.scratch.write("clock.c", Self.clock)
    try await mustRun("cc", ["-shared", "-fPIC", "-o", world.scratch.file("clock.so"), source])
    try await mustRun("cp", [builtTool("apply"), world.scratch.file("apply")])
    try await mustRun("chmod", ["-R", "a+rwX", folder])
    async let held = run("/usr/bin/python3", ["-c", Self.hold, world.database], in: folder)
    try await waitForFile(world.scratch.file("held"))
    for seconds in [0, 40] {
      try world.scratch.write("slept", "0")
      try await mustRun("chmod", ["666", world.scratch.file("slept")])
      let result = try await run(
        "setpriv",
        ["--reuid=\(user)", world.scratch.file("apply")] + command
          + ["--lock-timeout", "\(seconds)s"],
        in: world.repository,
        environment: [
          "TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors,
          "LD_PRELOAD": world.scratch.file("clock.so"), "SLEPT": world.scratch.file("slept"),
        ])
      #expect(result.status == 3, "\(result)")
      let slept = try readFile(world.scratch.file("slept"))
      let microseconds = try #require(Int(String(decoding: slept, as: UTF8.self)))
      let expected = seconds == 0 ? 0...0 : 39_000_000...41_000_000
      #expect(expected.contains(microseconds), "\(result)")
    }
    try world.scratch.write("release", "")
    #expect(try await held.status == 0)
  }
}
