import TestSupport
import Testing
import TinyforgeCore

/// How `drift --post` and `plan --post` end where the forge does not answer, and where it posts to.
@Suite(.ownTime, .hangLimit) struct PostEndTests {
  /// A signal while the forge is silent: the report is complete, and nobody is waited for.
  @Test(
    arguments: ForgeKind.allCases, [("drift", "json"), ("drift", "text"), ("plan", "json")])
  func aSignalWhilePosting(_ forge: ForgeKind, _ one: (tool: String, format: String)) async throws {
    let (tool, format) = one
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let plain = try await world.tool(tool, "--all", "--format", format)
    try await world.withSilentForge { address in
      let result = try await world.interrupted(
        by: "TERM", tool, ["--all", "--post", "--format", format],
        once: world.scratch.file("connected"),
        environment: PostJob.environment(forge, address).merging(["TINYFORGE_TOKEN": "x"]) { $1 })
      #expect(result.status == 143, "\(result)")
      if format == "json" { try await expectSchema(tool, result.output) }
      let lines = result.output.split(separator: "\n").count
      #expect(lines >= plain.output.split(separator: "\n").count, "\(result)")
      #expect(result.output.contains("shop") && plain.output.contains("shop"), "\(result)")
    }
  }

  /// GitHub Enterprise Cloud with data residency has its API beside its pages.
  @Test(arguments: [
    ["GITHUB_SERVER_URL": "https://acme.ghe.com", "GITHUB_API_URL": "https://api.acme.ghe.com"],
    ["GITHUB_SERVER_URL": "https://acme.ghe.com", "GITHUB_API_URL": ""],
  ]) func dataResidencyHasItsOwnAPI(_ place: [String: String]) async throws {
    try await PostJob.run(.github) { job async throws in
      try await job.world.addWorkload("w1")
      let changes = place.merging(["TINYFORGE_TOKEN": ""]) { $1 }
      let result = try await job.drift(["--all", "--post", "--dry-run"], changes)
      let address = "\nPOST https://api.acme.ghe.com/repos/acme/shop/issues/7/comments"
      #expect(result.output.contains(address), "\(result)")
      let named = try await job.drift(
        ["--all", "--post", "--dry-run", "--post-to", "https://acme.ghe.com/acme/shop/pull/7"],
        changes)
      #expect(named.output.contains(address), "\(named)")
    }
  }
}
