import TestSupport
import Testing

/// `apply PLANFILE` on a branch that has other commits by then.
@Suite(.ownTime, .hangLimit) struct MovedBranchTests {
  private static let port = "SELECT json_extract(source_config, '$.port') FROM workloads"
  private static let note = "the branch has moved on since the plan, from commit "

  /// What is done to the branch after the plan, and what the note says of the spec; nil for no note.
  @Test(arguments: [
    ("same", "; the spec is the same there; "), ("other", "; the spec is another one there, "),
    ("gone", "; the spec is another one there, "), ("back", nil), ("none", nil),
    ("unreadable", nil),
  ])
  func thePlanIsAppliedAndTheBranchNoted(_ change: String, _ words: String?) async throws {
    let world = try await World()
    try await world.addWorkload("w 1", name: "shop")
    let before = try await git("rev-parse", "HEAD", in: world.repository)
    let plan = world.scratch.file("plan.json")
    _ = try await world.tool("plan", "--all", "--out", plan)
    let mirror = "\(world.mirrors)/acme/shop.git"
    switch change {
    case "same", "back":
      try world.scratch.write("source/README", "more\n")
      try await world.push(World.spec)
      if change == "back" { try await git("update-ref", "refs/heads/main", before, in: mirror) }
    case "other": try await world.push("version: 1\ndeploy: {port: 7000}\n")
    case "gone":
      try await git("rm", "-q", ".tinyforge.yml", in: world.repository)
      try await git("commit", "-qm", "Remove the spec", in: world.repository)
      try await git("push", "-q", "--mirror", mirror, in: world.repository)
    case "unreadable":
      try await git("branch", "-m", "main", "kept", in: mirror)
    default: break
    }
    let after = try await git("rev-parse", "HEAD", in: world.repository)
    for options in [["--dry-run"], []] {
      let result = try await world.tool("apply", arguments: [plan] + options)
      #expect(result.status == (options.isEmpty ? 0 : 1), "\(result)")
      guard let words else {
        #expect(!result.output.contains(Self.note), "\(result.output)")
        continue
      }
      let commits = "\(before.prefix(12)) to \(after.prefix(12))"
      #expect(result.output.contains(Self.note + commits + words), "\(result.output)")
      #expect(result.output.contains("to plan anew: plan --workload 'w 1' --out FILE"))
    }
    #expect(try await world.sql(Self.port) == "8080")
    #expect(try await world.sql("SELECT gitops_commit_sha FROM workloads") == before)
    // The way that is named.
    let anew = try await world.tool("plan", "--workload", "w 1", "--out", plan)
    if words?.contains("same") == true { #expect(anew.status == 0, "\(anew)") }
  }

  @Test func jsonAndRussianTellIt() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let plan = world.scratch.file("plan.json")
    _ = try await world.tool("plan", "--all", "--out", plan)
    try await world.push("version: 1\ndeploy: {port: 7000}\n")
    let json = try await world.tool("apply", plan, "--dry-run", "--format", "json")
    try await expectSchema("apply", json.output)
    #expect(json.output.contains(Self.note) && json.output.contains("\"status\": \"ok\""))
    let russian = try await world.tool("apply", plan, "--dry-run", "--lang", "ru")
    #expect(russian.output.contains("ветка продвинулась с коммита"), "\(russian.output)")
    #expect(!russian.output.contains("moved"))
  }
}
