import Glibc
import TestSupport
import Testing
import TinyforgeCore
import WorkloadStore

@Suite(.ownTime, .hangLimit) struct LockTests {
  private static let me = WorkloadLock.Holder(
    processID: getpid(), host: "here", actor: "ann", since: "2026-11-24T01:02:03Z", tool: "test")

  private func attempt(_ database: String, _ id: String = "w1") throws(Failure)
    -> WorkloadLock.Attempt
  {
    try WorkloadLocks(database: database).attempt(id, Self.me)
  }

  @Test func oneHolderAtATimeAndItIsTold() throws {
    let scratch = try Scratch()
    let database = scratch.file("db")
    guard case .acquired(let lock) = try attempt(database) else {
      Issue.record("a free lock was refused")
      return
    }
    guard case .held(let holder) = try attempt(database) else {
      Issue.record("taken twice")
      return
    }
    #expect(holder == Self.me)
    guard case .acquired(let other) = try attempt(database, "w2") else {
      Issue.record("another workload's lock was refused")
      return
    }
    other.release()
    lock.release()
    guard case .acquired = try attempt(database) else {
      Issue.record("a released lock was refused")
      return
    }
  }

  /// Held by another process, freed by its death.
  @Test func deathFreesTheLock() async throws {
    let scratch = try Scratch()
    let database = scratch.file("db")
    guard case .acquired(let mine) = try attempt(database) else { return }
    mine.release()
    let hold = """
      import fcntl, os, sys, time
      f = open(sys.argv[1], 'r+')
      fcntl.lockf(f, fcntl.LOCK_EX)
      open(sys.argv[2], 'w').write('held')
      while not os.path.exists(sys.argv[3]): time.sleep(0.01)
      os.kill(os.getpid(), 9)
      """
    let (held, awaited) = (scratch.file("held"), scratch.file("awaited"))
    let file = "\(database).gitops-locks/w1.lock"
    async let holder = run(
      "timeout", ["120", "/usr/bin/python3", "-c", hold, file, held, awaited])
    try await waitForFile(held)
    guard case .held(nil) = try attempt(database) else {
      Issue.record("taken from a living process")
      return
    }
    var waits = 0
    let got = try WorkloadLocks(database: database).acquire(
      "w1", Self.me, timeout: .seconds(60)
    ) { _ in
      waits += 1
      close(creat(awaited, 0o600))
    }
    guard case .acquired = got else {
      Issue.record("not freed by death")
      return
    }
    #expect(waits == 1)
    #expect(try await holder.status == 137)
  }

  @Test func aDeletedFileGuardsNothing() throws {
    let scratch = try Scratch()
    let database = scratch.file("db")
    guard case .acquired(let first) = try attempt(database) else { return }
    unlink("\(database).gitops-locks/w1.lock")
    guard case .acquired(let second) = try attempt(database) else { return }
    guard case .held = try attempt(database) else {
      Issue.record("taken twice")
      return
    }
    first.release()
    second.release()
  }

  @Test func linksMeetAtOneLock() async throws {
    let fixture = try await StoreFixture()
    let link = fixture.scratch.file("link.db")
    try await mustRun("ln", ["-s", fixture.path, link])
    let database = try SQLiteStore.open(link, access: .readOnly, busyTimeout: .zero)
    #expect(database.path == link && database.resolvedPath == fixture.path)
  }

  /// Ids of every kind have a lock each.
  @Test func hostileIdsHaveLocksOfTheirOwn() throws {
    let scratch = try Scratch()
    let ids = [
      "", ".", "..", "/", "a/b", "../../x", "A", "a", "a\0b", "é", "_61", "61", "x\n",
      String(repeating: "a", count: 300), String(repeating: "a", count: 301),
      String(repeating: "/", count: 300),
    ]
    var locks: [WorkloadLock] = []
    for id in ids {
      guard case .acquired(let lock) = try attempt(scratch.file("db"), id) else {
        Issue.record("\(id.debugDescription) shares a lock")
        continue
      }
      locks.append(lock)
    }
    #expect(locks.count == ids.count)
  }

  @Test func oddPlacesAreRefused() async throws {
    let scratch = try Scratch()
    try scratch.write("file.gitops-locks", "in the way")
    try scratch.folder("linked.gitops-locks")
    try await mustRun("ln", ["-s", "/etc/passwd", scratch.file("linked.gitops-locks/w1.lock")])
    try await mustRun("mkdir", ["-p", scratch.file("folder.gitops-locks/w1.lock")])
    for name in ["file", "linked", "folder", "absent/db"] {
      let fault = try failure { () throws(Failure) in _ = try attempt(scratch.file(name)) }
      #expect(fault.code == .denied && fault.remedy != nil, "\(name): \(fault)")
      #expect(name == "absent/db" || fault.message.contains("exists and is not a"), "\(fault)")
    }
  }

  /// Any text in a lock's file is only a note, or none; it is never a fault.
  @Test(arguments: ["", "{", "null", "{\"pid\":\"x\"}", "{\"pid\":1e99}", "\u{0}\u{0}", "[[[["])
  func oddNotesAreNone(_ note: String) async throws {
    let scratch = try Scratch()
    let database = scratch.file("db")
    guard case .acquired(let lock) = try attempt(database) else { return }
    try scratch.write("db.gitops-locks/w1.lock", note)
    guard case .held = try attempt(database) else {
      Issue.record("taken twice")
      return
    }
    lock.release()
  }

  /// Root's locks are the database owner's, so that both can take them later.
  @Test(.enabled(if: geteuid() == 0)) func rootHandsLocksToTheOwner() async throws {
    let scratch = try Scratch()
    let database = try scratch.write("db", "")
    try await mustRun("chown", ["1234:5678", database])
    try await mustRun("chmod", ["660", database])
    guard case .acquired(let lock) = try attempt(database) else { return }
    lock.release()
    let facts = try await mustRun(
      "stat", ["-c", "%u:%g %a", "\(database).gitops-locks", "\(database).gitops-locks/w1.lock"])
    #expect(facts == "1234:5678 770\n1234:5678 660")
  }

  /// A link in the place of the folder could lead root anywhere.
  @Test func aLinkedFolderIsRefused() async throws {
    let scratch = try Scratch()
    try scratch.folder("elsewhere")
    try await mustRun("ln", ["-s", "elsewhere", scratch.file("db.gitops-locks")])
    let fault = try failure { () throws(Failure) in _ = try attempt(scratch.file("db")) }
    #expect(fault.code == .denied && fault.message.contains("exists and is not a directory"))
    #expect(try await mustRun("ls", [scratch.file("elsewhere")]).isEmpty)
  }

  /// A lock that may not be read is not reported as free, and no link is followed.
  @Test(.enabled(if: geteuid() == 0)) func whatCannotBeLookedAtIsTold() async throws {
    let fixture = try await StoreFixture()
    try await mustRun("chmod", ["755", fixture.scratch.path])
    guard case .acquired(let lock) = try attempt(fixture.path) else { return }
    try await mustRun("chmod", ["755", "\(fixture.path).gitops-locks"])
    let locks = try await run(
      "setpriv",
      [
        "--reuid=12345", "--clear-groups", builtTool("apply"), "locks", "--db", fixture.path,
      ])
    #expect(locks.status == 2 && locks.error.contains("may not be read"), "\(locks)")
    #expect(!locks.output.contains("no lock is held"))
    lock.release()
    try await mustRun("mv", ["\(fixture.path).gitops-locks", fixture.scratch.file("elsewhere")])
    try await mustRun("ln", ["-s", "elsewhere", "\(fixture.path).gitops-locks"])
    let linked = try await run(builtTool("apply"), ["locks", "--db", fixture.path])
    #expect(linked.status == 2 && linked.error.contains("exists and is not a directory"))
  }

  /// Twenty processes want one lock at once, and all get it.
  @Test func twentyWaitersGetThrough() async throws {
    let fixture = try await StoreFixture()
    try await fixture.addWorkload()
    let path = fixture.path
    try await withThrowingTaskGroup(of: Int.self) { group in
      for index in 0..<20 {
        group.addTask {
          try await run(
            builtTool("apply"),
            ["enable", "w1", "--path", "p\(index).yml", "--lock-timeout", "60s"],
            environment: ["TINYFORGE_DB": path]
          ).status
        }
      }
      for try await status in group { #expect(status == 0) }
    }
    #expect(try await fixture.sql("SELECT count(*) FROM event_log;") == "20")
  }
}
