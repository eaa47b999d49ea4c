import Glibc
import TestSupport
import Testing
import TinyforgeCore

/// Runs by a user that is not the database's owner: nothing that they leave keeps the owner out.
@Suite(.ownTime, .hangLimit, .enabled(if: geteuid() == 0)) struct ForeignReaderTests {
  /// A database of user 4200 in a folder of user 4200 and group 4300, and the tools for everybody.
  static func fixture(_ folderMode: String = "755", _ mode: String = "644") async throws
    -> StoreFixture
  {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    try await fixture.sql("PRAGMA journal_mode = WAL;")
    let script = """
      cp "$@" . && rm -f tinyforge.db-* && chmod \(mode) tinyforge.db
      chown -R 4200:4300 . && chmod \(folderMode) .
      """
    try await mustRun(
      "sh", ["-ec", script, "-"] + ["plan", "drift", "apply"].map(builtTool),
      in: fixture.scratch.path)
    return fixture
  }

  static func run(
    _ user: String, _ program: String, _ arguments: [String], _ fixture: StoreFixture
  )
    async throws -> CommandResult
  {
    try await TestSupport.run(
      "setpriv",
      ["--reuid=\(user)", "--regid=\(user)", "--groups=4300", program] + arguments,
      in: fixture.scratch.path, environment: ["TINYFORGE_DB": fixture.path])
  }

  /// The owner writes, and all that is beside the database belongs to it.
  static func expectOwnerWrites(_ fixture: StoreFixture) async throws {
    let write = try await run(
      "4200", "sqlite3", [fixture.path, "UPDATE workloads SET trigger_kind = 'x'"], fixture)
    #expect(write.status == 0, "\(write.error)")
    let foreign = try await mustRun(
      "find", [".", "-name", "tinyforge.db*", "!", "-uid", "4200"], in: fixture.scratch.path)
    #expect(foreign.isEmpty, "\(foreign)")
  }

  private static let leftovers = [
    "true", "touch tinyforge.db-shm", "touch tinyforge.db-wal",
    "python3 -c \"import os, sqlite3; c = sqlite3.connect('tinyforge.db'); "
      + "c.execute('update workloads set trigger_kind=1'); c.commit(); os._exit(0)\"; rm tinyforge.db-shm; "
      + "chown 4200 tinyforge.db-wal",
  ]

  @Test(arguments: ["0", "4201"], leftovers)
  func aReaderMakesNothing(_ user: String, _ state: String) async throws {
    let fixture = try await Self.fixture("2775")
    try await mustRun("sh", ["-ec", state], in: fixture.scratch.path)
    try await mustRun("sh", ["-ec", "chown 4200 tinyforge.db*"], in: fixture.scratch.path)
    let listing = ["tinyforge.db*", "-printf", "%f %U:%G %m %s %T@\\n"]
    func files() async throws -> String {
      try await mustRun("find", [".", "-name"] + listing, in: fixture.scratch.path)
    }
    let before = try await files()
    let history = try await Self.run(
      user, fixture.scratch.file("apply"), ["history"], fixture)
    #expect(history.status == 0, "\(history.error)")
    let after = try await files()
    #expect(after == before, "\(before)\n\(after)")
    try await Self.expectOwnerWrites(fixture)
  }

  /// What was committed to a log that has no shared memory is read as well.
  @Test func aLogAloneIsRead() async throws {
    let fixture = try await Self.fixture()
    let script = """
      import os, sqlite3
      c = sqlite3.connect("tinyforge.db")
      c.execute("update workloads set name = 'from-the-log'")
      c.commit(); os._exit(0)
      """
    try await mustRun("/usr/bin/python3", ["-c", script], in: fixture.scratch.path)
    try await mustRun(
      "sh", ["-ec", "rm tinyforge.db-shm; chown 4200 tinyforge.db*"], in: fixture.scratch.path)
    let result = try await Self.run("4201", fixture.scratch.file("drift"), ["--all"], fixture)
    #expect(result.output.contains("from-the-log"), "\(result)")
    try await Self.expectOwnerWrites(fixture)
  }

  /// The folder's and the file's mode, the umask, and whether a member of the group may write.
  @Test(arguments: [
    ("775", "664", "022", false), ("2775", "644", "002", false), ("2775", "664", "077", true),
  ])
  func aMemberOfTheGroupWritesWhereTheOwnerStillCan(
    _ folder: String, _ mode: String, _ umask: String, _ isWritten: Bool
  ) async throws {
    let fixture = try await Self.fixture(folder, mode)
    // The owner's own run makes the lock folder, and its sqlite3, the last to close, removes the log.
    let first = try await Self.run("4200", "./apply", ["disable", "w1"], fixture)
    #expect(first.status == 0, "\(first)")
    try await Self.expectOwnerWrites(fixture)
    let result = try await Self.run(
      "4201", "sh", ["-c", "umask \(umask); ./apply enable w1"], fixture)
    #expect(result.status == (isWritten ? 0 : 2), "\(result)")
    let write = try await Self.run(
      "4200", "sqlite3", [fixture.path, "UPDATE workloads SET trigger_kind = 'x'"], fixture)
    #expect(write.status == 0, "\(write.error)")
  }

  @Test func rootLeavesTheOwnerAbleToWrite() async throws {
    let fixture = try await Self.fixture()
    let result = try await Self.run("0", fixture.scratch.file("apply"), ["disable", "w1"], fixture)
    #expect(result.status == 0, "\(result)")
    try await Self.expectOwnerWrites(fixture)
  }

  /// A server that has its shared memory open, and has not yet written what readers begin with.
  @Test func aServerThatIsStartingIsWaitedFor() async throws {
    let fixture = try await Self.fixture()
    let server = """
      import os, sqlite3, sys, time
      c = sqlite3.connect("tinyforge.db")
      c.execute("update workloads set name = 'new'")
      c.commit()
      with open("tinyforge.db-shm", "r+b") as f:
          header = f.read(136)
          f.seek(0)
          f.write(bytes(136))
          f.flush()
          open("starting", "w").write("x")
          while not os.path.exists("go"): time.sleep(0.01)
          f.seek(0)
          f.write(header)
          f.flush()
          while not os.path.exists("stop"): time.sleep(0.01)
      """
    async let served = Self.run("4200", "/usr/bin/python3", ["-c", server], fixture)
    try await waitForFile(fixture.scratch.file("starting"))
    async let reading = Self.run(
      "4201", fixture.scratch.file("drift"), ["--all", "--format", "json", "--exit-zero"], fixture)
    try await Task.sleep(for: .seconds(1))
    try fixture.scratch.write("go", "")
    let result = try await reading
    #expect(result.output.contains(#""name": "new""#), "\(result)")
    try fixture.scratch.write("stop", "")
    #expect(try await served.status == 0)
  }

  /// A server that opens, commits and closes all the time: each read is of a whole commit, not older than
  /// the last one before it, and the server never fails.
  @Test func aServerThatComesAndGoesIsReadRightly() async throws {
    let fixture = try await Self.fixture()
    let server = """
      import os, sqlite3, sys
      n = 0
      while not os.path.exists("stop"):
          c = sqlite3.connect("tinyforge.db", timeout=30)
          n += 1
          c.execute("update workloads set name = ?, trigger_kind = ?", (f"n{n}", f"n{n}"))
          c.commit()
          c.close()
          with open("last.new", "w") as f: f.write(str(n))
          os.replace("last.new", "last")
      """
    async let served = Self.run("4200", "/usr/bin/python3", ["-c", server], fixture)
    try await waitForFile(fixture.scratch.file("last"))
    func last() throws -> Int {
      Int(String(decoding: try readFile(fixture.scratch.file("last")), as: UTF8.self)) ?? 0
    }
    for _ in 0..<60 {
      let before = try last()
      let result = try await Self.run(
        "4201", fixture.scratch.file("drift"), ["--all", "--format", "json", "--exit-zero"], fixture
      )
      #expect(result.status == 2 || result.status == 0, "\(result)")
      let words = result.output.split(separator: "\"")
      let name = words.firstIndex(of: "name").map { words[$0 + 2] } ?? ""
      let read = Int(name.dropFirst()) ?? -1
      let after = try last()
      #expect(read >= before && read <= after + 1, "\(before) \(name) \(result)")
    }
    try fixture.scratch.write("stop", "")
    let end = try await served
    #expect(end.status == 0, "\(end.error)")
    try await Self.expectOwnerWrites(fixture)
  }
}
