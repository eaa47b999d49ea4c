import TestSupport
import Testing
import TinyforgeCore

/// No output line of any command opens a workflow command, whatever the database and the repository hold.
@Suite(.ownTime, .hangLimit) struct OutputGuardTests {
  private static let names = [
    "::error title=x::pwned", "  ::error::pwned", "a ##[error]x", "\u{A0}::error::x",
    "##vso[task.x]y",
    "\u{2003}::error::x", "a\r::error::x", "::\u{301}error::x", "\u{FE0F}::error::x",
  ]

  private static let commands: [[String]] = [
    ["plan", "--all"], ["plan", "--all", "--format", "json"],
    ["plan", "--all", "--format", "markdown"], ["plan", "--all", "--format", "html"],
    ["plan", "--all", "--format", "gitlab"], ["plan", "--all", "--format", "github"],
    ["plan", "doctor"], ["plan", "doctor", "--format", "json"],
    ["plan", "--workload", "::error::x"],
    ["drift", "--all"], ["drift", "--all", "--color", "always"],
    ["drift", "--all", "--format", "json"],
    ["drift", "--all", "--format", "jsonl"], ["drift", "--all", "--format", "html"],
    ["drift", "--all", "--format", "junit"], ["drift", "--all", "--format", "sarif"],
    ["drift", "--all", "--format", "gitlab"], ["drift", "--all", "--format", "prometheus"],
    ["drift", "--all", "--format", "github"], ["drift", "--all", "--snapshot", "-"],
    ["apply", "--all", "--dry-run"], ["apply", "--all", "--yes"], ["apply", "history"],
    ["apply", "history", "--format", "json"], ["apply", "revert", "w0", "--yes"],
    ["apply", "disable", "w1"], ["apply", "enable", "w1"],
    ["apply", "locks", "--db", "##[error]x"],
    ["apply", "\n::error::x"], ["lint-spec", "  ::error::x.yml"], ["lint-spec", "##[error]x"],
  ]

  @Test func nothingIsACommand() async throws {
    let world = try await World()
    for (index, name) in Self.names.enumerated() {
      try await world.addWorkload("w\(index)", name: name)
    }
    try await world.addWorkload("::error::id ##[x", name: "::x")
    for command in Self.commands {
      let result = try await run(
        builtTool(command[0]), Array(command.dropFirst()), in: world.repository,
        environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
      let isOwn = command.contains("github")
      for line in Self.lines(result.output) + Self.lines(result.error)
      where Self.isCommand(line, isOwn: isOwn) {
        Issue.record("\(command): \(line.prefix(100))")
      }
      if command.last == "json" { _ = try JSONText(Array(result.output.utf8)) }
      let level = command[0] == "plan" ? "notice" : "warning"
      if isOwn { #expect(result.output.startsWithBytes(of: "::\(level) ")) }
    }
  }

  /// What a program reads out of a JSON document is the name as it is.
  @Test func documentsHoldTheNames() async throws {
    let world = try await World()
    try await world.addWorkload("w0", name: "a ##[error]x")
    let result = try await world.tool("drift", "--all", "--format", "json")
    #expect(result.output.contains("a ##\\u005berror]x"))
    let document = try JSONText(Array(result.output.utf8))
    guard case .array(let workloads)? = document["workloads"] else {
      Issue.record("no workloads")
      return
    }
    #expect(workloads.map { $0["name"]?.text } == ["a ##[error]x"])
  }

  /// A pipeline may print a report's file into its log.
  @Test(arguments: ["text", "json", "github", "prometheus"])
  func reportsInFiles(_ form: String) async throws {
    let world = try await World()
    try await world.addWorkload("w0", name: "::a ##[error]x")
    let file = world.scratch.file("report")
    _ = try await world.tool("drift", "--all", "--format", form, "--output", file)
    let text = String(decoding: try readFile(file), as: UTF8.self)
    #expect(
      !text.isEmpty && !Self.lines(text).contains { Self.isCommand($0, isOwn: form == "github") })
  }

  private static func lines(_ text: String) -> [String] {
    text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map { String($0) }
  }

  private static func isCommand(_ line: String, isOwn: Bool) -> Bool {
    let start = line.unicodeScalars.drop {
      $0.properties.isWhitespace || $0.properties.isDefaultIgnorableCodePoint
    }
    let opens = start.starts(with: "::".unicodeScalars)
    let isKnown = ["::error ", "::warning ", "::notice "].contains { line.startsWithBytes(of: $0) }
    let old = ["##[", "##vso["].contains { Array(line.utf8).contains(Array($0.utf8)) }
    return old || (opens && !(isOwn && isKnown))
  }
}
