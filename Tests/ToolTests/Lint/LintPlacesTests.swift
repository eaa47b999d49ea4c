import TestSupport
import Testing
import TinyforgeCore

/// Where `lint-spec` looks: folders, globs, the index, commits, standard input.
@Suite(.ownTime, .hangLimit) struct LintPlacesTests {
  private static let lint = builtTool("lint-spec")
  private static let good = "version: 1\ndeploy:\n  port: 8080\n"

  /// The paths that a run checked.
  private static func paths(_ arguments: [String], in folder: String, input: String = "")
    async throws -> [String]
  {
    let result = try await run(lint, arguments + ["--format", "json"], in: folder, input: input)
    let files = try JSONText(Array(result.output.utf8))["files"]
    guard case .array(let entries)? = files else {
      throw TestSupportError("no files: \(result)")
    }
    return entries.compactMap { $0["path"]?.text }
  }

  // MARK: Folders

  @Test func aFolderIsSearchedAsGitWould() async throws {
    let world = try await World(spec: Self.good)
    let files = [
      "node_modules/a/.tinyforge.yml", "app/.tinyforge.yml", "app/build/.tinyforge.yml",
      "app/kept/build/.tinyforge.yml", "excluded/.tinyforge.yml", ".git/x/.tinyforge.yml",
      "nested/.tinyforge.yml", "nested/skipped/.tinyforge.yml",
      "nested/node_modules/.tinyforge.yml",
    ]
    for file in files { try world.scratch.write("source/\(file)", Self.good) }
    try world.scratch.write("source/.gitignore", "node_modules/\n")
    try world.scratch.write("source/app/.gitignore", "build\n!kept/build\n")
    try world.scratch.write("source/.git/info/exclude", "/excluded\n")
    // A clone within has its own rules.
    try await git("init", "-q", "nested", in: world.repository)
    try world.scratch.write("source/nested/.gitignore", "skipped\n")
    try await mustRun("ln", ["-s", "..", "\(world.repository)/app/loop"])
    let found = try await Self.paths(["."], in: world.repository)
    #expect(
      found == [
        ".tinyforge.yml", "app/.tinyforge.yml", "app/kept/build/.tinyforge.yml",
        "nested/.tinyforge.yml", "nested/node_modules/.tinyforge.yml",
      ])
    let below = try await Self.paths(["node_modules/a/..", "app"], in: world.repository)
    #expect(below == ["app/.tinyforge.yml", "app/kept/build/.tinyforge.yml"])
  }

  /// On random trees and rules: what `git ls-files` lists is what is found.
  @Test(arguments: 0..<8)
  func ignoreRulesAreGits(_ seed: Int) async throws {
    var random = SeededGenerator(seed: UInt64(seed + FuzzSetting.seed))
    let scratch = try Scratch()
    let root = try scratch.folder("r")
    try await git("init", "-q", in: root)
    let names = ["a", "b", "c.d", "build", "x y"]
    let rules = [
      "a", "/a", "a/", "!a", "b/*", "!b/a", "**/build", "*.d", "c.?", "x\\ y", "[ab]/c.d",
      ".tinyforge.yml", "!.tinyforge.yml", "a/**", "# a", "", "!/b/",
    ]
    for _ in 0..<40 {
      let depth = Int.random(in: 0...3, using: &random)
      let folder = (0..<depth).map { _ in names.randomElement(using: &random) ?? "a" }
      let path = (["r"] + folder).joined(separator: "/")
      try scratch.write("\(path)/.tinyforge.yml", Self.good)
      if Int.random(in: 0..<4, using: &random) == 0 {
        let chosen = (0..<3).map { _ in rules.randomElement(using: &random) ?? "" }
        try scratch.write("\(path)/.gitignore", chosen.joined(separator: "\n") + "\n")
      }
    }
    let listed = try await mustRun(
      "git", ["ls-files", "-z", "-o", "--exclude-standard"], in: root)
    let expected = listed.split(separator: "\0").map(String.init).filter {
      $0.hasSuffix(".tinyforge.yml")
    }
    let found = try await Self.paths(["."], in: root)
    #expect(found.sorted() == expected.sorted())
  }

  @Test func tenThousandSpecs() async throws {
    let scratch = try Scratch()
    for index in 0..<10_000 {
      let spec = index == 7_777 ? "version: 2\n" : Self.good
      try scratch.write("s\(index % 100)/t\(index)/.tinyforge.yml", spec)
    }
    let result = try await run(Self.lint, ["."], in: scratch.path)
    #expect(result.status == 1 && result.error == "1 error in 10000 files\n")
    #expect(result.output.hasPrefix("s77/t7777/.tinyforge.yml:1:10: error:"))
  }

  @Test func aFolderThatCannotBeReadIsTold() async throws {
    let scratch = try Scratch()
    try scratch.write("a/.tinyforge.yml", Self.good)
    try await mustRun("chmod", ["0", try scratch.folder("closed")], in: scratch.path)
    let user = ["setpriv", "--reuid=65534", "--clear-groups"]
    try await mustRun("chmod", ["755", scratch.path])
    let result = try await run(user[0], Array(user[1...]) + [Self.lint, scratch.path])
    #expect(result.status == 2 && result.error.contains("closed cannot be read: "))
    try await mustRun("chmod", ["755", scratch.file("closed")])
  }

  // MARK: Patterns

  @Test func pathsAndGlobs() async throws {
    let world = try await World(spec: Self.good)
    for path in ["deploy/.tinyforge.yml", "apps/a/.tinyforge.yml", "apps/b/spec.yml"] {
      try world.scratch.write("source/\(path)", Self.good)
    }
    try await git("add", "-A", in: world.repository)
    try await git("commit", "-qm", "x", in: world.repository)
    // Of the index, only what differs from the last commit is checked.
    try await git("rm", "-rq", "--cached", ".", in: world.repository)
    try await git("commit", "-qm", "nothing", in: world.repository)
    try await git("tag", "all", "HEAD~1", in: world.repository)
    try await git("add", "-A", in: world.repository)
    let cases: [([String], [String])] = [
      (["--path", "deploy/.tinyforge.yml"], ["deploy/.tinyforge.yml"]),
      (
        ["--path", "**/.tinyforge.yml"],
        [".tinyforge.yml", "apps/a/.tinyforge.yml", "deploy/.tinyforge.yml"]
      ),
      (["--path", "apps/*/*.yml"], ["apps/a/.tinyforge.yml", "apps/b/spec.yml"]),
      (
        ["--path", ".tinyforge.yml", "--path", "apps/b/s*.yml"],
        [".tinyforge.yml", "apps/b/spec.yml"]
      ),
      (["--path", "nothing/*.yml"], []),
    ]
    for (arguments, expected) in cases {
      for place in [
        [], ["--staged"], ["--rev", "HEAD~1"], ["--rev", "all", "--repo", world.repository],
      ] {
        #expect(try await Self.paths(arguments + place, in: world.repository).sorted() == expected)
      }
    }
  }

  @Test func gitsSettingNamesThePath() async throws {
    let world = try await World(spec: nil)
    try world.scratch.write("source/deploy/.tinyforge.yml", "version: 2\n")
    try await git(
      "config", "--add", "tinyforge.specPath", "deploy/.tinyforge.yml", in: world.repository)
    try await git("config", "--add", "tinyforge.specPath", "apps/*/spec.yml", in: world.repository)
    try world.scratch.write("source/apps/a/spec.yml", Self.good)
    try await git("add", "-A", in: world.repository)
    for place in [[], ["--staged"]] {
      let found = try await Self.paths(place, in: world.repository)
      #expect(found == ["apps/a/spec.yml", "deploy/.tinyforge.yml"])
    }
    #expect(try await Self.paths(["--path", "README"], in: world.repository) == ["README"])
  }

  @Test func aNameThatIsNearlyRightIsFound() async throws {
    let world = try await World(spec: nil)
    try world.scratch.write("source/.tinyforge.yaml", Self.good)
    try await git("add", "-A", in: world.repository)
    let staged = try await run(Self.lint, ["--staged"], in: world.repository)
    #expect(
      staged.status == 1 && staged.output.contains("error: the server looks for"), "\(staged)")
    try await git("commit", "-qm", "x", in: world.repository)
    for place in [[], ["."], ["--rev", "HEAD"]] {
      let result = try await run(Self.lint, place + ["--strict"], in: world.repository)
      #expect(result.status == 1 && result.output.contains("[file-name]"), "\(place) \(result)")
    }
  }

  // MARK: Standard input

  @Test func standardInputHasAName() async throws {
    let arguments = ["-", "--stdin-filename", "apps/.tinyforge.yaml"]
    let result = try await run(Self.lint, arguments, input: "version: 2\n")
    #expect(result.output.contains("apps/.tinyforge.yaml:1:10: error:"))
    #expect(result.output.contains("[file-name]"))
    #expect(try await run(Self.lint, ["--stdin-filename", "x"], input: "").status == 2)
  }

  /// However large it is, the size in the message is the true one.
  @Test func standardInputOfAnySizeSaysItsSize() async throws {
    let script = "head -c 300000 /dev/zero | tr '\\0' '#' | \"$0\" -"
    let result = try await run("/bin/sh", ["-c", script, Self.lint])
    #expect(result.status == 1 && result.output.contains("300000 bytes"), "\(result)")
  }

  /// A process substitution or `/dev/stdin` is a stream, which `-` reads.
  @Test(arguments: ["<(echo version: 1)", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"])
  func aStreamAsAFilePointsToStandardInput(_ path: String) async throws {
    let result = try await run(
      "/bin/bash", ["-c", "echo version: 1 | \"$0\" \(path)", Self.lint])
    #expect(result.status == 2 && result.error.contains("| lint-spec -"), "\(result)")
    let remedy = "echo version: 1 | \"$0\" -"
    #expect(try await run("/bin/bash", ["-c", remedy, Self.lint]).status == 0)
  }

  // MARK: The index

  @Test func theIndexInAllItsStates() async throws {
    let world = try await World(spec: Self.good)
    let folder = world.repository
    func staged() async throws -> CommandResult {
      try await run(Self.lint, ["--staged"], in: folder)
    }
    try await git("mv", ".tinyforge.yml", "tinyforge.yml", in: folder)
    #expect(try await staged().status == 1, "renamed to what the server does not look for")
    try await git("mv", "tinyforge.yml", "moved.yml", in: folder)
    #expect(try await staged().status == 0, "renamed away: nothing to check")
    try await git("mv", "moved.yml", ".tinyforge.yml", in: folder)
    try await git("rm", "-q", "--cached", ".tinyforge.yml", in: folder)
    #expect(try await staged().status == 0, "deleted: nothing to check")
    try await git("add", "-N", ".tinyforge.yml", in: folder)
    #expect(try await staged().status == 0, "in no commit yet: nothing to check")
    try await git("add", ".", in: folder)
    try await git("commit", "-qm", "x", "--allow-empty", in: folder)
    for (branch, port) in [("left", 1), ("right", 2)] {
      try await git("checkout", "-q", "-b", branch, "main", in: folder)
      try world.scratch.write("source/.tinyforge.yml", "version: 1\ndeploy:\n  port: \(port)\n")
      try await git("commit", "-qam", branch, in: folder)
    }
    _ = try? await git("merge", "left", in: folder)
    let conflict = try await staged()
    #expect(conflict.status == 1 && conflict.output.contains("[unmerged]"))
  }
}
