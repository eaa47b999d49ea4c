import TestSupport
import Testing

/// What lint-spec says to do, done.
@Suite(.ownTime, .hangLimit) struct LintHintTests {
  private static let lint = builtTool("lint-spec")
  private static let good = "version: 1\ndeploy:\n  port: 8080\n"

  private let scratch: Scratch

  /// A clone `r` with a spec, the bare repository `b.git` with the same, a plain folder `plain` with a spec.
  init() async throws {
    scratch = try Scratch()
    let path = try scratch.folder("r")
    try await git("init", "-q", in: path)
    for name in ["user.name", "user.email"] {
      try await git("config", name, "a@example.org", in: path)
    }
    try scratch.write("r/.tinyforge.yml", Self.good)
    try scratch.write("r/app/x", "")
    try await git("add", "-A", in: path)
    try await git("commit", "-qm", "x", in: path)
    try await git("clone", "-q", "--bare", "r", "b.git", in: scratch.path)
    try scratch.write("plain/.tinyforge.yml", Self.good)
    try await git("clone", "-q", "--bare", "r", "r/inner.git", in: scratch.path)
    _ = try scratch.folder("empty")
  }

  private func lint(_ arguments: [String], in folder: String) async throws -> CommandResult {
    try await run(
      Self.lint, arguments, in: scratch.file(folder),
      environment: ["GIT_CEILING_DIRECTORIES": scratch.path])
  }

  /// A place, what is said of it, and the words that help in the place of the wrong ones.
  private static let cases: [(folder: String, line: [String], said: String, better: [String])] = [
    ("r", ["--repo", "../b.git"], "add --rev HEAD", ["--repo", "../b.git", "--rev", "HEAD"]),
    ("r", ["--repo", "inner.git"], "add --rev HEAD", ["--repo", "inner.git", "--rev", "HEAD"]),
    ("b.git", [], "add --rev HEAD", ["--rev", "HEAD"]),
    ("r", ["--repo", "/nonexist"], "there is no folder /nonexist", []),
    ("r", ["--repo", "/nonexist", "--staged"], "there is no folder /nonexist", []),
    ("r", ["--repo", "app", "--staged"], "--repo ", ["--repo", ".", "--staged"]),
    (
      "empty", ["--staged"], "run it in a repository, or name one with --repo DIR",
      ["--staged", "--repo", "../r"]
    ),
    (
      "empty", ["--install-hook"], "or name one with --repo DIR",
      ["--install-hook", "--repo", "../r"]
    ),
    ("empty", [], "name one with --repo DIR", ["--repo", "../r"]),
    ("plain", [], "check this folder with: lint-spec .", ["."]),
    (
      "r", ["--rev", "main:.tinyforge.yml"], "write --rev main --path .tinyforge.yml",
      ["--rev", "main", "--path", ".tinyforge.yml"]
    ),
    ("r", ["--rev", "gone:a b.yml"], "write --rev gone --path 'a b.yml'", ["--rev", "main"]),
  ]

  @Test(arguments: cases.indices) func theHintHelps(_ index: Int) async throws {
    let test = Self.cases[index]
    let refused = try await lint(test.line, in: test.folder)
    #expect(refused.status == 2 && refused.error.contains(test.said), "\(refused)")
    let better = try await lint(test.better, in: test.folder)
    #expect(better.status == 0, "\(better)")
  }

  @Test func aFixSaysWhatItChanged() async throws {
    try scratch.write("plain/.tinyforge.yml", "version: 1\ndeploy:\n  port: 08080\n")
    let result = try await lint(["--fix", ".tinyforge.yml"], in: "plain")
    #expect(result.output.contains("fixed: `08080` → `8080`"), "\(result)")
  }

  /// A configuration under another name has no effect, which is said wherever specs are looked for.
  @Test(arguments: [".tinyforge-lint.yaml", "tinyforge-lint.yml", ".Tinyforge-Lint.yml"])
  func aMisnamedConfigurationIsSaid(_ name: String) async throws {
    try scratch.write("r/\(name)", "strict: true\n")
    try await git("add", "-A", in: scratch.file("r"))
    func found(_ line: [String], _ status: Int32) async throws {
      let result = try await lint(line, in: "r")
      #expect(
        result.status == status && result.output.contains("\(name): ")
          && result.output.contains("not from `\(name)`"), "\(line) \(result)")
    }
    try await found([], 0)
    try await found(["."], 0)
    try await found(["--strict"], 1)
    try await found(["--staged"], 1)
    try await git("commit", "-qm", "x", in: scratch.file("r"))
    try await found(["--rev", "HEAD"], 0)
    let off = try await lint(["--rule", "file-name=off"], in: "r")
    #expect(off.output.isEmpty, "\(off)")
    try await git("mv", name, ".tinyforge-lint.yml", in: scratch.file("r"))
    #expect(try await lint([], in: "r").output.isEmpty)
  }
}
