import Glibc
import TestSupport
import Testing

/// Whether another user than the owner may write is decided as the kernel and SQLite will have it: then the owner can
/// write as well, and otherwise nothing is left.
@Suite(.ownTime, .hangLimit, .enabled(if: geteuid() == 0)) struct FileAccessTests {
  typealias Fixture = ForeignReaderTests

  /// An access list for new files in a folder (acl(5)); the entries of linux/posix_acl_xattr.h.
  struct ListCase: Sendable, CustomTestStringConvertible {
    var folder = "775"
    /// Further entries than the three of a mode: tag, permissions, id.
    var entries: String
    /// The permissions of the file's group.
    var group = 5
    var isWritten: Bool
    var testDescription: String { "\(folder) \(entries) \(group)" }
  }

  static let lists = [
    ListCase(entries: "(2, 6, 4200), (16, 7, -1)", isWritten: true),
    ListCase(entries: "(2, 4, 4200), (16, 7, -1)", isWritten: false),
    // SQLite gives the file its mode, and with that its mask.
    ListCase(entries: "(2, 6, 4200), (16, 4, -1)", isWritten: true),
    ListCase(entries: "(8, 6, 4300), (16, 7, -1)", isWritten: true),
    ListCase(entries: "(8, 4, 4300), (16, 7, -1)", isWritten: false),
    ListCase(entries: "(8, 6, 4301), (16, 7, -1)", isWritten: false),
    ListCase(folder: "2775", entries: "(2, 6, 4201), (16, 7, -1)", isWritten: false),
    ListCase(folder: "2775", entries: "(2, 6, 4201), (16, 7, -1)", group: 6, isWritten: true),
    // Without a mask SQLite's mode counts, and the umask does not.
    ListCase(folder: "2775", entries: "", isWritten: true),
    ListCase(entries: "", isWritten: false),
  ]

  @Test(arguments: lists) func accessListsOfTheFolderCount(_ list: ListCase) async throws {
    let fixture = try await Fixture.fixture(list.folder, "664")
    let first = try await Fixture.run("4200", "./apply", ["disable", "w1"], fixture)
    #expect(first.status == 0, "\(first)")
    try await Fixture.expectOwnerWrites(fixture)
    let script = """
      import os, struct
      entries = sorted([(1, 7, -1), (4, \(list.group), -1), (32, 5, -1), \(list.entries)])
      value = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
      os.setxattr(".", "system.posix_acl_default", value)
      """
    try await mustRun("/usr/bin/python3", ["-c", script], in: fixture.scratch.path)
    try await expect(list.isWritten, user: "4201", fixture)
  }

  /// A run of apply writes, or is refused and leaves nothing; then the owner writes.
  private func expect(
    _ isWritten: Bool, user: String, in place: String = #"exec "$@""#, _ fixture: StoreFixture
  ) async throws {
    let listing = ["-c", "ls tinyforge.db*"]
    let before = try await mustRun("sh", listing, in: fixture.scratch.path)
    let result = try await Fixture.run(
      user, "sh", ["-c", place, "-", "./apply", "enable", "w1"], fixture)
    #expect(result.status == (isWritten ? 0 : 2), "\(result)")
    if !isWritten { #expect(try await mustRun("sh", listing, in: fixture.scratch.path) == before) }
    let write = try await Fixture.run(
      "4200", "sqlite3", [fixture.path, "UPDATE workloads SET trigger_kind = 'x'"], fixture)
    #expect(write.status == 0, "\(write.error)")
  }

  /// In a user namespace that does not know the owner, and where root may give no files away: reading makes nothing,
  /// and nothing is written unless the server's own log is there.
  @Test(arguments: [
    "exec unshare -U \"$@\"", "exec unshare -Ur \"$@\"",
    "exec setpriv --bounding-set=-chown \"$@\"",
  ])
  func ownersThatFilesCannotBeGivenTo(_ place: String) async throws {
    let fixture = try await Fixture.fixture("777", "644")
    let plan = try await Fixture.run("0", "sh", ["-c", place, "-", "./plan", "--all"], fixture)
    #expect(plan.output.contains("n-w1"), "\(plan)")
    try await Fixture.expectOwnerWrites(fixture)
    try await expect(false, user: "0", in: place, fixture)
    try await Fixture.expectOwnerWrites(fixture)
  }

  private static let server = """
    import os, sqlite3, time
    c = sqlite3.connect("tinyforge.db", isolation_level=None)
    c.execute("update workloads set trigger_kind = 'x'")
    open("open", "w").write("open")
    while not os.path.exists("stop"): time.sleep(0.01)
    c.execute("update workloads set trigger_kind = 'y'"); c.close()
    """

  /// Its log and shared memory are there, and belong to the owner.
  @Test func besideARunningServerRootWritesWithoutGivingFilesAway() async throws {
    let fixture = try await Fixture.fixture()
    async let served = Fixture.run("4200", "/usr/bin/python3", ["-c", Self.server], fixture)
    try await waitForFile(fixture.scratch.file("open"))
    let place = "exec setpriv --bounding-set=-chown \"$@\""
    // The lock folder cannot be given away either, so the owner makes it.
    let first = try await Fixture.run("4200", "./apply", ["disable", "w1"], fixture)
    let result = try await Fixture.run(
      "0", "sh", ["-c", place, "-", "./apply", "enable", "w1"], fixture)
    try fixture.scratch.write("stop", "")
    #expect(try await served.status == 0)
    #expect(first.status == 0 && result.status == 0, "\(first)\(result)")
    try await Fixture.expectOwnerWrites(fixture)
  }
}
