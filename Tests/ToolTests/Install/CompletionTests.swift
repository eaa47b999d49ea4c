import TestSupport
import Testing

/// The completion scripts, in real shells: what each makes of a line after a tab.
@Suite(.ownTime, .hangLimit) struct CompletionTests {
  /// A line, the word that completes it, and one that must not be offered.
  static let cases: [(line: String, word: String, not: String)] = [
    ("lint-spec somefi", "somefile.json", "help"),
    ("lint-spec --explain octal-n", "octal-number", ""),
    ("lint-spec --rule octal-number=e", "octal-number=error", "octal-number=off"),
    ("lint-spec --repo REPOSITORY --rev v1", "v1.0", "main"),
    ("drift --mirrors some", "somefolder", "somefile.json"),
    ("drift --format pro", "prometheus", ""),
    ("plan --workload sh", "shop", "w1"), ("plan --out somefi", "somefile.json", ""),
    ("plan --live somefi", "somefile.json", ""), ("plan --format gith", "github", "gitlab"),
    ("plan export --live somefi", "somefile.json", ""),
    ("plan --post-n", "--post-name", "--post-to"),
    ("plan doctor --stale", "--stale-after", ""), ("apply hist", "history", ""),
    ("apply revert --ev", "--event", ""), ("apply history w", "w1", "shop"),
    ("apply --workload sh", "shop", ""), ("drift merge somefi", "somefile.json", ""),
  ]

  /// A folder with a repository, a database, and each tool's script for a shell.
  private static func world(for shell: String) async throws -> World {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    try await git("tag", "v1.0", in: world.repository)
    try world.scratch.folder("somefolder")
    try world.scratch.write("somefile.json", "{}\n")
    try world.scratch.folder("bin")
    for tool in ["lint-spec", "plan", "drift", "apply"] {
      try await mustRun("ln", ["-s", builtTool(tool), world.scratch.file("bin/\(tool)")])
      let script = try await mustRun(builtTool(tool), ["--generate-completion-script", shell])
      let file = shell == "zsh" ? "scripts/_\(tool)" : "scripts/\(tool).\(shell)"
      try world.scratch.write(file, script)
    }
    return world
  }

  /// bash calls a function with the words so far, and shows what that leaves in `COMPREPLY`.
  @Test func bash() async throws {
    let world = try await Self.world(for: "bash")
    let program = #"""
      tool=${1%% *}; source "scripts/$tool.bash"; read -ra COMP_WORDS <<<"$1"
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$1 COMP_POINT=${#1}
      "_$tool" "$tool" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\n' "${COMPREPLY[@]}"
      """#
    for (line, word, not) in Self.cases {
      let line = line.replacing("REPOSITORY", with: world.repository)
      let result = try await run(
        "bash", ["--norc", "-c", program, "bash", line], in: world.scratch.path,
        environment: [
          "PATH": "\(world.scratch.file("bin")):/usr/bin:/bin", "TINYFORGE_DB": world.database,
        ])
      let words = result.output.split(separator: "\n").map(String.init)
      #expect(words.contains(word) && !words.contains(not), "\(line): \(result)")
    }
  }

  /// In a terminal: the line is typed, and the tab completes it.
  @Test(arguments: ["zsh", "fish"])
  func inATerminal(_ shell: String) async throws {
    let world = try await Self.world(for: shell)
    let tmux = Terminal(scratch: world.scratch)
    let start =
      shell == "zsh"
      ? "zsh -f -i" : "fish --no-config --init-command 'for f in scripts/*.fish; source $f; end'"
    try await tmux.start(
      "cd \(world.scratch.path) && PATH=\(world.scratch.file("bin")):/usr/bin:/bin "
        + "TINYFORGE_DB=\(world.database) HOME=\(world.scratch.path) \(start)")
    do {
      if shell == "zsh" {
        try await tmux.type(
          "fpath=($PWD/scripts $fpath); autoload -U compinit; compinit -u -D; print rea''dy")
        try await tmux.press("Enter")
        try await tmux.wait(for: "ready")
      }
      for (line, word, _) in Self.cases {
        let line = line.replacing("REPOSITORY", with: world.repository)
        try await tmux.press("C-l")
        try await tmux.type(line)
        try await tmux.press("Tab")
        let start = line.prefix(upTo: line.lastIndex(of: " ") ?? line.startIndex)
        try await tmux.wait(for: "\(start) \(word)")
        try await tmux.press("C-u")
      }
    } catch {
      await tmux.end()
      throw error
    }
    await tmux.end()
  }
}

/// A terminal of its own, in which one program runs.
private struct Terminal {
  let scratch: Scratch

  @discardableResult private func tmux(_ arguments: [String]) async throws -> String {
    try await mustRun(
      "tmux", ["-L", "completions", "-f", "/dev/null"] + arguments,
      environment: ["TMUX_TMPDIR": scratch.path, "TERM": "xterm"])
  }

  func start(_ command: String) async throws {
    try await tmux(["new-session", "-d", "-x", "240", "-y", "50", command])
  }

  func type(_ text: String) async throws { try await tmux(["send-keys", "-l", text]) }

  func press(_ key: String) async throws { try await tmux(["send-keys", key]) }

  /// Waits until the screen shows a text.
  func wait(for text: String) async throws {
    var screen = ""
    for _ in 0..<300 {
      screen = try await tmux(["capture-pane", "-p", "-J"])
      if screen.contains(text) { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw TestSupportError("no \"\(text)\" in:\n\(screen)")
  }

  func end() async { _ = try? await tmux(["kill-server"]) }
}
