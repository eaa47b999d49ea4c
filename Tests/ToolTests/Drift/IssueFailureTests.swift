import TestSupport
import Testing
import TinyforgeCore

/// What keeps `drift --post-issue` from an issue, and calls that are refused.
@Suite(.ownTime, .hangLimit) struct IssueFailureTests {
  @Test(arguments: ForgeKind.allCases, IssueHurdle.all)
  func hurdles(_ forge: ForgeKind, _ hurdle: IssueHurdle) async throws {
    let faults = hurdle.fault.isEmpty ? [] : [JSONValue.object(hurdle.fault)]
    try await IssueJob.run(
      forge, issues: hurdle.settings(IssueJob.marker(forge)),
      more: [JSONValue.Member("faults", .array(faults))]
    ) { run async throws in
      try await run.edit(port: 3000)
      let before = try run.issues
      let result = try await run.drift(
        ["--all", "--post-issue", hurdle.project], hurdle.changes)
      #expect(result.status == 1 && result.output.contains("drift in 1 of 3"), "\(result)")
      #expect(result.error.contains("not posted") && result.error.contains(hurdle.message))
      #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
      #expect(!result.error.contains("secret-token") && !result.error.contains("##["))
      #expect(try run.issues == before)
    }
  }

  @Test(arguments: [
    ["--post-issue", "ops"], ["--post-issue", "acme/../ops"], ["--post-issue", "acme/o ps"],
    ["--post-issue", "https://github.com/acme/ops"], ["--post-label", "x"],
    ["--post-api", "https://api.github.com"], ["--post-issue", "a/b", "--post-label", " "],
    ["--post-issue", "a/b", "--post-api", "https://git.example.org"],
    ["--post-issue", "a/b", "--post-to", "https://github.com/a/b/pull/1"],
    ["--post-issue", "a/b", "--shard", "1/2"], ["--post-issue", "a/b", "--snapshot", "-"],
  ])
  func usage(_ arguments: [String]) async throws {
    let world = try await World()
    let result = try await run(
      builtTool("drift"), ["--all"] + arguments, environment: ["TINYFORGE_DB": world.database])
    #expect(result.status == 2 && result.output.isEmpty, "\(result)")
  }
}
