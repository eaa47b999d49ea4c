import Glibc
import TestSupport
import Testing

/// `plan doctor`: each fault is found, explained, and given the command that mends it.
struct DoctorTests {
  /// What is broken (by the shell in the world's folder, `$DB` the database), the check that finds
  /// it, its severity, and what its message and its command hold.
  struct Case: Sendable, CustomTestStringConvertible {
    var breakage: String
    var check: String
    var severity = "fault"
    var message: String
    var command: String
    var testDescription: String { message }
  }

  private static func sql(_ statement: String) -> String { "sqlite3 $DB \"\(statement)\"" }

  static let cases: [Case] = [
    Case(
      breakage: "rm $DB*", check: "database", message: "there is no database", command: "ls -ld"),
    Case(
      breakage: "rm $DB*; head -c 9000 /dev/zero | tr '\\0' x >$DB", check: "database",
      message: "not a SQLite database", command: "integrity_check"),
    Case(
      breakage: "ln $DB other.db", check: "database", message: "2 names (hard links)",
      command: "find / -xdev -inum"),
    Case(
      breakage: sql("ALTER TABLE workloads DROP COLUMN gitops_path"), check: "database",
      message: "lacks gitops_path", command: "table_info(workloads)"),
    Case(
      breakage: sql("DROP TABLE event_log"), check: "schema", severity: "warning",
      message: "no event_log table", command: ".schema"),
    Case(
      breakage: sql(
        "DROP TABLE event_log; CREATE TABLE event_log (message TEXT, must TEXT NOT NULL)"),
      check: "schema", message: "demands values for must", command: ".schema event_log"),
    Case(
      breakage: sql(
        "INSERT INTO event_log (source, severity, message, created_at) "
          + "VALUES ('x', 'info', 'x', '2099-01-01T00:00:00Z')"),
      check: "clock", message: "event 1 is of 2099-01-01", command: "timedatectl"),
    Case(
      breakage: sql("UPDATE workloads SET updated_at = '2099-01-01 00:00:00'"), check: "clock",
      message: "the last change of workload w1", command: "timedatectl"),
    Case(
      breakage: "cd source; GIT_COMMITTER_DATE=2099-01-01T00:00:00Z git -c user.name=a "
        + "-c user.email=a@b commit -q --allow-empty -m later; git push -q --mirror "
        + "../mirrors/acme/shop.git", check: "clock", message: "commit ", command: "timedatectl"),
    Case(
      breakage: sql("UPDATE workloads SET source_kind = 'image'"), check: "workloads",
      severity: "warning", message: "does not serve its source (image)",
      command: "apply disable w1"),
    Case(
      breakage: sql("UPDATE workloads SET gitops_path = '../x'"), check: "workloads",
      message: "leaves the repository", command: "apply enable w1 --path .tinyforge.yml"),
    Case(
      breakage: sql("UPDATE workloads SET source_config = '{'"), check: "workloads",
      message: "cannot be used", command: "SELECT source_config"),
    Case(
      breakage: "mv mirrors elsewhere", check: "mirrors", message: "is not there",
      command: "ls -ld"),
    Case(
      breakage: "rm -rf mirrors/acme/shop.git", check: "repositories",
      message: "no clone or mirror of acme/shop",
      command: "git clone --mirror https://git.example.org/acme/shop.git"),
    Case(
      breakage: "git -C mirrors/acme/shop.git config core.repositoryformatversion 1; "
        + "git -C mirrors/acme/shop.git config extensions.frobnicate x", check: "repositories",
      message: "extensions.frobnicate", command: "--get-regexp"),
    Case(
      breakage: "chown -R 65534 mirrors/acme/shop.git", check: "repositories",
      message: "belongs to another user", command: "safe.directory"),
    Case(
      breakage: "find mirrors/acme/shop.git -exec touch -d '30 days ago' {} +",
      check: "repositories", severity: "warning", message: "was last fetched",
      command: "fetch --prune"),
    Case(
      breakage: sql(
        "UPDATE workloads SET source_config = replace(source_config, '}', ',\\\"access_token\\\":\\\"00\\\"}')"
      ),
      check: "tokens", severity: "warning", message: "ENCRYPTION_KEY is not set",
      command: "systemctl show"),
  ]

  @Test(arguments: cases)
  func eachFaultHasItsCommand(_ fault: Case) async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    try await mustRun(
      "sh", ["-ec", fault.breakage], in: world.scratch.path,
      environment: ["DB": world.database, "GIT_CONFIG_GLOBAL": "/dev/null"])
    let result = try await world.tool("plan", "doctor", "--format", "json", "--fetch", "local")
    #expect(result.status == (fault.severity == "fault" ? 1 : 0), "\(result.error)")
    try await expectSchema("doctor", result.output)
    let pick = """
      import json, sys
      for check in json.load(sys.stdin)["checks"]:
          for finding in check["findings"]:
              print(check["check"], finding["severity"], finding["message"], "$", finding["command"])
      """
    let lines = try await mustRun("/usr/bin/python3", ["-c", pick], input: result.output)
    let found = lines.split(separator: "\n").contains { line in
      line.hasPrefix("\(fault.check) \(fault.severity) ") && line.contains(fault.message)
        && line.split(separator: " $ ").last?.contains(fault.command) == true
    }
    #expect(found, "\(lines)")
  }

  /// Without faults it is content, in words for people as well; warnings fail nothing.
  @Test func aSoundWorldIsSound() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let before = try await world.sql(".dump")
    let result = try await world.tool("plan", "doctor")
    #expect(result.status == 0 && result.output.contains("0 faults"), "\(result.output)")
    let russian = try await world.tool("plan", "doctor", "--lang", "ru")
    #expect(russian.output.contains("0 неисправностей"))
    #expect(try await world.sql(".dump") == before)
  }

  /// As another user, by `setpriv`: what may not be read or written is named. (Root may all.)
  @Test(.enabled(if: geteuid() == 0))
  func missingPermissionsAreNamed() async throws {
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
    #expect(result.output.contains("$ sudo -u"))
  }
}
