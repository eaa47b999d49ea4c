import TestSupport
import Testing

struct HookInstallTests {
  private static let good = "version: 1\ndeploy:\n  port: 8080\n"
  private static let bad = "version: 1\ndeploy:\n  prot: 8080\n"
  private static let tool = ["TINYFORGE_LINT_SPEC": builtTool("lint-spec")]

  private static func repository() async throws -> (scratch: Scratch, path: String) {
    let scratch = try Scratch()
    let path = try scratch.folder("repository")
    try await git("init", "-q", in: path)
    try await git("config", "user.name", "Ann", in: path)
    try await git("config", "user.email", "ann@example.org", in: path)
    return (scratch, path)
  }

  private static func commit(_ path: String, _ arguments: String...) async throws -> CommandResult {
    try await run("git", ["commit", "-m", "x"] + arguments, in: path, environment: tool)
  }

  private static let lint = builtTool("lint-spec")
  private static let hooks = [
    "pre-commit", "pre-merge-commit", "pre-push", "pre-receive", "update",
  ]

  @discardableResult
  private static func install(_ arguments: String..., in path: String) async throws -> CommandResult
  {
    try await run(lint, ["--install-hook"] + arguments, in: path)
  }

  private static func uninstall(_ arguments: String..., in path: String) async throws {
    try await mustRun(lint, ["--uninstall-hook"] + arguments, in: path)
  }

  private static func text(_ path: String) throws -> String {
    String(decoding: try readFile(path), as: UTF8.self)
  }

  /// Everything in the folder of hooks and beside it, with modes, targets of links and contents.
  private static func layout(_ path: String) async throws -> String {
    let script = """
      for f in hooks/* tinyforge-kept-hooks tinyforge-kept-hooks/*; do
        [ -e "$f" ] || [ -L "$f" ] || continue
        stat -c '%N %a %s' "$f"; [ -f "$f" ] && cksum <"$f"; done
      """
    return try await mustRun("sh", ["-c", script], in: "\(path)/.git")
  }

  private static func stageBad(_ scratch: Scratch, _ path: String) async throws {
    try scratch.write("repository/.tinyforge.yml", bad)
    try await git("add", ".tinyforge.yml", in: path)
  }

  @Test func scriptsAreClean() async throws {
    for name in Self.hooks + ["install"] {
      let result = try await run("shellcheck", ["-s", "sh", projectFile("hooks/\(name)")])
      #expect(result.status == 0, "\(result.output)")
    }
  }

  /// What is installed is what is shipped, with the place of the tool.
  @Test func theScriptsAreTheShippedOnes() async throws {
    let (pathScratch, path) = try await Self.repository()
    defer { withExtendedLifetime(pathScratch) {} }
    for name in Self.hooks {
      try await Self.install(name, in: path)
      let file = "\(path)/.git/hooks/\(name)"
      let checked = try await run("shellcheck", ["-s", "sh", file])
      #expect(checked.status == 0, "\(checked.output)")
      let lines = try Self.text(file).split(separator: "\n", omittingEmptySubsequences: false)
      let place = try #require(lines.firstIndex { $0.hasPrefix("[ -n \"${TINYFORGE_LINT_SPEC") })
      #expect(lines[place].contains("lint-spec"))
      let shipped = (lines[..<place] + lines[(place + 1)...]).joined(separator: "\n")
      #expect(shipped == (try Self.text(projectFile("hooks/\(name)"))))
    }
  }

  /// By the tool, by the script, and by `core.hooksPath`.
  @Test(arguments: ["tool", "script", "setting"])
  func aBadSpecIsNotCommitted(_ way: String) async throws {
    let (scratch, path) = try await Self.repository()
    switch way {
    case "tool": try await Self.install(in: path)
    case "script":
      try await mustRun(projectFile("hooks/install"), [path], environment: Self.tool)
    default: try await git("config", "core.hooksPath", projectFile("hooks"), in: path)
    }
    try scratch.write("repository/.tinyforge.yml", Self.bad)
    try await git("add", "-A", in: path)
    // What counts is what is staged, not what the editor shows.
    try scratch.write("repository/.tinyforge.yml", Self.good)
    let refused = try await Self.commit(path)
    #expect(refused.status == 1 && refused.error.contains("Commit refused: correct the spec"))
    #expect((refused.output + refused.error).contains(".tinyforge.yml:3:3: error"))
    let all = try await Self.commit(path, "-qa")
    #expect(all.status == 0, "commit -a stages in an index of its own")
    #expect(all.output.isEmpty && all.error.isEmpty, "a quiet commit prints nothing: \(all)")
  }

  /// A hook of somebody's, of each kind, and whether it can be kept.
  @Test(arguments: [
    ("#!/bin/sh\n[ \"$(basename \"$0\")\" = pre-commit ] && echo ran >>ran\n", true),
    ("#!/bin/sh\n. \"$(dirname \"$0\")/helper\"\n", false),
    ("#!/bin/sh\nfor h in \"$0\".d/*; do \"$h\"; done\n", false),
    ("#!/bin/sh\nrun-parts .git/hooks/pre-commit.d\n", false),
  ])
  func aHookThatIsThereGoesOn(_ hook: String, _ isKept: Bool) async throws {
    let (scratch, path) = try await Self.repository()
    try scratch.write("repository/.git/hooks/pre-commit", hook)
    try await mustRun("chmod", ["750", "\(path)/.git/hooks/pre-commit"])
    let before = try await Self.layout(path)
    let result = try await Self.install(in: path)
    guard isKept else {
      #expect(result.status == 2 && result.error.contains("lint-spec --staged"), "\(result)")
      #expect(try await Self.layout(path) == before)
      return
    }
    try await Self.install(in: path)
    try await Self.stageBad(scratch, path)
    #expect(try await Self.commit(path).status == 1)
    #expect(try Self.text("\(path)/ran") == "ran\n")
    try await Self.uninstall(in: path)
    #expect(try await Self.layout(path) == before)
    #expect(try await Self.commit(path).status == 0)
  }

  @Test func aRelativeLinkIsKept() async throws {
    let (scratch, path) = try await Self.repository()
    try scratch.write("repository/tools/check", "#!/bin/sh\nexit 1\n")
    try await mustRun("chmod", ["+x", "\(path)/tools/check"])
    try await mustRun("ln", ["-s", "../../tools/check", "\(path)/.git/hooks/pre-commit"])
    let before = try await Self.layout(path)
    try await Self.install(in: path)
    #expect(try await Self.commit(path, "--allow-empty").status == 1)
    try await Self.uninstall(in: path)
    #expect(try await Self.layout(path) == before)
    try await mustRun("ln", ["-sf", "other", "\(path)/.git/hooks/pre-commit"])
    #expect(try await Self.install(in: path).status == 2, "it leads into the folder of hooks")
  }

  /// The real framework, before ours and after it, with a hook of the user's own.
  @Test(arguments: [false, true]) func theFrameworkGoesOn(_ isFirst: Bool) async throws {
    let (scratch, path) = try await Self.repository()
    let framework = projectFile(".build/peers/bin/pre-commit")
    let environment = ["PRE_COMMIT_HOME": scratch.file("cache"), "HOME": scratch.path]
    let config = """
      repos:
      - repo: local
        hooks:
        - {id: mark, name: mark, entry: "sh -c 'echo framework >>ran'", language: system, always_run: true}
      """
    try scratch.write("repository/.pre-commit-config.yaml", config)
    try await git("add", ".pre-commit-config.yaml", in: path)
    try scratch.write("repository/.git/hooks/pre-commit", "#!/bin/sh\necho user >>ran\n")
    try await mustRun("chmod", ["+x", "\(path)/.git/hooks/pre-commit"])
    if !isFirst { try await Self.install(in: path) }
    for _ in 1...2 {
      try await mustRun(framework, ["install"], in: path, environment: environment)
      try await Self.install(in: path)
    }
    try await Self.stageBad(scratch, path)
    let refused = try await run(
      "git", ["commit", "-m", "x"], in: path, environment: environment.merging(Self.tool) { $1 })
    #expect(
      refused.status == 1 && (refused.output + refused.error).contains("[unknown-key]"),
      "\(refused)")
    #expect(
      try Self.text("\(path)/ran").split(separator: "\n").sorted() == ["framework", "user"])
    try await Self.uninstall(in: path)
    let taken = try await run(
      "git", ["commit", "-m", "x"], in: path, environment: environment.merging(Self.tool) { $1 })
    #expect(taken.status == 0, "\(taken)")
    #expect(
      try Self.text("\(path)/ran").split(separator: "\n").sorted()
        == ["framework", "framework", "user", "user"])
  }

  /// Both hooks get the whole input, and the arguments.
  @Test func inputAndArgumentsAreHandedOn() async throws {
    let (scratch, path) = try await Self.repository()
    let bare = scratch.file("server.git")
    try await git("init", "-q", "--bare", bare, in: scratch.path)
    try scratch.write("server.git/hooks/pre-receive", "#!/bin/sh\ncat > seen\n")
    try await mustRun("chmod", ["+x", "\(bare)/hooks/pre-receive"])
    try await Self.install(in: bare)
    try await Self.stageBad(scratch, path)
    try await git("commit", "-qm", "x", in: path)
    let refused = try await run("git", ["push", bare, "main"], in: path, environment: Self.tool)
    #expect(refused.status == 1 && refused.error.contains("[unknown-key]"), "\(refused)")
    #expect(try Self.text("\(bare)/seen").hasSuffix(" refs/heads/main\n"))
  }

  /// Layouts that belong to somebody else are left alone, with the line to add.
  @Test(arguments: [".husky/_", "/usr/share/hooks", "linked"])
  func otherLayoutsAreRefused(_ folder: String) async throws {
    let (pathScratch, path) = try await Self.repository()
    defer { withExtendedLifetime(pathScratch) {} }
    if folder == "linked" {
      try await mustRun(
        "sh", ["-c", "mv .git/hooks elsewhere && ln -s ../elsewhere .git/hooks"], in: path)
    } else {
      try await git("config", "core.hooksPath", folder, in: path)
    }
    let result = try await Self.install("pre-push", in: path)
    #expect(result.status == 2 && result.error.contains("lint-spec --push \"$1\""), "\(result)")
  }

  /// The scripts of earlier versions ran all that was in a folder.
  @Test func anOldChainIsTakenApart() async throws {
    let (scratch, path) = try await Self.repository()
    let files = [
      "pre-commit":
        "#!/bin/sh\n# A tinyforge hook: hooks/install made it.\nfor next in \"$0\".d/*; do \"$next\"; done\n",
      "pre-commit.d/10-before": "#!/bin/sh\necho user >>ran\n",
      "pre-commit.d/50-tinyforge": "#!/bin/sh\n# A tinyforge hook: x\n",
    ]
    for (name, text) in files {
      try scratch.write("repository/.git/hooks/\(name)", text)
      try await mustRun("chmod", ["+x", "\(path)/.git/hooks/\(name)"])
    }
    try await Self.install(in: path)
    #expect(try await Self.commit(path, "--allow-empty").status == 0)
    #expect(try Self.text("\(path)/ran") == "user\n")
    try await Self.uninstall(in: path)
    #expect(try Self.text("\(path)/.git/hooks/pre-commit") == files["pre-commit.d/10-before"])
    #expect(try await run("test", ["-e", "\(path)/.git/hooks/pre-commit.d"]).status == 1)
  }

  @Test func oddNamesAndPlaces() async throws {
    let (scratch, path) = try await Self.repository()
    try await Self.install("--repo", path, in: scratch.path)
    try await Self.uninstall("--repo", path, in: scratch.path)
    #expect(try await run("test", ["-e", "\(path)/.git/hooks/pre-commit"]).status == 1)
    let unknown = try await Self.install("precommit", in: path)
    #expect(unknown.status == 2 && unknown.error.contains("did you mean pre-commit?"))
    #expect(try await Self.install("commit-msg", in: path).status == 2)
    #expect(try await Self.install("--repo", "/nonexistent", in: path).status == 2)
    #expect(try await run(projectFile("hooks/install"), ["--nonsense"], in: path).status == 2)
    #expect(try await run("ls", [".git/hooks/pre-commit"], in: path).status != 0)
  }
}
