import Glibc
import TestSupport
import Testing

/// What `plan doctor` says of the database's file: one finding a cause, and a command that fixes it or looks closer.
@Suite(.ownTime, .hangLimit, .enabled(if: geteuid() == 0)) struct DoctorDatabaseTests {
  struct Case: Sendable, CustomTestStringConvertible {
    /// What is done first, by root in the world's folder; `$DB` is the database.
    var setUp = "true"
    /// Runs its arguments in the place and as the user that the doctor is asked for.
    var place = #""$@""#
    /// The words for the doctor.
    var options: [String] = []
    var check = "permissions"
    var severity = "fault"
    var message: String
    var command: String
    enum Fix: Sendable {
      /// The command looks closer, and fixes nothing.
      case none
      /// It is run in the same place, or by root outside of it; the finding is gone afterwards.
      case there, byRoot
    }
    var fix = Fix.there
    var testDescription: String { message }
  }

  private static let member = "exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\""
  private static let mounted =
    "exec unshare -m sh -ec 'mount --bind . .; mount -o remount,bind,ro .; cd \"$PWD\"; exec \"$@\"' - \"$@\""
  private static let locks =
    "mkdir $DB.gitops-locks; touch $DB.gitops-locks/w1.lock $DB.gitops-locks/w2.lock"

  static let cases: [Case] = [
    Case(
      place: mounted, severity: "warning", message: "is mounted read-only here",
      command: "plan doctor --read-only --db "),
    Case(
      setUp: "\(locks); touch $DB-wal $DB-shm", place: member,
      message: "tinyforge.db-wal and 5 more cannot be read and written by this user",
      command: "sudo -u root plan doctor --db ", fix: .byRoot),
    Case(
      setUp: "chmod 640 $DB", place: member, options: ["--read-only"],
      message: "tinyforge.db cannot be read by this user",
      command: "sudo -u root plan doctor --read-only --db ", fix: .byRoot),
    Case(
      setUp: "\(locks); touch $DB-wal $DB-shm; chown -R 65534 .; chown 0 $DB-* $DB.gitops-locks/*",
      place: member, message: "tinyforge.db-shm and 2 more cannot be read and written",
      command: "sudo chown --reference=", fix: .byRoot),
    Case(
      setUp: "\(locks); chown -R 65534 .; chmod 444 $DB; chmod 000 $DB.gitops-locks/*",
      place: member,
      message: "tinyforge.db, ", command: "chmod u+rwX "),
    Case(
      setUp: "chown 4200:4300 $DB .; chmod 777 .; chmod 664 $DB",
      place: "exec setpriv --reuid=65534 --regid=65534 --groups=4300 \"$@\"",
      message: "SQLite would have to make its log", command: "sudo -u '#4200' plan doctor --db ",
      fix: .byRoot),
    Case(
      setUp: "chown 4200 . $DB", place: "exec setpriv --bounding-set=-chown \"$@\"",
      message: "root lacks CAP_CHOWN", command: "sudo -u '#4200' plan doctor --db "),
    Case(
      place: "exec unshare -U \"$@\"",
      message: "this user namespace does not know the database's owner",
      command: "cat /proc/self/uid_map", fix: .none),
    Case(
      setUp: "chown 4200 . $DB", place: "exec unshare -Ur \"$@\"",
      message: "does not know the database's owner", command: "cat /proc/self/uid_map", fix: .none),
    Case(
      setUp: "ln $DB other.db", check: "database", message: "has 2 names (hard links)",
      command: "find / -xdev -inum ", fix: .none),
    Case(
      setUp: "touch one.db",
      place:
        "exec unshare -m sh -ec 'mount --bind $DB one.db; TINYFORGE_DB=$PWD/one.db; exec \"$@\"' - \"$@\"",
      check: "database", message: "is mounted as a single file", command: "findmnt --target ",
      fix: .none),
    Case(
      setUp: """
        sqlite3 $DB 'PRAGMA journal_mode = DELETE' >/dev/null; python3 -c '
        import os, sqlite3
        c = sqlite3.connect("tinyforge.db", isolation_level=None); c.execute("pragma cache_size=2")
        c.execute("begin immediate")
        for i in range(999): c.execute("insert into event_log(source,severity,message) values(1,2,?)", ("y" * 900,))
        os._exit(0)'; test -s $DB-journal
        """, check: "database", message: "has a rollback journal", command: "sqlite3 "),
    Case(
      setUp: "mkdir 'up on' 'the merged'; mkdir live; cp $DB live/tinyforge.db",
      place: """
        exec unshare -m sh -ec 'mount -t tmpfs none "up on"; mkdir "up on/u" "up on/w"; \
        mount -t overlay none -o "lowerdir=$PWD/live,upperdir=up on/u,workdir=up on/w" "the merged"; \
        export TINYFORGE_DB="$PWD/the merged/tinyforge.db"; exec "$@"' - "$@"
        """, check: "database", severity: "warning", message: "is on an overlay file system",
      command: "live/tinyforge.db"),
    Case(
      setUp: """
        sqlite3 $DB "UPDATE workloads SET gitops_last_sync_at = '2026-02-03T04:05:06Z'";
        touch -d 2026-02-03T04:00:00Z $DB
        """, check: "database", severity: "warning",
      message: "it may be a copy without its -wal file",
      command: "ls -l --full-time ", fix: .none),
  ]

  private static let sudo = """
    #!/bin/sh
    [ "$1" = -u ] || exec "$@"
    user=${2#"#"}; shift 2
    exec setpriv --reuid="$user" --clear-groups "$@"
    """

  @Test(arguments: cases) func oneFindingForEachCause(_ fault: Case) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.sql("PRAGMA journal_mode = WAL")
    try world.scratch.write("bin/sudo", Self.sudo)
    try await mustRun("cp", [builtTool("plan"), world.scratch.file("bin/plan")])
    let folder = world.scratch.path
    let environment = [
      "DB": world.database, "TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors,
      "HOME": folder,
      "PATH": "\(folder)/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    ]
    try await mustRun(
      "sh", ["-ec", "chmod 755 . bin/*; \(fault.setUp)"], in: folder, environment: environment)
    func look(_ words: [String]) async throws -> [(line: String, command: String)] {
      let result = try await run(
        "sh", ["-c", fault.place, "-", "plan", "doctor", "--format", "json"] + words, in: folder,
        environment: environment)
      try await expectSchema("doctor", result.output)
      return try DoctorTests.findings(result).filter {
        ["database", "permissions"].contains(where: $0.line.hasPrefix)
      }
    }
    let findings = try await look(fault.options)
    let found = try #require(findings.first)
    #expect(findings.count == 1, "\(findings)")
    #expect(found.line.hasPrefix("\(fault.check) \(fault.severity) "), "\(found)")
    #expect(found.line.contains(fault.message) && found.command.contains(fault.command), "\(found)")
    let place = fault.fix == .byRoot ? #"exec "$@""# : fault.place
    let result = try await run(
      "sh", ["-c", place, "-", "sh", "-ec", found.command], in: folder, environment: environment)
    if found.command.contains("plan doctor ") {
      #expect(result.output.contains("database      ok\npermissions   ok\n"), "\(result)")
      return
    }
    #expect(result.status == 0 || fault.fix == .none, "\(found.command): \(result)")
    let left = try await look(fault.options)
    #expect(left.isEmpty == (fault.fix != .none), "\(left)")
  }

  /// As another user, by `setpriv`: what may not be read or written is named. (Root may all.)
  @Test func missingPermissionsAreNamed() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    // The build folder may be closed to others, so the tool is copied to where it can be run.
    try await mustRun("cp", [builtTool("plan"), world.scratch.file("plan")])
    try await mustRun("chmod", ["755", world.scratch.path])
    let result = try await run(
      "setpriv", ["--reuid=65534", "--clear-groups", world.scratch.file("plan"), "doctor"],
      environment: ["TINYFORGE_DB": world.database])
    #expect(result.status == 1)
    #expect(result.output.contains("cannot be read and written by this user"), "\(result.output)")
    #expect(result.output.contains("$ sudo -u root plan doctor --db"))
  }

  /// One finding for the library that all repositories need.
  @Test func aMissingLibraryIsOneFinding() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.addWorkload("w2")
    let script = """
      library=$(ldconfig -p | sed -n 's/.*libgit2[.]so[.][0-9.]* .*=> //p' | head -n 1)
      mount --bind /dev/null "$(realpath "$library")"; exec "$@"
      """
    let result = try await run(
      "unshare",
      ["-m", "sh", "-ec", script, "-", builtTool("plan"), "doctor", "--format", "json"],
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
    let findings = try DoctorTests.findings(result).filter { $0.line.contains(" fault ") }
    #expect(findings.count == 1, "\(findings)")
    #expect(findings.first?.line.contains("is not installed here") == true, "\(findings)")
    #expect(findings.first?.command.hasPrefix("apt-get install libgit2-") == true, "\(findings)")
  }

  /// Neither the doctor nor the list of locks rolls a crashed program's transaction back.
  @Test func lookingChangesNothing() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let hot = try #require(Self.cases.first { $0.message.contains("rollback journal") })
    try await mustRun(
      "sh", ["-ec", hot.setUp], in: world.scratch.path, environment: ["DB": world.database])
    let before = try (readFile(world.database), readFile("\(world.database)-journal"))
    #expect(try await world.tool("plan", "doctor").status == 1)
    #expect(try await world.tool("apply", "locks").status == 0)
    #expect(try readFile(world.database) == before.0)
    #expect(try readFile("\(world.database)-journal") == before.1)
  }

  /// Nothing that writers need is a fault for those that read.
  @Test(arguments: [[], ["--read-only"]]) func readersNeedLess(_ options: [String]) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.sql("PRAGMA journal_mode = WAL; DROP TABLE event_log;")
    try await world.sql("CREATE TABLE event_log (message TEXT, must TEXT NOT NULL)")
    try await mustRun("cp", [builtTool("plan"), world.scratch.file("plan")])
    try await mustRun("chmod", ["755", world.scratch.path])
    let result = try await run(
      "setpriv",
      ["--reuid=65534", "--clear-groups", world.scratch.file("plan"), "doctor"] + options,
      environment: ["TINYFORGE_DB": world.database, "HOME": world.scratch.path])
    let readOnly = !options.isEmpty
    #expect(result.output.contains("demands values") == !readOnly, "\(result)")
    #expect(result.output.contains("cannot be read and written") == !readOnly, "\(result)")
  }
}
