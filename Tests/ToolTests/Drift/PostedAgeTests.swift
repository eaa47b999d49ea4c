import TestSupport
import Testing
import TinyforgeCore

/// What is posted names the time that drift began, and no age: nothing is edited where nothing but the time goes on.
@Suite(.ownTime, .hangLimit) struct PostedAgeTests {
  @Test(arguments: ForgeKind.allCases, [[], ["--min-age", "1s"]])
  func anUnchangedIssueIsNotEdited(_ forge: ForgeKind, _ options: [String]) async throws {
    try await IssueJob.run(forge) { run async throws in
      try await run.edit(port: 3000)
      let file = run.job.world.scratch.file("report.json")
      let words =
        ["--format", "json", "--previous", file, "--output", file] + options
      _ = try await run.post(words)
      // Of an age that is told in other words at each run.
      for (seconds, isFirst) in [("2", true), ("1.2", false), ("1.2", false)] {
        try await mustRun("sleep", [seconds])
        let before = try run.writes
        let result = try await run.post(words)
        #expect(result.status == 1, "\(result)")
        let text = try await run.drift(["--all", "--previous", file])
        #expect(text.output.contains("drifting for"), "\(text.output)")
        // With --min-age, the second run is the first that has a finding to tell of.
        if isFirst, !options.isEmpty { continue }
        #expect(result.error.contains("is up to date already"), "\(result.error)")
        #expect(try run.writes == before)
      }
      #expect(try run.issues.first?.body.contains("drifting since") == true)
    }
  }

  @Test(arguments: ForgeKind.allCases)
  func anUnchangedCommentIsNotEdited(_ forge: ForgeKind) async throws {
    try await PostJob.run(forge) { job async throws in
      try await job.world.addWorkload("w1", name: "shop")
      let file = job.world.scratch.file("report.json")
      let words = [
        "--all", "--format", "json", "--previous", file, "--output", file, "--post",
      ]
      let first = try await job.drift(words)
      #expect(first.error.contains("is now a comment"), "\(first.error)")
      let bodies = try job.bodies
      for _ in 1...2 {
        try await mustRun("sleep", ["1.2"])
        let result = try await job.drift(words)
        #expect(result.error.contains("is up to date already"), "\(result.error)")
        #expect(try job.bodies == bodies)
      }
    }
  }
}
