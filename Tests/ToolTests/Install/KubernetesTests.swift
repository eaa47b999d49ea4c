import TestSupport
import Testing
import TinyforgeCore

/// The manifest of `ci/kubernetes`: its pods are played with the built tool, as another user than root on a root that is for
/// reading alone.
@Suite(.ownTime, .hangLimit) struct KubernetesTests {
  /// A cluster with the volumes and Secrets that the manifest asks for.
  struct Cluster: Sendable {
    let world: World
    let server: ForgeServer
    let bin: String

    /// `lost` are indexes whose pods cannot run.
    static func run(
      workloads: Int, body: @Sendable (Cluster) async throws -> Void
    ) async throws {
      let world = try await World()
      for index in 0..<workloads { try await world.addWorkload("w\(index)", name: "shop-\(index)") }
      let bin = try world.scratch.folder("bin")
      try await mustRun("cp", [builtTool("drift"), "\(bin)/drift"])
      let dump = try world.scratch.write("issues.json", "[]")
      for name in ["live", "reports", "tmp"] { try world.scratch.folder(name) }
      try await mustRun(
        builtTool("drift"), ["--all", "--snapshot", world.scratch.file("live/live.json")],
        environment: ["TINYFORGE_DB": world.database])
      try await mustRun(
        "sh",
        [
          "-ec",
          "chmod 755 .; chmod 644 live/live.json; chown -R 1001:1001 '\(world.mirrors)' reports tmp",
        ], in: world.scratch.path)
      let config = """
        {"forge": "gitea", "token": "secret-token", "comments": {"tokens": {"secret-token": "bot"}},
         "issues": {"dump": "\(dump)"}}
        """
      try await ForgeServer.run(config) { server in
        try await body(Cluster(world: world, server: server, bin: bin))
      }
    }

    /// Plays the pod of an index in a run.
    func pod(
      _ index: Int, run name: String = "drift-1", wait: Int = 2400, webhook: String? = nil
    ) async throws -> CommandResult {
      let scratch = world.scratch
      return try await TestSupport.run(
        projectFile(".build/peers/bin/python3"),
        [
          projectFile("Tests/Peers/play-kubernetes.py"), projectFile("ci/kubernetes/drift.yaml"),
          "--index", "\(index)", "--run", name, "--volume", "live=\(scratch.file("live"))",
          "--volume", "reports=\(scratch.file("reports"))", "--volume", "mirrors=\(world.mirrors)",
          "--volume", "tmp=\(scratch.file("tmp"))",
          "--secret", "tinyforge-token/token=\(server.address) secret-token",
          "--set", "ISSUE=acme/ops", "--set", "ISSUE_API=\(server.address)/api/v1",
          "--set", "TINYFORGE_ALLOW_NETWORK=127.0.0.0/8", "--set", "WAIT_SECONDS=\(wait)",
        ] + (webhook.map { ["--secret", "tinyforge-notify/url=\($0)"] } ?? []),
        environment: ["PATH": "\(bin):/usr/local/bin:/usr/bin:/bin"])
    }

    var issues: String {
      get throws {
        String(decoding: try readFile(world.scratch.file("issues.json")), as: UTF8.self)
      }
    }
  }

  /// The last pod waits for those of the shards, joins what they wrote, and keeps the issue.
  @Test func fourShardsAndTheirReport() async throws {
    try await Cluster.run(workloads: 12) { cluster async throws in
      async let last = cluster.pod(4)
      for index in 0..<4 {
        let part = try await cluster.pod(index)
        #expect(part.status == 0, "\(part)")
      }
      let merged = try await last
      #expect(merged.status == 0, "\(merged)")
      #expect(merged.error.contains("the report is now issue acme/ops#1"), "\(merged)")
      let page = String(
        decoding: try readFile(cluster.world.scratch.file("reports/drift-1/report.md")),
        as: UTF8.self)
      #expect(page.contains("12 of 12"), "\(page)")
      for index in 0..<12 { #expect(try cluster.issues.contains("shop-\(index)")) }
      // The next run is in a folder of its own.
      for index in 0..<5 { #expect(try await cluster.pod(index, run: "drift-2").status == 0) }
      #expect(try cluster.issues.ranges(of: "\"number\"").count == 1)
    }
  }

  /// Each run compares with the last one, and tells the webhook of the Secret what is new; what could not be sent is told again.
  @Test func eachRunComparesWithTheLast() async throws {
    try await Cluster.run(workloads: 8) { cluster async throws in
      let answers = #"{"answers": [{"status": 500}, {"status": 200}]}"#
      try await ForgeServer.run(answers, program: "Tests/Peers/webhook-receiver.py") {
        receiver async throws in
        for (run, status, sent) in [(1, 2, 1), (2, 0, 2), (3, 0, 2)] {
          for index in 0..<4 {
            #expect(try await cluster.pod(index, run: "drift-\(run)").status == 0)
          }
          let last = try await cluster.pod(4, run: "drift-\(run)", webhook: receiver.address + "/h")
          #expect(last.status == Int32(status), "\(last)")
          let log = try receiver.log()
          #expect(log.count == sent, "\(last)")
          #expect(try NotifyTests.list(log.last?.body, "new").count == 24)
        }
        let kept = try JSONValue(
          parsing: readFile(cluster.world.scratch.file("reports/last.json")))
        #expect(PreviousReportTests.names(kept, "lasting").count == 24)
      }
    }
  }

  /// A shard that never reports is named, and the pod that joins fails.
  @Test func aMissingShardIsNamed() async throws {
    try await Cluster.run(workloads: 8) { cluster async throws in
      for index in [0, 2, 3] { #expect(try await cluster.pod(index).status == 0) }
      let merged = try await cluster.pod(4, wait: 2)
      #expect(merged.status == 2 && merged.error.contains("shard 2 of 4 is missing"), "\(merged)")
      #expect(try cluster.issues.contains("shard 2 of 4 is missing"))
      // Without the snapshot a shard fails, and leaves no report.
      try await mustRun("rm", [cluster.world.scratch.file("live/live.json")])
      let lost = try await cluster.pod(1)
      #expect(lost.status == 2 && lost.error.contains("snapshot"), "\(lost)")
    }
  }
}
