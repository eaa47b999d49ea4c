import TestSupport
import Testing
import TinyforgeCore

/// Names that Swift takes for equal, as they differ in their Unicode normal form alone.
///
/// To git, SQLite, JSON and YAML they are two.
struct NormalFormTests {
  private static let forms = ["caf\u{E9}", "cafe\u{301}"]
  private static let lint = builtTool("lint-spec")

  /// A repository with a bad spec below each of the two, and a branch of each name with another port.
  private static func repository() async throws -> Scratch {
    let scratch = try Scratch()
    try await git("init", "-q", "w", in: scratch.path)
    let root = scratch.file("w")
    for (number, name) in forms.enumerated() {
      try scratch.write("w/.tinyforge.yml", "version: 1\ndeploy:\n  port: \(number + 1)\n")
      try await git("add", "-A", in: root)
      try await git("commit", "-qm", "x", in: root)
      try await git("branch", name, in: root)
    }
    for name in forms {
      try scratch.write("w/\(name)/.tinyforge.yml", "version: 1\ndeploy:\n  prot: 1\n")
    }
    return scratch
  }

  @Test(arguments: ["$L", "$L .", "$L */.tinyforge.yml", "$L --staged", "$L --rev HEAD", "PUSH"])
  func twoFolders(_ command: String) async throws {
    let scratch = try await Self.repository()
    let root = scratch.file("w")
    try await git("add", "-A", in: root)
    if command == "$L --rev HEAD" || command == "PUSH" {
      try await git("commit", "-qm", "x", in: root)
    }
    let push = "echo $(git rev-parse HEAD~1 HEAD) refs/heads/x | $L --receive"
    let line = command == "PUSH" ? push : command
    let result = try await run("sh", ["-c", line], in: root, environment: ["L": Self.lint])
    #expect(result.status == 1 && result.error.hasPrefix("2 errors"), "\(result)")
    for name in Self.forms {
      let lines = result.output.split(separator: "\n").filter {
        $0.contains("[unknown-key]") && $0.utf8.starts(with: "\(name)/".utf8)
          || $0.utf8.contains(":\(name)/".utf8)
      }
      #expect(!lines.isEmpty, "\(result)")
    }
  }

  @Test(arguments: [false, true])
  func twoBranches(_ isPacked: Bool) async throws {
    let scratch = try await Self.repository()
    let root = scratch.file("w")
    if isPacked { try await git("pack-refs", "--all", in: root) }
    for (number, name) in Self.forms.enumerated() {
      for revision in [name, "refs/heads/\(name)", "\(name)@{0}", "\(name)~0"] {
        let result = try await run(
          Self.lint, ["--rev", revision, "--format", "json"], in: root)
        #expect(result.output.contains("\"port\": \(number + 1)"), "\(revision): \(result)")
      }
    }
    try await git("branch", "-qD", Self.forms[0], in: root)
    #expect(try await run(Self.lint, ["--rev", Self.forms[0]], in: root).status == 2)
  }

  /// Paths that the configuration names: each is its own, and no other is nearly one of them.
  @Test func twoConfiguredPaths() async throws {
    let scratch = try await Self.repository()
    let root = scratch.file("w")
    try scratch.write(
      "w/.tinyforge-lint.yml", "paths: ['\(Self.forms[0])/spec.yml', '\(Self.forms[1])/spec.yml']\n"
    )
    try await mustRun("rm", ["-r"] + Self.forms, in: root)
    try scratch.write("w/\(Self.forms[1])/spec.yml", "version: 1\ndeploy:\n  prot: 1\n")
    let found = try await run(Self.lint, ["--require"], in: root)
    #expect(found.status == 1 && found.output.utf8.starts(with: "\(Self.forms[1])/spec.yml".utf8))
    try await git("add", "-A", in: root)
    try await git("commit", "-qm", "x", in: root)
    let required = try await run(Self.lint, ["--rev", "HEAD", "--require"], in: root)
    #expect(required.output.utf8.contains("\(Self.forms[0])/spec.yml".utf8), "\(required)")
    #expect(required.output.utf8.contains("\(Self.forms[1])/spec.yml".utf8), "\(required)")
    // Nearly the one configured path, in a folder that is another.
    try scratch.write("w/.tinyforge-lint.yml", "paths: ['\(Self.forms[0])/spec.yml']\n")
    try await mustRun("mv", ["spec.yml", "spec.yaml"], in: scratch.file("w/\(Self.forms[1])"))
    let near = try await run(Self.lint, [], in: root)
    #expect(near.status == 0, "\(near)")
  }

  /// Two keys of a mapping are two unknown keys, and none is listed twice.
  @Test func twoKeys() async throws {
    let text = "version: 1\ndeploy:\n  \(Self.forms[0]): 1\n  \(Self.forms[1]): 1\n"
    let result = try await run(Self.lint, ["-"], input: text)
    #expect(result.status == 1)
    #expect(result.output.split(separator: "\n").count { $0.contains("[unknown-key]") } == 2)
    #expect(!result.output.contains("[duplicate-key]"))
  }

  @Test func twoNamesOfWorkloads() async throws {
    let world = try await World()
    for (number, name) in Self.forms.enumerated() {
      try await world.addWorkload("w\(number)", name: name)
    }
    for (number, name) in Self.forms.enumerated() {
      let plan = try await world.tool("plan", "--workload", name, "--format", "json")
      #expect(plan.status == 1 && plan.output.contains("\"id\": \"w\(number)\""), "\(plan)")
    }
    try await world.sql("DELETE FROM workloads WHERE id = 'w0'")
    let absent = try await world.tool("plan", "--workload", Self.forms[0])
    #expect(absent.status == 2 && absent.error.contains("there is no workload"), "\(absent)")
  }

  /// A saved plan distinguishes two undeclared members.
  @Test func twoMembersOfALiveConfig() async throws {
    let world = try await World()
    let members = #""\#(Self.forms[0])":1,"\#(Self.forms[1])":2,"port":3000"#
    try await world.addWorkload("w", config: World.config(members))
    let plan = world.scratch.file("plan.json")
    #expect(try await world.tool("plan", "--all", "--out", plan).status == 0)
    try await world.sql(
      "UPDATE workloads SET source_config = json_set(source_config, '$.later', 1)")
    let stale = try await world.tool("apply", plan, "--yes")
    #expect(stale.status == 4 && stale.output.contains("later"), "\(stale)")
    #expect(!(stale.output + stale.error).utf8.contains("caf".utf8), "\(stale)")
  }

  /// What differs in its normal form alone is a change, which a revert takes back.
  @Test func twoValues() async throws {
    let world = try await World(
      spec: "version: 1\ndeploy:\n  healthcheck: /\(Self.forms[1])\n")
    try await world.addWorkload(
      "w", config: World.config(#""port":3000,"healthcheck":"/\#(Self.forms[0])""#))
    #expect(try await world.tool("apply", "--all", "--yes").status == 0)
    let read = "SELECT hex(json_extract(source_config, '$.healthcheck')) FROM workloads"
    #expect(try await world.sql(read) == "2F63616665CC81")
    let revert = try await world.tool("apply", "revert", "w", "--yes")
    #expect(revert.status == 0, "\(revert)")
    #expect(try await world.sql(read) == "2F636166C3A9", "\(revert)")
  }

  /// Two branches whose workloads are read in one run.
  @Test func twoBranchesOfWorkloads() async throws {
    let world = try await World()
    for (number, name) in Self.forms.enumerated() {
      try await git("checkout", "-qb", name, in: world.repository)
      try await world.push("version: 1\ndeploy:\n  port: \(4001 + number)\n")
      let config = World.config().replacing(#""branch":"main""#, with: #""branch":"\#(name)""#)
      try await world.addWorkload("w\(number)", config: config)
    }
    #expect(try await world.tool("apply", "--all", "--yes").status == 0)
    let ports = try await world.sql(
      "SELECT json_extract(source_config, '$.port') FROM workloads ORDER BY id")
    #expect(ports == "4001\n4002")
  }
}
