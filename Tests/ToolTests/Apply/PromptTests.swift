import TestSupport
import Testing

/// The question before a sync, in a real terminal (tmux): what it shows, and what counts as yes.
@Suite(.ownTime, .hangLimit) struct PromptTests {
  /// Runs `apply` in a terminal of so many columns, types `keys`, and returns what it shows.
  ///
  /// `meanwhile` is run when the question is shown.
  private func terminal(
    _ world: World, _ command: String = "--all", columns: Int, keys: [String],
    environment: String = "", meanwhile: () async throws -> Void = {}
  ) async throws -> String {
    let server = ["-L", "tinyforge", "-f", "/dev/null"]
    let sockets = ["TMUX_TMPDIR": world.scratch.path, "TERM": "xterm"]
    let tool =
      "env \(environment) TINYFORGE_DB=\(world.database) TINYFORGE_MIRRORS=\(world.mirrors) "
      + "'\(builtTool("apply"))' \(command); echo status=$?; sleep 60"
    func tmux(_ arguments: String...) async throws -> String {
      try await mustRun("tmux", server + arguments, environment: sockets)
    }
    func wait(for text: String) async throws -> String {
      var screen = ""
      for _ in 0..<300 {
        screen = try await tmux("capture-pane", "-p", "-J")
        if screen.contains(text) { return screen }
        try await Task.sleep(for: .milliseconds(50))
      }
      throw TestSupportError("no \"\(text)\" in:\n\(screen)")
    }
    _ = try await tmux("new-session", "-d", "-x", "\(columns)", "-y", "60", tool)
    do {
      _ = try await wait(for: "yes")
      try await meanwhile()
      for key in keys { _ = try await tmux("send-keys", key) }
      let screen = try await wait(for: "status=")
      _ = try await tmux("kill-server")
      return screen
    } catch {
      _ = try? await tmux("kill-server")
      throw error
    }
  }

  /// Only `yes` goes on; the end of input and Ctrl-C change nothing.
  @Test(arguments: [
    (["yes", "Enter"], 0, "1"), (["y", "Enter"], 1, "0"), (["YES", "Enter"], 1, "0"),
    (["yes please", "Enter"], 1, "0"), (["Enter"], 1, "0"), (["C-d"], 1, "0"), (["C-c"], 130, "0"),
    (["yes", "C-d", "C-d"], 1, "0"),
  ])
  func onlyYesIsYes(_ keys: [String], _ status: Int, _ events: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let screen = try await terminal(world, columns: 100, keys: keys)
    #expect(screen.contains("status=\(status)"), "\(screen)")
    #expect(try await world.sql("SELECT count(*) FROM event_log") == events)
  }

  /// On a narrow terminal the lines of a paragraph begin alike, and fields are indented further.
  @Test func paragraphsBeginAlike() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let screen = try await terminal(world, columns: 40, keys: ["Enter"])
    let lines = screen.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = try #require(
      lines.firstIndex { $0.hasPrefix("A sync changes the config") }, "\(screen)")
    #expect(
      Array(lines[start...].prefix(4)) == [
        "A sync changes the config alone; it does", "not deploy. The new values count from",
        "the next deploy on.", "Type yes to apply: ",
      ], "\(screen)")
    #expect(lines.contains("        workload is recorded"), "\(screen)")
  }

  /// What was moved while the question stood, and what is said; the row then is as it was moved to.
  enum Meanwhile: String, CaseIterable {
    case database, commit, repository, config
  }

  /// What is confirmed is what happens, or nothing does.
  @Test(arguments: Meanwhile.allCases)
  func whatWasShownIsWhatHappens(_ move: Meanwhile) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let screen = try await terminal(world, columns: 200, keys: ["yes", "Enter"]) {
      switch move {
      case .database:
        try await mustRun(
          "sh", ["-ec", "cp \"$0\" \"$0.new\"; mv \"$0.new\" \"$0\"", world.database])
      case .commit: try await world.push(World.spec + "# a comment\n")
      case .repository:
        try await mustRun(
          "cp", ["-r", "\(world.mirrors)/acme/shop.git", "\(world.mirrors)/acme/blog.git"])
        try await world.sql(
          "UPDATE workloads SET source_config = json_set(source_config, '$.repo_name', 'blog')")
      case .config:
        try await world.sql(
          "UPDATE workloads SET source_config = json_set(source_config, '$.port', 4000)")
      }
    }
    let words =
      move == .database ? "another file has taken the place" : "it is no longer as shown"
    #expect(screen.contains(words), "\(screen)")
    #expect(screen.contains("status=\(move == .database ? 2 : 1)"))
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "0")
    #expect(
      try await world.sql("SELECT json_extract(source_config, '$.port') FROM workloads")
        == (move == .config ? "4000" : "3000"))
  }

  /// A forced revert overwrites the edit that was shown, and no later one.
  @Test(arguments: [false, true]) func aForcedRevertTellsWhatIsLost(_ isMoved: Bool) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let port = { (value: Int) in
      _ = try await world.sql(
        "UPDATE workloads SET source_config = json_set(source_config, '$.port', \(value))")
    }
    _ = try await world.tool("apply", "--all", "--yes", "--actor", "ann")
    try await port(7)
    let screen = try await terminal(
      world, "revert w1 --force", columns: 200, keys: ["yes", "Enter"]
    ) { if isMoved { try await port(55_555) } }
    let head = try await git("rev-parse", "HEAD", in: world.repository)
    for words in [
      "The sync of ann at", "of commit \(head.prefix(12)).", "other members.",
      "port was 8080 after that sync, and 7 was set since: that would be lost.",
      isMoved ? "it is no longer as shown" : "reverted event 1 (recorded as event 2)",
      "status=\(isMoved ? 1 : 0)",
    ] { #expect(screen.contains(words), "\(words)\n\(screen)") }
    #expect(
      try await world.sql("SELECT json_extract(source_config, '$.port') FROM workloads")
        == (isMoved ? "55555" : "3000"))
  }

  /// A revert to a commit shows the commit and what changes, and does what was shown or nothing.
  @Test(arguments: [false, true]) func aRevertToACommitIsAskedFor(_ isMoved: Bool) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    _ = try await world.tool("apply", "--all", "--yes")
    let first = try await git("rev-parse", "HEAD", in: world.repository)
    try await world.push("version: 1\ndeploy: {port: 7000}\n")
    _ = try await world.tool("apply", "--all", "--yes")
    let screen = try await terminal(
      world, "revert w1 --to-commit \(first)", columns: 200, keys: ["yes", "Enter"]
    ) {
      guard isMoved else { return }
      try await world.sql(
        "UPDATE workloads SET source_config = json_set(source_config, '$.port', 4000)")
    }
    let commit = first.prefix(12)
    for words in [
      "would put back the spec of commit \(commit)", "at \(commit) of 2026-01-02T03:04:05Z: Begin",
      "7000 → 8080", "Stays as it is: healthcheck",
      isMoved ? "it is no longer as shown" : "put back the spec of commit \(commit) (recorded as",
      "status=\(isMoved ? 1 : 0)",
    ] { #expect(screen.contains(words), "\(words)\n\(screen)") }
    #expect(
      try await world.sql("SELECT json_extract(source_config, '$.port') FROM workloads")
        == (isMoved ? "4000" : "8080"))
  }

  /// Commit with its subject, changes with their cause, what stays, and what comes next.
  @Test func theQuestionTellsWhatMatters() async throws {
    let world = try await World()
    try await world.addWorkload(
      "w1", name: "商店", config: World.config(#""port":3000,"healthcheck":"/healthz""#))
    let screen = try await terminal(world, columns: 120, keys: ["no", "Enter"])
    let head = try await git("rev-parse", "HEAD", in: world.repository)
    for words in [
      "商店 (w1)", "at \(head.prefix(12)) of 2026-01-02T03:04:05Z: Begin", "acme/shop.git",
      "port             3000 → 8080", "never synced", "Ann Author",
      "Stays as it is: healthcheck, 6 undeclared members.", "it does not deploy",
    ] { #expect(screen.contains(words), "\(words)\n\(screen)") }
  }

  /// Lines are broken at spaces, no wide character is cut in two, and no colour is sent.
  @Test func narrowWithoutColour() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: String(repeating: "商店 ", count: 12))
    let screen = try await terminal(
      world, columns: 32, keys: ["no", "Enter"], environment: "NO_COLOR=1 LC_ALL=ru_RU.UTF-8")
    #expect(screen.contains("Чтобы применить, введите yes"), "\(screen)")
    #expect(!screen.contains("\u{1B}"))
    #expect(screen.contains("商店 商店 商店") && !screen.contains("\u{FFFD}"), "\(screen)")
    #expect(screen.split(separator: "\n").contains { $0.hasPrefix("    port ") })
  }
}
