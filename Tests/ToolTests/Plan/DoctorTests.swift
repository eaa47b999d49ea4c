import Glibc
import TestSupport
import Testing
import TinyforgeCore

/// `plan doctor`: each fault is found, explained, and given the command that fixes it.
@Suite(.ownTime, .hangLimit) struct DoctorTests {
  /// What is broken (by the shell in the world's folder, `$DB` the database), the check that finds
  /// it, its severity, and what its message and its command hold.
  struct Case: Sendable, CustomTestStringConvertible {
    var breakage: String
    var check: String
    var severity = "fault"
    var message: String
    var command: String
    /// The command fixes the fault by itself.
    var mends = false
    var fetch = "local"
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
      message: "the last change of workload w1", command: "timedatectl set-ntp true"),
    Case(
      breakage: "cd source; GIT_COMMITTER_DATE=2099-01-01T00:00:00Z git -c user.name=a "
        + "-c user.email=a@b commit -q --allow-empty -m later; git push -q --mirror "
        + "../mirrors/acme/shop.git", check: "clock", message: "commit ", command: "timedatectl"),
    Case(
      breakage: sql("UPDATE workloads SET source_kind = 'image'"), check: "workloads",
      severity: "warning", message: "does not serve its source (image)",
      command: "apply disable w1", mends: true),
    Case(
      breakage: sql("UPDATE workloads SET gitops_path = '../x'"), check: "workloads",
      message: "leaves the repository", command: "apply enable --path .tinyforge.yml w1",
      mends: true),
    Case(
      breakage: sql("UPDATE workloads SET source_config = '{'"), check: "workloads",
      message: "cannot be used", command: "SELECT source_config"),
    Case(
      breakage: "mv mirrors elsewhere", check: "mirrors", message: "is not there",
      command: "ls -ld"),
    Case(
      breakage: "rm -rf mirrors/acme/shop.git", check: "repositories",
      message: "no clone or mirror of acme/shop",
      command: "git clone --mirror https://git.example.org/acme/shop.git", mends: true),
    // The forge cannot be asked here; what is missing is the clone all the same.
    Case(
      breakage: "rm -rf mirrors/acme/shop.git", check: "repositories",
      message: "no clone or mirror of acme/shop",
      command: "git clone --mirror https://git.example.org/acme/shop.git", mends: true,
      fetch: "auto"),
    // A mirror that is sound is not to blame for a forge that cannot be asked.
    Case(
      breakage: "true", check: "repositories", message: "the name git.example.org has no address",
      command: "curl -sSI https://git.example.org/acme/shop.git", fetch: "http"),
    Case(
      breakage: sql(
        "UPDATE workloads SET source_config = json_set(source_config, '$.repo_owner', '../..')"
      )
      .replacing("'$.", with: "'\\$."), check: "repositories", message: "no folder of mirrors",
      command: "SELECT source_config"),
    Case(
      breakage: "rm mirrors/acme/shop.git/HEAD", check: "repositories",
      message: "is not a complete repository",
      command: "shop.git.$(date +%s) && git clone --mirror https://git.example.org/acme/shop.git",
      mends: true),
    Case(
      breakage: sql(
        "UPDATE workloads SET source_config = json_set(source_config, '$.branch', 'later')"
      )
      .replacing("'$.", with: "'\\$.") + "; git -C source branch later", check: "repositories",
      message: "there is no branch later", command: "fetch --prune", mends: true),
    Case(
      breakage: "rm -rf mirrors/acme/shop.git; "
        + "git init -q --bare --object-format=sha256 mirrors/acme/shop.git", check: "repositories",
      message: "SHA-256", command: "plan --workload w1 --fetch http"),
    Case(
      breakage: "git -C mirrors/acme/shop.git config core.repositoryformatversion 1; "
        + "git -C mirrors/acme/shop.git config extensions.frobnicate x", check: "repositories",
      message: "extensions.frobnicate", command: "shop.git.$(date +%s) && git clone --mirror",
      mends: true),
    Case(
      breakage: "mkdir -p $DB.gitops-locks/w1.lock", check: "locks",
      message: "exists and is not a regular file", command: "w1.lock.aside", mends: true),
    Case(
      breakage: "mkdir -p $DB.gitops-locks/w1.lock $DB.gitops-locks/w2.lock", check: "locks",
      message: "and 1 more like it", command: "mv -T", mends: true),
    Case(
      breakage: "mkdir $DB.gitops-locks; chown 65534 $DB.gitops-locks", check: "locks",
      message: "belongs to another user than the database", command: "chown -R --reference",
      mends: true),
    Case(
      breakage: "chown -R 65534 mirrors/acme/shop.git", check: "repositories",
      message: "belongs to another user, nobody (uid 65534); run as that user",
      command: "safe.directory", mends: true),
    Case(
      breakage: "find mirrors/acme/shop.git -exec touch -d '30 days ago' {} +",
      check: "repositories", severity: "warning", message: "was last fetched",
      command: "fetch --prune", mends: true),
    Case(
      breakage: sql(
        "DROP TABLE event_log; CREATE TABLE event_log (id TEXT PRIMARY KEY NOT NULL, message TEXT)"),
      check: "schema", message: "demands values for id", command: ".schema event_log"),
    Case(
      breakage: sql(
        "CREATE TRIGGER mine AFTER INSERT ON event_log BEGIN SELECT 1; END"), check: "schema",
      severity: "warning", message: "triggers exist on workloads or event_log (mine)",
      command: "SELECT sql FROM sqlite_master"),
    Case(
      breakage: sql(
        "UPDATE workloads SET source_config = replace(source_config, '}', ',\\\"access_token\\\":\\\"00\\\"}')"
      ),
      check: "tokens", severity: "warning", message: "so 1 encrypted token of a workload",
      command: "systemctl show"),
  ]

  @Test(arguments: cases)
  func eachFaultHasItsCommand(_ fault: Case) async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    try await mustRun(
      "sh", ["-ec", fault.breakage], in: world.scratch.path,
      environment: ["DB": world.database, "GIT_CONFIG_GLOBAL": "/dev/null"])
    let home = Self.home(world)
    let result = try await world.tool(
      "plan", "doctor", "--format", "json", "--fetch", fault.fetch, environment: home)
    #expect(result.status == (fault.severity == "fault" ? 1 : 0), "\(result.error)")
    try await expectSchema("doctor", result.output)
    let findings = try Self.findings(result)
    let found = findings.first { finding in
      finding.line.hasPrefix("\(fault.check) \(fault.severity) ")
        && finding.line.contains(fault.message) && finding.command.contains(fault.command)
    }
    guard let found else {
      Issue.record("\(findings)")
      return
    }
    guard fault.mends else { return }
    // Who runs it is root already.
    let command = found.command.replacing("sudo ", with: "")
    try await mustRun("sh", ["-ec", command], in: world.scratch.path, environment: home)
    let again = try await world.tool(
      "plan", "doctor", "--format", "json", "--fetch", fault.fetch, environment: home)
    let left = try Self.findings(again).filter { $0.line.hasPrefix("\(fault.check) ") }
    #expect(left.isEmpty, "\(left)")
  }

  /// The command that shows a config finds the row, whatever the type of its id.
  @Test(arguments: [
    ("TEXT", "x'62'"), ("TEXT", "'7'"), ("TEXT", "'it''s'"), ("TEXT", "NULL"), ("INTEGER", "7"),
    ("", "'7'"), ("", "2.5"), ("TEXT", "char(27) || '[1m'"), ("TEXT", "CAST(x'ff' AS TEXT)"),
  ])
  func theConfigIsShownByTheIDsType(_ type: String, _ id: String) async throws {
    let world = try await World()
    for workload in ["w1", "w2"] { try await world.addWorkload(workload, config: "{") }
    let columns = "source_kind, source_config, gitops_enabled, gitops_path, gitops_last_sync_at"
    try await world.sql(
      """
      CREATE TABLE other (id \(type), \(columns), gitops_commit_sha);
      INSERT INTO other SELECT \(id), \(columns), '' FROM workloads WHERE id = 'w1';
      INSERT INTO other SELECT '62', \(columns), '' FROM workloads WHERE id = 'w2';
      DROP TABLE workloads; ALTER TABLE other RENAME TO workloads;
      UPDATE workloads SET source_config = '[the one]' WHERE id IS \(id);
      """)
    let findings = try Self.findings(try await world.tool("plan", "doctor", "--format", "json"))
    let commands = findings.filter { $0.line.hasPrefix("workloads ") }.map(\.command)
    var shown: [String] = []
    for command in commands {
      shown.append(try await mustRun("bash", ["-ec", command], in: world.scratch.path))
    }
    #expect(shown.sorted() == ["[the one]", "{"], "\(commands)")
  }

  /// A finding as a line of its check, severity and message, with its command.
  static func findings(_ result: CommandResult) throws -> [(line: String, command: String)] {
    guard case .array(let checks)? = try JSONText(Array(result.output.utf8))["checks"] else {
      return []
    }
    return checks.flatMap { check in
      guard case .array(let findings)? = check["findings"] else { return [(String, String)]() }
      return findings.map { finding in
        let words = [check["check"], finding["severity"], finding["message"]]
        return (
          words.map { $0?.text ?? "" }.joined(separator: " "), finding["command"]?.text ?? ""
        )
      }
    }
  }

  /// An environment in which the tools are on the path, the forge's address leads to the source
  /// repository, and who runs a command is root already.
  private static func home(_ world: World) -> [String: String] {
    let folder = builtTool("plan").split(separator: "/").dropLast().joined(separator: "/")
    return [
      "HOME": world.scratch.path, "PATH": "/\(folder):/usr/bin:/bin",
      "TINYFORGE_DB": world.database, "GIT_CONFIG_COUNT": "1",
      "GIT_CONFIG_KEY_0": "url.\(world.repository).insteadOf",
      "GIT_CONFIG_VALUE_0": "https://git.example.org/acme/shop.git",
    ]
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

  /// What belongs to the user that is refused: the command fixes it, run by that user or by root.
  @Test(
    .enabled(if: geteuid() == 0),
    arguments: [
      ("chmod 444 tinyforge.db", "chmod u+rwX", false),
      ("chmod 000 mirrors/acme/shop.git", "chmod -R u+rX", false),
      ("chmod 000 mirrors/acme/shop.git/objects", "chmod -R u+rX", false),
      ("chmod 000 mirrors/acme/shop.git/packed-refs", "chmod -R u+rX", false),
      ("chown 0 mirrors/acme; chmod 700 mirrors/acme", "chgrp -R", true),
      (
        "mkdir tinyforge.db.gitops-locks; chown 65534 tinyforge.db.gitops-locks; "
          + "echo >tinyforge.db.gitops-locks/w1.lock", "chown -R --reference", true
      ),
      (
        "mkdir tinyforge.db.gitops-locks; cd tinyforge.db.gitops-locks; chown 65534 .; "
          + "for i in 1 2 3; do echo >w$i.lock; done", "chown -R --reference", true
      ),
      (
        "mkdir tinyforge.db.gitops-locks; cd tinyforge.db.gitops-locks; "
          + "for i in 1 2 3; do echo >w$i.lock; done; chmod 000 *; chown -R 65534 .",
        "chmod -R u+rwX", false
      ),
      ("chown -R 0 mirrors; chmod -R go-rwx mirrors/acme/shop.git", "chgrp -R", true),
    ])
  func accessIsMended(_ breakage: String, _ command: String, _ needsRoot: Bool) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let tool = world.scratch.file("plan")
    try await mustRun("cp", [builtTool("plan"), tool])
    try await mustRun("chown", ["-R", "65534:65534", world.scratch.path])
    try await mustRun("sh", ["-ec", breakage], in: world.scratch.path)
    let user = ["--reuid=65534", "--regid=65534", "--clear-groups"]
    let variables = [
      "HOME": world.scratch.path, "TINYFORGE_DB": world.database,
      "TINYFORGE_MIRRORS": world.mirrors,
    ]
    func look() async throws -> CommandResult {
      try await run(
        "setpriv", user + [tool, "doctor", "--format", "json", "--fetch", "local"],
        environment: variables)
    }
    let findings = try Self.findings(try await look())
    let found = try #require(findings.first { $0.command.contains(command) }, "\(findings)")
    #expect(findings.count { $0.line.contains(".lock") || $0.line.contains("lock files") } <= 1)
    if needsRoot {
      let root = found.command.replacing("sudo ", with: "").replacing("$(id -g)", with: "65534")
      try await mustRun("sh", ["-ec", root])
    } else {
      try await mustRun("setpriv", user + ["sh", "-ec", found.command])
    }
    let left = try Self.findings(try await look())
    #expect(!left.contains { $0.line == found.line }, "\(left)")
  }
}
