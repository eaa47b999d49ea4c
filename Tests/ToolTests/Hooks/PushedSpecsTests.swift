import TestSupport
import Testing
import TinyforgeCore

/// What a push brings, before it leaves the client and when it reaches the server.
@Suite(.ownTime, .hangLimit) struct PushedSpecsTests {
  private static let lint = builtTool("lint-spec")
  private static let good = "version: 1\ndeploy:\n  port: 8080\n"
  private static let bad = "version: 1\ndeploy:\n  prot: 8080\n"

  private static func said(_ result: CommandResult) -> String { result.output + result.error }

  /// A new branch is compared with what the server has, and a merge of known commits is nothing new.
  @Test func aNewBranchBringsWhatIsNew() async throws {
    let project = try await MonorepoProject()
    try project.write("old/.tinyforge.yml", Self.bad)
    #expect(try await project.commit("--no-verify").status == 0)
    try await git("push", "-q", project.server, "main", in: project.path, hooks: false)
    try await git("checkout", "-qb", "topic", in: project.path)
    #expect(try await project.push("topic").status == 0, "no commit is new")
    try project.write("x", "")
    #expect(try await project.commit().status == 0)
    #expect(try await project.push("topic:other").status == 0, "no spec is new")
    try project.write("new/.tinyforge.yml", Self.bad)
    #expect(try await project.commit("--no-verify").status == 0)
    let refused = try await project.push("topic:third")
    #expect(refused.status == 1 && refused.error.contains("new/.tinyforge.yml"))
    #expect(!refused.error.contains("old/.tinyforge.yml"))
  }

  /// The same before the push, on the client.
  @Test func prePush() async throws {
    let project = try await MonorepoProject()
    try await mustRun("rm", ["\(project.server)/hooks/pre-receive"])
    try await mustRun(Self.lint, ["--install-hook", "pre-push"], in: project.path)
    try project.write("x", "")
    #expect(try await project.commit().status == 0)
    let quiet = try await project.push("main")
    #expect(quiet.status == 0 && Self.said(quiet).isEmpty, "\(quiet)")
    try project.write("a/.tinyforge.yml", Self.bad)
    #expect(try await project.commit("--no-verify").status == 0)
    for name in ["main", "main:new"] {
      let refused = try await project.push(name)
      #expect(refused.status == 1 && Self.said(refused).contains("a/.tinyforge.yml:3:3"))
    }
    #expect(try await project.push("main", "--no-verify").status == 0)
    #expect(try await project.push("main:new").status == 0, "the remote has it by now")
    #expect(try await project.push(":new").status == 0)
  }

  @Test func aServersLogIsNoPipeline() async throws {
    let project = try await MonorepoProject()
    try project.write("a/.tinyforge.yml", Self.bad)
    #expect(try await project.commit("--no-verify").status == 0)
    let head = try await git("rev-parse", "HEAD", in: project.path)
    let line = "\(String(repeating: "0", count: 40)) \(head) refs/heads/new\n"
    let summary = try project.scratch.write("summary", "")
    let variables = [
      "CI": "true", "GITHUB_ACTIONS": "true", "GITEA_ACTIONS": "true",
      "GITHUB_STEP_SUMMARY": summary,
    ]
    try await mustRun(
      "sh", ["-c", "rm -rf .git/refs/heads .git/packed-refs; mkdir .git/refs/heads"],
      in: project.path)
    let result = try await run(
      Self.lint, ["--receive"], in: project.path, environment: variables, input: line)
    #expect(result.status == 1 && !Self.said(result).contains("::"), "\(result)")
    #expect(try readFile(summary).isEmpty)
  }

  /// A remedy for the server's admin is not shown to pushers as a command.
  @Test func aPusherGetsNoCommandForTheServer() async throws {
    let project = try await MonorepoProject()
    try project.write("a/.tinyforge.yml", Self.good)
    #expect(try await project.commit().status == 0)
    try await git("config", "extensions.nonsense", "1", in: project.server)
    try await git("config", "core.repositoryformatversion", "1", in: project.server)
    let line = "\(String(repeating: "0", count: 40)) \(String(repeating: "1", count: 40)) r\n"
    let result = try await run(Self.lint, ["--receive"], in: project.server, input: line)
    #expect(result.status == 2 && result.error.contains("ask an admin of the git server"))
    #expect(!result.error.contains("git config") && !result.error.contains("git -C"))
  }
}

/// Runs git without the hooks of the repository that it pushes to.
private func git(_ arguments: String..., in folder: String, hooks: Bool) async throws {
  let server = arguments[2]
  try await mustRun("mv", ["\(server)/hooks", "\(server)/off"])
  try await mustRun("git", arguments, in: folder)
  try await mustRun("mv", ["\(server)/off", "\(server)/hooks"])
}
