import FoundationEssentials
import TestSupport
import Testing
import TinyforgeCore

/// A disk that fails under a sync, as strace plays it; `ci/evidence faults` does so at every call.
@Suite(.ownTime, .hangLimit) struct ApplyFaultTests {
  /// A full disk: the old state stays, and the message says so.
  @Test func aFullDisk() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let before = try await world.sql("SELECT * FROM workloads")
    let result = try await syncWithFault(world, "pwrite64:error=ENOSPC:when=3+")
    #expect(result.status == 2, "\(result.output)\(result.error)")
    #expect(result.output.contains("is full"))
    #expect(result.output.contains("nothing was changed"))
    #expect(try await world.sql("SELECT * FROM workloads") == before)
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "0")
  }

  /// The log is written and only its sync to the disk fails: nobody can tell then whether the next
  /// one to open the database finds the commit in it, so that no message may claim either.
  @Test func aDiskThatDoesNotConfirm() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let result = try await syncWithFault(world, "fdatasync:error=EIO:when=2")
    #expect(result.status == 2, "\(result.output)\(result.error)")
    #expect(result.output.contains("the disk did not confirm the commit"))
    #expect(!result.output.contains("nothing was changed"))
    let isNew = try await world.sql(
      "SELECT json_extract(source_config, '$.port') = 8080 FROM workloads")
    #expect(try await world.sql("SELECT count(*) FROM event_log") == isNew)
    #expect(try await world.sql("PRAGMA integrity_check") == "ok")
  }

  /// A result that cannot be written is reported once, and not written a second time.
  @Test(arguments: ["apply", "plan", "drift", "lint-spec"])
  func aResultThatCannotBeWritten(_ tool: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let output = try world.scratch.write("output", "")
    let arguments = tool == "lint-spec" ? "--explain syntax" : "--all --format json"
    let script = """
      exec strace -f -qq -o /dev/null -P "$1" -e trace=write -e inject=write:error=ENOSPC:when=1 "$0" $2 > "$1"
      """
    let result = try await run(
      "sh", ["-c", script, builtTool(tool), output, arguments + (tool == "apply" ? " --yes" : "")],
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
    #expect(result.status == 2, "\(result)")
    #expect(
      result.error.components(separatedBy: "standard output cannot be written").count == 2,
      "\(result)")
    #expect(try readFile(output).isEmpty)
  }

  /// A memory-mapped file may become unreadable on a full disk: a tool reports that, and does not end by the bare signal.
  @Test(arguments: ["lint-spec", "drift"]) func lostMemoryIsTold(_ tool: String) async throws {
    let scratch = try Scratch()
    // Both wait for their input; the signal comes when the tool is ready for it.
    let script = """
      mkfifo input
      # Swift's own handler, of debug builds, would be taken for the tool's.
      SWIFT_BACKTRACE=enable=no "$0" $1 < input & process=$!
      exec 3> input
      for step in $(seq 400); do
        grep -q 'SigCgt:.*[4-7c-f].$' /proc/$process/status && break
        sleep 0.05
      done
      kill -BUS $process
      # The input stays open: its end would be another way out.
      wait $process
      """
    let arguments = tool == "drift" ? "--all --live /dev/stdin" : "-"
    let result = try await run(
      "sh", ["-c", script, builtTool(tool), arguments], in: scratch.path)
    #expect(result.status == 2 && result.error.contains("its disk is full or broken"), "\(result)")
  }

  /// Applies under strace, which fails the calls on the write-ahead log that `fault` names.
  private func syncWithFault(_ world: World, _ fault: String) async throws -> CommandResult {
    // strace knows the file by the path that the tool resolves.
    let log = try await mustRun("realpath", [world.database]) + "-wal"
    return try await run(
      "strace",
      [
        "-f", "-o", "/dev/null", "-P", log, "-e", "inject=\(fault)", builtTool("apply"), "--all",
        "--yes",
      ],
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
  }
}
