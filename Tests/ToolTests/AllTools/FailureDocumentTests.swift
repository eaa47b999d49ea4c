import FoundationEssentials
import TestSupport
import Testing

/// What standard output holds where a tool with --format json fails before it has anything to report.
@Suite(.ownTime, .hangLimit) struct FailureDocumentTests {
  private struct Document: Decodable {
    struct Fault: Decodable { let code, message: String; let help: String? }
    let schema, tool: String
    let exitStatus: Int
    let error: Fault

    enum CodingKeys: String, CodingKey {
      case schema, tool, error
      case exitStatus = "exit_status"
    }
  }

  /// A command, and the code of its failure; `plan` is a file that is not a plan, `gone` one that does not exist.
  @Test(arguments: [
    ("plan --all --db gone --format json", "not_found"), ("plan --format json", "usage"),
    ("plan --all --format=json --db /etc/passwd", "database"),
    ("plan nobody --format json", "not_found"),
    ("plan --frobnicate --format json", "usage"), ("plan doctor --format json --db", "usage"),
    ("drift --all --db gone --format json", "not_found"),
    ("drift merge gone --format json", "not_found"),
    ("drift --all --live gone --format json", "not_found"),
    ("drift --jobs 0 --all --format json", "usage"),
    ("drift --all --db gone --format jsonl", "not_found"), ("apply --all --format json", "usage"),
    ("apply gone.plan --format json", "not_found"),
    ("apply history nobody --format json", "not_found"),
    ("apply revert nobody --yes --format json", "not_found"),
    ("apply locks --db gone --format json", "not_found"),
    ("apply enable nobody --format json", "not_found"),
    ("apply disable nobody --format json", "not_found"),
    ("lint-spec --rev nothing --format json", "not_found"),
    ("lint-spec --explain nothing --format json", "usage"),
    ("lint-spec --repo gone --staged --format json", "not_found"),
    ("lint-spec --frobnicate --format json", "usage"),
  ])
  func aFailureIsADocument(_ command: String, _ code: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let words = command.split(separator: " ").map(String.init)
    let result = try await world.tool(words[0], arguments: Array(words.dropFirst()))
    #expect(result.status == 2, "\(result)")
    #expect(result.error.contains("error: "), "standard error keeps the text\n\(result.error)")
    try await expectSchema("error", result.output)
    let document = try JSONDecoder().decode(Document.self, from: Data(result.output.utf8))
    #expect(document.schema == "tinyforge.error/v1" && document.tool == words[0])
    #expect(document.error.code == code && document.exitStatus == 2, "\(result.output)")
    #expect(result.error.contains(document.error.message.prefix(30)))
    if words.contains("jsonl") {
      #expect(result.output.split(separator: "\n").count == 1)
      #expect(result.output.hasPrefix("{\"type\":\"error\","))
    }
  }

  /// A database that stays locked has an exit status of its own.
  @Test func aBusyDatabaseIsADocument() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let lock = """
      import sqlite3, sys
      connection = sqlite3.connect(sys.argv[1], isolation_level=None)
      connection.execute("PRAGMA journal_mode = DELETE")
      connection.execute("BEGIN EXCLUSIVE")
      import subprocess
      sys.exit(subprocess.run(sys.argv[2:]).returncode)
      """
    let result = try await run(
      "/usr/bin/python3",
      ["-c", lock, world.database, builtTool("apply"), "--all", "--yes", "--lock-timeout", "0s"]
        + ["--format", "json"],
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
    #expect(result.status == 3, "\(result)")
    try await expectSchema("error", result.output)
    #expect(result.output.contains("\"code\": \"busy\""))
  }

  /// Other forms, and a report that goes into a file, leave standard output empty.
  @Test(arguments: [
    ["--format", "text"], ["--format", "html"], ["--format", "json", "--output", "out.json"],
  ])
  func otherFormsAreEmpty(_ options: [String]) async throws {
    let world = try await World()
    let result = try await world.tool(
      "drift", arguments: ["--all", "--db", "gone", "--quiet"] + options)
    #expect(result.status == 2 && result.output.isEmpty)
  }

  /// A run without a failure, or with a report, writes none.
  @Test func reportsAreLeftAlone() async throws {
    let world = try await World()
    try await world.addWorkload("w1", config: World.config(name: "gone"))
    let drift = try await world.tool("drift", "--all", "--format", "json")
    #expect(drift.status == 2)
    try await expectSchema("drift", drift.output)
    let help = try await world.tool("drift", "--format", "json", "--help")
    #expect(help.status == 0 && !help.output.contains("tinyforge.error"))
  }
}
