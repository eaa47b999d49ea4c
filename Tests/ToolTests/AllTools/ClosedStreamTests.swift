import TestSupport
import Testing

/// Options that help names, and standard streams that are closed.
struct ClosedStreamTests {
  @Test func exitZeroIsOfferedWhereThereMayBeFindings() async throws {
    for (words, isOffered) in [
      (["apply", "history"], false), (["apply", "locks"], false), (["apply", "disable"], false),
      (["apply", "enable"], true), (["apply", "revert"], true), (["apply"], true), (["plan"], true),
      (["drift"], true), (["drift", "merge"], true), (["plan", "doctor"], true),
      (["lint-spec"], true),
    ] {
      let help = try await mustRun(builtTool(words[0]), Array(words.dropFirst()) + ["--help"])
      #expect(help.contains("--exit-zero") == isOffered, "\(words)")
      // Findings are a status of the command then, and of no other.
      #expect(help.contains("\n  1  findings") == isOffered, "\(words)")
    }
  }

  @Test func durationsSayTheirUnits() async throws {
    let drift = try await mustRun(builtTool("drift"), ["--help"]).split { $0.isWhitespace }
      .joined(separator: " ")
    #expect(drift.contains("a number alone is seconds"))
    #expect(drift.contains("a number and its unit, such as 7d, 12h or 30m"))
    let world = try await World()
    try await world.addWorkload("w1")
    for words in [
      ["--history-timeout", "5"], ["--history-timeout", "5s"], ["--history-timeout", "1d"],
      ["--fetch-timeout", "1w"], ["--stale-after", "5s"], ["--stale-after", "2w"],
    ] {
      let result = try await world.tool("drift", arguments: ["w1"] + words)
      #expect(result.status == 1, "\(words) \(result)")
    }
    let bare = try await world.tool("drift", "w1", "--stale-after", "7")
    #expect(
      bare.status == 2 && bare.error.contains("\"7\" lacks a unit; write 7d, 7h or 7m"), "\(bare)")
  }

  /// What is closed is named, with what to do about it.
  @Test(arguments: [
    ("plan w1", ">&-"), ("drift w1", ">&-"), ("apply w1 --dry-run", ">&-"),
    ("apply history", "<&- >&-"), ("plan --version", ">&-"), ("plan --help", "<&- >&-"),
    ("plan doctor --fetch local", ">&-"), ("lint-spec --list-codes", ">&-"), ("plan w1", "<&- >&-"),
  ])
  func aClosedOutputIsNamed(_ command: String, _ closed: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let result = try await world.pasted("\(command) \(closed)")
    #expect(result.status == 2, "\(result)")
    #expect(
      result.error.contains("standard output is closed, so the result cannot be written"),
      "\(result)")
    #expect(result.error.contains("help: where no output is wanted"), "\(result)")
    #expect(try await world.pasted("\(command) > /dev/null").status < 2)
  }

  @Test(arguments: ["lint-spec -", "drift merge -", "drift w1 --live -"])
  func aClosedInputIsNamed(_ command: String) async throws {
    let world = try await World()
    let result = try await world.pasted("\(command) <&-")
    #expect(result.status == 2, "\(result)")
    #expect(result.error.contains("standard input is closed"), "\(result)")
  }

  /// Errors go nowhere; the result and the status are as ever.
  @Test(arguments: ["plan w1", "drift w1", "apply w1 --dry-run", "lint-spec", "apply w1 --yes"])
  func closedErrorsChangeNothing(_ command: String) async throws {
    let world = try await World(spec: World.spec)
    try await world.addWorkload("w1")
    let result = try await world.pasted("\(command) <&- 2>&-")
    let expected = command.hasPrefix("lint-spec") || command.hasSuffix("--yes") ? 0 : 1
    #expect(
      result.status == expected && !result.output.isEmpty || command == "lint-spec", "\(result)")
  }
}
