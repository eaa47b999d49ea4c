import TestSupport
import Testing
import TinyforgeCore

/// Runs of several servers in one pipeline keep a comment and an issue each.
@Suite(.ownTime, .hangLimit) struct ServerPostTests {
  @Test(arguments: ForgeKind.allCases, ["drift", "plan"])
  func aCommentEach(_ forge: ForgeKind, _ tool: String) async throws {
    try await PostJob.run(forge) { job async throws in
      try await job.world.addWorkload("w1", name: "shop")
      for _ in 1...2 {
        for options in [[], ["--server-name", "east"], ["--server-name", "west"]] {
          let result = try await job.tool(tool, ["--all", "--post"] + options)
          #expect(result.status == 1, "\(result)")
        }
      }
      let bodies = try job.bodies
      let pipeline = forge == .gitlab ? ".gitlab%2Dci.yml" : "tiny%20forge"
      let start = "<!-- tinyforge-\(tool) v1 pipeline=\(pipeline) name="
      let markers = bodies.map { String($0.prefix { $0 != "\n" }) }
      // Without a server it is the one that earlier versions look for.
      #expect(
        markers.sorted() == [
          "\(start) -->", "\(start) server=east -->", "\(start) server=west -->",
        ])
      let east = try #require(bodies.first { $0.contains("server=east") })
      #expect(east.contains("<code>east/shop</code>"), "\(east)")
      #expect(east.contains("</code> · <code>east</code>"), "\(east)")
    }
  }

  @Test(arguments: ForgeKind.allCases) func anIssueEach(_ forge: ForgeKind) async throws {
    try await IssueJob.run(forge) { job async throws in
      for _ in 1...2 {
        for options in [[], ["--server-name", "east"]] {
          let result = try await job.post(options)
          #expect(result.status == 1, "\(result)")
        }
      }
      let issues = try job.issues
      let marker = IssueJob.marker(forge)
      let own = marker.replacing(" -->", with: " server=east -->")
      let starts = issues.map { String($0.body.prefix { $0 != "\n" }) }
      #expect(starts.sorted() == [marker, own], "\(issues)")
      let titles = issues.compactMap { $0["title"]?.text }
      #expect(titles.contains { $0.hasSuffix("(acme/shop, east)") }, "\(titles)")
    }
  }

  /// A merged report keeps one comment, whichever servers' reports could be read.
  @Test func aMergedReportKeepsOne() async throws {
    try await PostJob.run(.gitea) { job async throws in
      try await job.world.addWorkload("w1", name: "shop")
      var files: [String] = []
      for name in ["east", "west"] {
        let report = try await job.drift(["--all", "--format", "json", "--server-name", name])
        files.append(try job.world.scratch.write("\(name).json", report.output))
      }
      for files in [files, [files[0]], [files[0], "gone.json"]] {
        _ = try await job.drift(["merge", "--post"] + files)
      }
      #expect(try job.bodies.count == 1)
      #expect(try job.bodies.first?.contains("server=") == false)
    }
  }
}
