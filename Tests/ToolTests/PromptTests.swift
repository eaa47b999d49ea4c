import TestSupport
import Testing

/// The question before a sync, in a real terminal (tmux): what it shows, and what counts as yes.
struct PromptTests {
  /// Runs `apply` in a terminal of so many columns, types `keys`, and returns what stands there.
  private func terminal(
    _ world: World, columns: Int, keys: [String], environment: String = ""
  ) async throws -> String {
    let server = ["-L", "tinyforge", "-f", "/dev/null"]
    let sockets = ["TMUX_TMPDIR": world.scratch.path, "TERM": "xterm"]
    let tool =
      "env \(environment) TINYFORGE_DB=\(world.database) TINYFORGE_MIRRORS=\(world.mirrors) "
      + "'\(builtTool("apply"))' --all; echo status=$?; sleep 60"
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
  ])
  func onlyYesIsYes(_ keys: [String], _ status: Int, _ events: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let screen = try await terminal(world, columns: 100, keys: keys)
    #expect(screen.contains("status=\(status)"), "\(screen)")
    #expect(try await world.sql("SELECT count(*) FROM event_log") == events)
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
