import TestSupport
import Testing

/// Real pushes to a bare repository with the server-side hooks of this project.
@Suite(.ownTime, .hangLimit) struct PushTests {
  private static let good = "version: 1\ndeploy:\n  port: 8080\n"
  private static let bad = "version: 1\ndeploy:\n  prot: 8080\n"

  /// A clone with one commit, and a bare repository with the hook, pushed to once.
  private struct Server {
    let scratch: Scratch
    let clone: String
    let bare: String

    init(hook: String) async throws {
      scratch = try Scratch()
      clone = try scratch.folder("clone")
      bare = scratch.file("server.git")
      try await git("init", "-q", "--bare", bare, in: scratch.path)
      try await mustRun(builtTool("lint-spec"), ["--install-hook", hook, "--repo", bare])
      try await git("init", "-q", in: clone)
      try await git("remote", "add", "origin", bare, in: clone)
      try await commit(PushTests.good)
    }

    func commit(_ spec: String) async throws {
      try scratch.write("clone/.tinyforge.yml", spec)
      try await git("add", "-A", in: clone)
      try await git("commit", "-qm", "Change the spec", in: clone)
    }

    func push(_ arguments: String...) async throws -> CommandResult {
      try await run(
        "git", ["push", "origin"] + arguments, in: clone,
        environment: ["TINYFORGE_LINT_SPEC": builtTool("lint-spec")])
    }

    func has(_ reference: String) async throws -> Bool {
      try await run("git", ["rev-parse", "-q", "--verify", reference], in: bare).status == 0
    }
  }

  @Test(arguments: ["pre-receive", "update"])
  func aGoodPushIsTakenAndABadOneRefused(_ hook: String) async throws {
    let server = try await Server(hook: hook)
    let accepted = try await server.push("main")
    #expect(accepted.status == 0, "\(accepted.error)")
    try await server.commit(Self.bad)
    let refused = try await server.push("main")
    #expect(refused.status == 1)
    let lines = [
      "remote: refs/heads/main:.tinyforge.yml:3:3: error: unknown key \"prot\" under deploy",
      "remote:  3 |   prot: 8080", "help: did you mean `port`?", "refused: correct the spec",
    ]
    for line in lines { #expect(refused.error.contains(line), "\(refused.error)") }
    #expect(
      try await git("rev-parse", "main", in: server.bare)
        != git("rev-parse", "main", in: server.clone))
    try await server.commit(Self.good)
    #expect(try await server.push("main").status == 0, "a bad commit below a good tip is history")
  }

  /// `pre-receive` refuses the push as a whole, `update` the reference alone.
  @Test(arguments: [("pre-receive", false), ("update", true)])
  func ofSeveralReferences(_ hook: String, _ takesOthers: Bool) async throws {
    let server = try await Server(hook: hook)
    try await git("branch", "fine", in: server.clone)
    try await server.commit(Self.bad)
    #expect(try await server.push("main", "fine").status == 1)
    #expect(try await server.has("refs/heads/fine") == takesOthers)
    #expect(try await !server.has("refs/heads/main"))
  }

  @Test func deletionsForcedPushesAndTags() async throws {
    let server = try await Server(hook: "pre-receive")
    try await git("branch", "old", in: server.clone)
    #expect(try await server.push("main", "old").status == 0)
    #expect(try await server.push(":old").status == 0, "a deletion holds no spec")
    try await git("commit", "-q", "--amend", "-m", "Rewritten", in: server.clone)
    #expect(try await server.push("--force", "main").status == 0)
    try await git("tag", "-a", "-m", "one", "v1", in: server.clone)
    #expect(try await server.push("v1").status == 0)
    let blob = try await git("hash-object", "-w", ".tinyforge.yml", in: server.clone)
    try await git("tag", "blob", blob, in: server.clone)
    #expect(try await server.push("blob").status == 0, "a tag of a file is no commit")
    try await server.commit(Self.bad)
    try await git("tag", "-a", "-m", "two", "v2", in: server.clone)
    let refused = try await server.push("v2")
    #expect(refused.status == 1 && refused.error.contains("refs/tags/v2:.tinyforge.yml:3:3"))
  }

  @Test func thousandsOfReferences() async throws {
    let server = try await Server(hook: "pre-receive")
    try await server.commit(Self.bad)
    let head = try await git("rev-parse", "HEAD", in: server.clone)
    let first = try await git("rev-parse", "HEAD~1", in: server.clone)
    let commands = (0..<3000).map { "create refs/heads/b\($0) \($0 % 3 == 0 ? head : first)\n" }
    try await mustRun("git", ["update-ref", "--stdin"], in: server.clone, input: commands.joined())
    let refused = try await server.push("refs/heads/b*:refs/heads/b*")
    #expect(refused.status == 1)
    // The same spec in a thousand references is reported once.
    let told = refused.error.split(separator: "\n").count { $0.contains("[unknown-key]") }
    #expect(told == 1 && refused.error.contains("and 994 more"), "\(refused.error.prefix(2000))")
  }

  @Test func nothingIsWritten() async throws {
    let server = try await Server(hook: "pre-receive")
    #expect(try await server.push("main").status == 0)
    let head = try await git("rev-parse", "HEAD", in: server.clone)
    let line = "\(String(repeating: "0", count: 40)) \(head) refs/heads/main\n"
    let before = try await mustRun("find", [".", "-newer", "HEAD", "-type", "f"], in: server.bare)
    let result = try await run(builtTool("lint-spec"), ["--receive"], in: server.bare, input: line)
    #expect(result.status == 0 && result.output.isEmpty, "\(result)")
    let after = try await mustRun("find", [".", "-newer", "HEAD", "-type", "f"], in: server.bare)
    #expect(before == after)
  }

  /// Standard input that no git would write, and what the tool does about it.
  @Test(arguments: [
    ("", 0), ("nonsense\n", 2), ("0 0 refs/heads/x\n", 2),
    ("\(zeros) \(zeros) refs/heads/gone\n", 0),
    ("\(zeros) \(String(repeating: "a", count: 40)) refs/heads/x\n", 2),
    ("\(zeros) \(String(repeating: "g", count: 40)) refs/heads/x\n", 2),
  ])
  func oddLines(_ input: String, _ status: Int) async throws {
    let server = try await Server(hook: "update")
    let result = try await run(builtTool("lint-spec"), ["--receive"], in: server.bare, input: input)
    #expect(result.status == status, "\(result)")
    #expect(status == 0 || !result.error.isEmpty)
  }

  private static let zeros = String(repeating: "0", count: 40)

  @Test func aServerWithoutTheToolRefusesAndSaysWhy() async throws {
    let server = try await Server(hook: "pre-receive")
    let refused = try await run(
      "git", ["push", "origin", "main"], in: server.clone,
      environment: ["TINYFORGE_LINT_SPEC": "/nonexistent/lint-spec"])
    #expect(
      refused.status == 1
        && refused.error.contains("/nonexistent/lint-spec is not installed on the server"))
  }
}
