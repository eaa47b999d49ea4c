import TestSupport
import Testing
import TinyforgeCore

/// The scheduled jobs of the ready pipelines over several nights: each compares with the last, and tells what is new.
@Suite(.ownTime, .hangLimit) struct ScheduleTests {
  /// One runner with a forge and a webhook.
  struct Nights: Sendable {
    let runner: PipelineTests.Runner
    let forge: ForgeKind
    let pipeline: String
    let environment: [String: String]

    /// Plays the jobs of a night; the result is that of the last one.
    func play(_ night: Int) async throws -> CommandResult {
      let own = environment.merging(["GITHUB_RUN_ID": "\(night)"]) { $1 }
      let run = ["github.run_id=\(night)"]
      guard pipeline == "fleet" else {
        return try await runner.play(
          pipeline, "drift", event: "schedule", environment: own, context: run, in: "n\(night)")
      }
      try await mustRun(
        "sh", ["-c", "rm -rf artifact-*"], in: runner.world.scratch.file("store"))
      for shard in 1...4 {
        let part = try await runner.play(
          pipeline, "drift", event: "schedule",
          environment: own.merging(["CI_NODE_INDEX": "\(shard)"]) { $1 },
          context: run + PipelineTests.place(shard, forge.rawValue), in: "n\(night)-\(shard)")
        #expect(part.status == 0, "\(part)")
      }
      return try await runner.play(
        pipeline, "report", event: "schedule", environment: own, context: run, in: "n\(night)")
    }
  }

  static func run(
    _ forge: ForgeKind, _ pipeline: String, _ answers: String,
    body: @Sendable (Nights, ForgeServer) async throws -> Void
  ) async throws {
    let runner = try await PipelineTests.Runner(forge.rawValue)
    try await runner.world.addWorkload("w1", name: "shop")
    let config = """
      {"forge": "\(forge.rawValue)", "prefix": "\(forge == .github ? "/api/v3" : "")", "issues": {},
       "comments": {"tokens": {"secret-token": "job:bot"}}}
      """
    try await ForgeServer.run(config) { server async throws in
      try await ForgeServer.run(
        "{\"answers\": \(answers)}", program: "Tests/Peers/webhook-receiver.py"
      ) { receiver async throws in
        let hook = receiver.address + "/hook-SECRET"
        let environment = PostJob.environment(forge, server.address).merging([
          "TINYFORGE_ALLOW_NETWORK": "127.0.0.0/8", "RUNNER_JOB_TOKEN": "secret-token",
          "TINYFORGE_TOKEN": forge == .gitlab ? "secret-token" : "",
          "TINYFORGE_NOTIFY_URL": forge == .gitlab ? hook : "",
          "TINYFORGE_NOTIFY_FORMAT": "json", "PLAYED_SECRET": hook,
        ]) { $1 }
        try await body(
          Nights(runner: runner, forge: forge, pipeline: pipeline, environment: environment),
          receiver)
      }
    }
  }

  /// New drift is told once; what could not be sent is told by the next night; the issue is not edited meanwhile.
  @Test(arguments: ForgeKind.allCases, ["repository", "fleet"])
  func eachNightComparesWithTheLast(_ forge: ForgeKind, _ pipeline: String) async throws {
    let answers = #"[{"status": 200}, {"status": 500}, {"status": 200}]"#
    try await Self.run(forge, pipeline, answers) { nights, receiver async throws in
      let edit = "UPDATE workloads SET source_config = replace(source_config, '3000', '4000')"
      // What is sent by then, in which list, and whether the jobs' status is more than drift's.
      for (night, sent, list) in [
        (1, 1, "new"), (2, 1, ""), (3, 2, ""), (4, 3, "changed"), (5, 3, ""),
      ] {
        if night == 3 { try await nights.runner.world.sql(edit) }
        let result = try await nights.play(night)
        let log = try receiver.log()
        #expect(log.count == sent, "night \(night): \(result)")
        // A job's status is that of its first step that failed.
        let isUnsent = night == 3 && (pipeline == "repository" || forge == .gitlab)
        #expect(result.status == (isUnsent ? 2 : 1), "\(result)")
        #expect(!(result.output + result.error).contains("SECRET"))
        #expect(result.output.contains("drift in 3 of 3"), "\(result)")
        let words = [1: "3 new", 2: "3 lasting", 3: "3 lasting", 4: "3 lasting", 5: "3 lasting"]
        #expect(result.output.contains(words[night] ?? "?"), "night \(night): \(result)")
        let issue =
          [1: "is now issue", 3: "was brought up to date"][night] ?? "is up to date already"
        #expect(result.error.contains(issue), "night \(night): \(result)")
        guard !list.isEmpty else { continue }
        let fields =
          night == 1 ? ["w1.deploy_strategy", "w1.healthcheck", "w1.port"] : ["w1.port"]
        #expect(try NotifyTests.list(log.last?.body, list).sorted() == fields)
      }
    }
  }

  /// Without a webhook nothing is sent, and the report is kept all the same.
  @Test(arguments: ForgeKind.allCases, ["repository", "fleet"])
  func withoutAWebhook(_ forge: ForgeKind, _ pipeline: String) async throws {
    try await Self.run(forge, pipeline, #"[{"status": 200}]"#) { nights, receiver async throws in
      let plain = Nights(
        runner: nights.runner, forge: forge, pipeline: pipeline,
        environment: nights.environment.merging([
          "TINYFORGE_NOTIFY_URL": "", "PLAYED_SECRET": "",
        ]) { $1 })
      for night in 1...2 {
        let result = try await plain.play(night)
        #expect(result.status == 1 && result.output.contains(night == 1 ? "3 new" : "3 lasting"))
      }
      #expect(try receiver.log().isEmpty)
    }
  }
}
