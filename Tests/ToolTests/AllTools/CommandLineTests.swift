import TestSupport
import Testing
import TinyforgeCore

/// The command line itself: read without `/proc`, obeyed by failures, never mistaken for help.
@Suite(.ownTime, .hangLimit) struct CommandLineTests {
  private static let tools = ["lint-spec", "plan", "drift", "apply"]
  private static let bad = "version: 1\ndeploy:\n  prot: 8080\n"

  // MARK: Without /proc

  /// Runs a shell script in which `/proc` is empty; nil where the system allows no such thing.
  private static func withoutProc(_ script: String, in folder: String) async throws
    -> CommandResult?
  {
    let probe = "mount -t tmpfs none /proc && test ! -e /proc/self"
    for unshare in [["-m"], ["-rm"]] {
      guard try await run("unshare", unshare + ["sh", "-c", probe]).status == 0 else { continue }
      return try await run(
        "unshare", unshare + ["sh", "-c", "mount -t tmpfs none /proc && \(script)"], in: folder)
    }
    return nil
  }

  @Test func argumentsAreKnownWithoutProc() async throws {
    let script = "'\(builtTool("lint-spec"))' --version"
    guard let result = try await Self.withoutProc(script, in: "/") else { return }
    #expect(result.status == 0 && result.output.startsWithBytes(of: "lint-spec "), "\(result)")
  }

  /// Swift's pool of threads, which these tools work with, ends the process at some moment without `/proc`: so no thread
  /// may be started by then.
  @Test(arguments: ["plan", "drift", "apply"])
  func toolsWithThreadsRefuseToRunWithoutProc(_ tool: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let threads = "\(world.repository)/threads.txt"
    let trace = "strace -f -qq -e trace=clone,clone3 -e signal=none -o '\(threads)'"
    let script = "\(trace) '\(builtTool(tool))' --all --db '\(world.database)'"
    guard let result = try await Self.withoutProc(script, in: world.repository) else { return }
    #expect(result.status == 2 && result.output.isEmpty, "\(result)")
    #expect(result.error.contains("/proc is not mounted"), "\(result)")
    #expect(try readFile(threads).isEmpty)
  }

  /// Many files are shared out among threads elsewhere.
  @Test func manyFilesAreCheckedWithoutProc() async throws {
    let scratch = try Scratch()
    for number in 0..<300 { try scratch.write("\(number)/.tinyforge.yml", Self.bad) }
    let script = "'\(builtTool("lint-spec"))' ."
    guard let result = try await Self.withoutProc(script, in: scratch.path) else { return }
    #expect(result.status == 1 && result.error.contains("300 errors"), "\(result.error)")
  }

  /// A tool that forgets `--staged` would look at the file in the work tree, which is sound.
  @Test func noOptionIsForgottenWithoutProc() async throws {
    let scratch = try Scratch()
    try await git("init", "-q", in: scratch.path)
    try scratch.write(".tinyforge.yml", Self.bad)
    try await git("add", ".", in: scratch.path)
    try scratch.write(".tinyforge.yml", "version: 1\n")
    let script = "'\(builtTool("lint-spec"))' --staged"
    guard let result = try await Self.withoutProc(script, in: scratch.path) else { return }
    #expect(result.status == 1 && result.output.contains("prot"), "\(result)")
  }

  /// A process may be started without even its own name.
  @Test(arguments: tools)
  func refusesToRunWithoutArguments(_ tool: String) async throws {
    let program = """
      import ctypes, os, sys
      libc = ctypes.CDLL(None, use_errno=True)
      empty = (ctypes.c_char_p * 1)(None)
      libc.execv(sys.argv[1].encode(), empty)
      sys.exit(99)
      """
    let result = try await run("/usr/bin/python3", ["-c", program, builtTool(tool)], in: "/")
    // Linux gives such a process an empty name since 5.18, which is as good as its own.
    #expect(result.status == 2 && result.error.startsWithBytes(of: "error: "), "\(result)")
  }

  // MARK: Failures

  /// Failures of the parsing, of the validation and of the run, of commands and of subcommands.
  private static let failures: [[String]] = [
    ["lint-spec", "--unknown"], ["lint-spec", "--staged", "--rev", "x"],
    ["lint-spec", "/nonexistent.yml"],
    ["lint-spec", "--format", "jsn"], ["plan", "--unknown"],
    ["plan", "--all", "--db", "/nonexistent"],
    ["plan", "--all", "--out", "-"], ["plan", "doctor", "--format", "jsn"],
    ["drift", "--all", "--db", "/nonexistent"], ["drift", "merge", "/nonexistent.json"],
    ["drift", "--all", "--snapshot", "x", "--live", "y"],
    ["apply", "history", "--db", "/nonexistent"],
    ["apply", "history", "-n", "0"], ["apply", "locks", "--unknown"],
    ["apply", "nosuchplan", "--yes"],
  ]

  @Test(arguments: failures)
  func failuresObeyColorAndQuiet(_ command: [String]) async throws {
    let forced = ["CLICOLOR_FORCE": "1"]
    let usual = try await Self.tool(command, forced)
    #expect(usual.status == 2 && usual.error.contains("\u{1B}["), "\(usual)")
    let plain = [command + ["--color", "never"], Self.first(["--color=never"], command)]
    for words in plain {
      let result = try await Self.tool(words, forced)
      #expect(result.status == 2 && !result.error.contains("\u{1B}["), "\(words) \(result)")
      #expect(result.error.startsWithBytes(of: "error: "), "\(words) \(result)")
    }
    for words in [command + ["-q"], Self.first(["--quiet"], command)] {
      let result = try await Self.tool(words, [:])
      let lines = result.error.split(separator: "\n")
      #expect(result.status == 2 && lines.count == 1, "\(words) \(result)")
      #expect(
        result.output.isEmpty && lines.first?.hasPrefix("error: ") == true, "\(words) \(result)")
    }
  }

  /// The options before the others, after a subcommand's name.
  private static func first(_ options: [String], _ command: [String]) -> [String] {
    let subcommands = ["doctor", "merge", "history", "locks"]
    let start = command.count > 1 && subcommands.contains(command[1]) ? 2 : 1
    return Array(command[..<start]) + options + Array(command[start...])
  }

  private static func tool(_ command: [String], _ environment: [String: String]) async throws
    -> CommandResult
  {
    try await run(
      builtTool(command[0]), Array(command.dropFirst()), in: "/", environment: environment)
  }

  /// After `--` nothing is an option.
  @Test func wordsAfterTheDashesAreFiles() async throws {
    let result = try await Self.tool(["lint-spec", "--", "-q"], ["CLICOLOR_FORCE": "1"])
    #expect(
      result.status == 2 && result.error.contains("help:") && result.error.contains("\u{1B}["))
  }

  @Test(arguments: [
    (["FORCE_COLOR": "1"], true), (["FORCE_COLOR": "0"], false), (["FORCE_COLOR": ""], false),
    (["FORCE_COLOR": "3"], true), (["FORCE_COLOR": "1", "NO_COLOR": "1"], false),
  ])
  func forceColor(_ environment: [String: String], _ isColoured: Bool) async throws {
    let result = try await Self.tool(["lint-spec", "/nonexistent.yml"], environment)
    #expect(result.error.contains("\u{1B}[") == isColoured)
  }

  // MARK: Paths that begin like options

  @Test(arguments: [
    "-h/.tinyforge.yml", "--version/.tinyforge.yml", "-q/.tinyforge.yml", "--help/.tinyforge.yml",
    "-h.yml",
    "--help.yml", "-qh/.tinyforge.yml",
  ])
  func dashedPathsAreChecked(_ path: String) async throws {
    let scratch = try Scratch()
    try scratch.write(path, Self.bad)
    try scratch.write("b/.tinyforge.yml", "version: 1\ndeploy:\n  port: 80\n")
    for words in [[path, "b/.tinyforge.yml"], ["b/.tinyforge.yml", path], ["--", path]] {
      let result = try await run(builtTool("lint-spec"), words, in: scratch.path)
      #expect(
        result.status == 1 && result.output.startsWithBytes(of: "\(path):3:3: error"), "\(result)")
    }
  }

  @Test(arguments: ["plan", "drift", "apply"])
  func dashedPathsAreNoHelp(_ tool: String) async throws {
    for path in ["-h/plan.json", "--help/plan.json", "--version.json"] {
      let result = try await Self.tool([tool, path], [:])
      #expect(result.status == 2 && result.output.isEmpty && result.error.contains("./\(path)"))
    }
  }

  @Test(arguments: tools)
  func helpIsHelp(_ tool: String) async throws {
    for word in ["-h", "--help", "--version"] {
      let result = try await Self.tool([tool, word], [:])
      #expect(result.status == 0 && !result.output.isEmpty)
    }
  }

  @Test(arguments: tools)
  func aMisspeltFormatHasASuggestion(_ tool: String) async throws {
    let result = try await Self.tool([tool, "--format", "jsn"], [:])
    #expect(result.status == 2 && result.error.contains("did you mean json?"), "\(result)")
  }
}
