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

  @Test(arguments: ["pre-commit", "pre-receive", "update", "install"])
  func scriptsAreClean(_ name: String) async throws {
    let result = try await run("shellcheck", ["-s", "sh", projectFile("hooks/\(name)")])
    #expect(result.status == 0, "\(result.output)")
  }

  /// By the installer, and by `core.hooksPath`.
  @Test(arguments: [true, false])
  func aBadSpecIsNotCommitted(_ installed: Bool) async throws {
    let (scratch, path) = try await Self.repository()
    if installed {
      try await mustRun(projectFile("hooks/install"), [path])
    } else {
      try await git("config", "core.hooksPath", projectFile("hooks"), in: path)
    }
    try scratch.write("repository/.tinyforge.yml", Self.bad)
    try await git("add", "-A", in: path)
    // What counts is what is staged, not what the editor shows.
    try scratch.write("repository/.tinyforge.yml", Self.good)
    let refused = try await Self.commit(path)
    #expect(refused.status == 1 && refused.error.contains("Commit refused: mend the spec"))
    #expect(refused.error.contains(".tinyforge.yml:3:3: error"))
    #expect(
      try await Self.commit(path, "-a").status == 0, "commit -a stages in an index of its own")
  }

  @Test func aHookThatIsThereGoesOn() async throws {
    let (scratch, path) = try await Self.repository()
    try scratch.write("repository/.git/hooks/pre-commit", "#!/bin/sh\necho before >> ran\n")
    try await mustRun("chmod", ["+x", "\(path)/.git/hooks/pre-commit"])
    let install = projectFile("hooks/install")
    for _ in 1...2 { try await mustRun(install, [path]) }
    try scratch.write("repository/.tinyforge.yml", Self.bad)
    try await git("add", ".tinyforge.yml", in: path)
    #expect(try await Self.commit(path).status == 1)
    #expect(String(decoding: try readFile("\(path)/ran"), as: UTF8.self) == "before\n")
    try await mustRun(install, ["--uninstall", path])
    let hook = String(decoding: try readFile("\(path)/.git/hooks/pre-commit"), as: UTF8.self)
    #expect(hook == "#!/bin/sh\necho before >> ran\n")
    #expect(try await Self.commit(path).status == 0)
  }

  /// Both hooks of a chain get the whole input, and the arguments.
  @Test func aChainHandsOnInputAndArguments() async throws {
    let (scratch, path) = try await Self.repository()
    let bare = scratch.file("server.git")
    try await git("init", "-q", "--bare", bare, in: scratch.path)
    try scratch.write("server.git/hooks/pre-receive", "#!/bin/sh\ncat > seen\n")
    try await mustRun("chmod", ["+x", "\(bare)/hooks/pre-receive"])
    try await mustRun(projectFile("hooks/install"), [bare])
    try scratch.write("repository/.tinyforge.yml", Self.bad)
    try await git("add", "-A", in: path)
    try await git("commit", "-qm", "x", in: path)
    let refused = try await run("git", ["push", bare, "main"], in: path, environment: Self.tool)
    #expect(refused.status == 1 && refused.error.contains("[unknown-key]"), "\(refused)")
    let seen = String(decoding: try readFile("\(bare)/seen"), as: UTF8.self)
    #expect(seen.hasSuffix(" refs/heads/main\n"))
  }

  @Test func uninstallingAndOddPlaces() async throws {
    let (scratch, path) = try await Self.repository()
    let install = projectFile("hooks/install")
    try await mustRun(install, [path], in: scratch.path)
    try await mustRun(install, ["--uninstall", path])
    #expect(try await run("test", ["-e", "\(path)/.git/hooks/pre-commit"]).status == 1)
    #expect(try await run(install, ["/nonexistent"]).status == 2)
    #expect(try await run(install, ["--nonsense"], in: scratch.path).status == 2)
  }
}
