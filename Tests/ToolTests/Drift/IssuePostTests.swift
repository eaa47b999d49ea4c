import TestSupport
import Testing
import TinyforgeCore

/// `drift --post-issue` as a process, in scheduled runs of the three forges, against their loopback twins.
@Suite(.ownTime, .hangLimit) struct IssuePostTests {
  @Test(arguments: ForgeKind.allCases)
  func anIssuesLife(_ forge: ForgeKind) async throws {
    try await IssueJob.run(forge) { run async throws in
      try await run.sync()
      let none = try await run.post()
      #expect(none.status == 0 && none.error.contains("nothing to report in acme/ops"), "\(none)")
      #expect(try run.issues.isEmpty)

      try await run.edit(port: 3000)
      let first = try await run.post()
      #expect(first.status == 1 && first.output.contains("drift in 1 of 3"), "\(first)")
      #expect(first.error.contains("the report is now issue acme/ops#1"), "\(first.error)")
      let issue = try #require(try run.issues.first)
      #expect(issue["title"]?.text == "Drift between specs and live configs (acme/shop)")
      #expect(issue.body.hasPrefix("<!-- tinyforge-drift-issue v1 pipeline=acme/shop"))
      #expect(issue.body.contains("🔶") && issue.body.contains("3000") && issue.isOpen)

      let same = try await run.post()
      #expect(same.error.contains("issue acme/ops#1 is up to date already"), "\(same.error)")
      #expect(try run.issues == [issue])

      try await run.edit(port: 3001)
      let edited = try await run.post()
      #expect(edited.error.contains("acme/ops#1 was brought up to date"), "\(edited.error)")
      #expect(try run.issues.first?.body.contains("3001") == true)

      try await run.sync()
      let closed = try await run.post(["--lang", "ru"])
      #expect(closed.status == 0 && closed.error.contains("закрыт"), "\(closed)")
      let green = try #require(try run.issues.first)
      #expect(!green.isOpen && green.body.contains("✅"))
      let words = green.texts("comments")
      #expect(words.count == 1 && words[0].contains("Расхождений больше нет"), "\(words)")
      let rest = try await run.post(["--lang", "ru"])
      #expect(rest.status == 0 && rest.error.contains("уже"), "\(rest)")
      #expect(try run.issues == [green])

      try await run.edit(port: 3000)
      let back = try await run.post()
      #expect(back.status == 1 && back.error.contains("was reopened"), "\(back.error)")
      let last = try #require(try run.issues.first)
      #expect(try run.issues.count == 1 && last.isOpen && last.body.contains("🔶"))
      #expect(last["title"] == issue["title"] && last.texts("comments").count == 1)
      for entry in try run.job.server.log() {
        #expect(!entry.target.contains("secret-token") && !entry.body.contains("secret-token"))
      }
    }
  }

  /// A person who closes the issue knows of the drift that it reports, and of no other.
  @Test(arguments: ForgeKind.allCases)
  func aPersonMayCloseIt(_ forge: ForgeKind) async throws {
    try await IssueJob.run(forge) { run async throws in
      try await run.edit(port: 3000)
      _ = try await run.post()
      try await run.close(1)
      let left = try await run.post()
      #expect(left.status == 1 && left.error.contains("stays closed"), "\(left.error)")
      #expect(try run.issues.first?.isOpen == false)
      try await run.edit(port: 3001)
      let other = try await run.post()
      #expect(other.error.contains("was reopened"), "\(other.error)")
      // Once the drift is gone, the closed issue says so, and the next drift opens it again.
      try await run.close(1)
      try await run.sync()
      let gone = try await run.post()
      #expect(gone.error.contains("brought up to date"), "\(gone.error)")
      let issue = try #require(try run.issues.first)
      #expect(!issue.isOpen && issue.body.contains("✅") && issue.texts("comments").isEmpty)
      try await run.edit(port: 3001)
      #expect(try await run.post().error.contains("was reopened"))
    }
  }

  /// What cannot be read is neither drift nor its end.
  @Test(arguments: ForgeKind.allCases)
  func whatCannotBeReadClosesNothing(_ forge: ForgeKind) async throws {
    try await IssueJob.run(forge) { run async throws in
      let mirrors = ["TINYFORGE_MIRRORS": "/nonexistent"]
      let unread = try await run.post(["--fetch", "local"], mirrors)
      #expect(unread.status == 2 && unread.error.contains("nothing to report"), "\(unread)")
      try await run.edit(port: 3000)
      _ = try await run.post()
      let kept = try await run.post(["--fetch", "local"], mirrors)
      #expect(kept.error.contains("brought up to date"), "\(kept.error)")
      #expect(try run.issues.count == 1 && run.issues[0].isOpen)
    }
  }

  /// It is found on the last of several pages, among issues of others with its marker, and pull requests.
  @Test(arguments: ForgeKind.allCases, ["secret-token-1", "secret-token-2"])
  func othersIssuesAreNotTouched(_ forge: ForgeKind, _ token: String) async throws {
    let marker = IssueJob.marker(forge)
    let foreign: [JSONValue] = [
      ["author": "eve", "body": .string("\(marker)\nx")],
      ["author": "bot", "body": .string("see\n\(marker)"), "open": .bool(false)],
      ["author": "bot", "body": "another"],
    ]
    let pulls: [JSONValue] =
      forge == .github
      ? [["author": "bot", "body": .string("\(marker)\nx"), "pull": .bool(true)]] : []
    let own: JSONValue = ["author": "bot", "body": .string("\(marker)\nold"), "open": .bool(false)]
    let settings: [JSONValue.Member] = [
      .init("page", 2), .init("standing", .array(foreign + pulls + [own])),
    ]
    try await IssueJob.run(forge, issues: settings) { run async throws in
      let before = try run.issues
      try await run.edit(port: 3000)
      let result = try await run.post([], ["TINYFORGE_TOKEN": token])
      #expect(result.error.contains("#\(before.count) was reopened"), "\(result.error)")
      let after = try run.issues
      #expect(after.dropLast() == before.dropLast())
      #expect(after.last?.isOpen == true && after.last?.body.contains("3000") == true)
    }
  }

  @Test(arguments: ForgeKind.allCases)
  func twoProcessesAtOnceLeaveOneOpenIssue(_ forge: ForgeKind) async throws {
    try await IssueJob.run(forge, issues: [.init("barrier", 2)]) { run async throws in
      try await run.edit(port: 3000)
      async let left = run.post()
      async let right = run.post()
      let results = try await [left, right]
      #expect(results.allSatisfy { $0.status == 1 }, "\(results)")
      let issues = try run.issues
      #expect(issues.count == 2 && issues[0].isOpen && !issues[1].isOpen, "\(results)")
      #expect(issues[1].texts("comments").contains { $0.contains("Continued in #1") })
      #expect(try await run.post().error.contains("#1 is up to date already"))
    }
  }

  /// A new issue whose answer was lost is there once.
  @Test(arguments: ForgeKind.allCases)
  func aLostAnswerOpensNoSecondIssue(_ forge: ForgeKind) async throws {
    try await IssueJob.run(forge, issues: [.init("lost", 1)]) { run async throws in
      try await run.edit(port: 3000)
      let result = try await run.post()
      #expect(result.error.contains("is now issue acme/ops#1"), "\(result.error)")
      #expect(try run.issues.count == 1)
    }
  }

  @Test(arguments: ForgeKind.allCases)
  func labels(_ forge: ForgeKind) async throws {
    let known: [JSONValue.Member] = [
      .init("known", ["a", "b", "drift"]), .init("organization", ["team"]), .init("page", 1),
    ]
    try await IssueJob.run(forge, issues: known) { run async throws in
      try await run.edit(port: 3000)
      let labels = ["--post-label", "drift", "--post-label", "team", "--post-label", "new"]
      let dry = try await run.post(labels + ["--dry-run"])
      let shown = [
        ForgeKind.github: #""labels":["drift","team","new"]"#,
        .gitlab: #""labels":"drift,team,new""#, .gitea: #""labels":[3,101]"#,
      ][forge]
      #expect(dry.output.contains(shown ?? "?"), "\(dry)")
      let result = try await run.post(labels)
      let set = try run.issues.first?.texts("labels")
      #expect(set == (forge == .gitea ? ["drift", "team"] : ["drift", "team", "new"]))
      #expect(result.error.contains("has no label new") == (forge == .gitea), "\(result.error)")
      // Labels are people's, once the issue is there.
      try await run.edit(port: 3001)
      let again = try await run.post(["--post-label", "other"])
      #expect(!again.error.contains("label") && again.error.contains("up to date"))
      #expect(try run.issues.first?.texts("labels") == set)
    }
    try await IssueJob.run(forge, issues: known + [.init("may_label", false)]) {
      run async throws in
      try await run.edit(port: 3000)
      let result = try await run.post(["--post-label", "drift"])
      #expect(result.error.contains("has no label drift"), "\(result.error)")
      #expect(try run.issues.count == 1)
    }
  }

  @Test(arguments: ForgeKind.allCases)
  func dryRunsSendNothing(_ forge: ForgeKind) async throws {
    try await IssueJob.run(forge) { run async throws in
      try await run.edit(port: 3000)
      let open = try await run.post(["--dry-run"])
      let path = forge == .gitlab ? "projects/acme%2Fops/issues" : "repos/acme/ops/issues"
      #expect(open.status == 1 && open.output.contains("\nPOST \(run.job.server.address)/api/"))
      #expect(open.output.contains("/\(path)\n{\"title\":\"Drift between"), "\(open.output)")
      let json = try await run.post(["--dry-run", "--format", "json"])
      try await expectSchema("drift", json.output)
      let alone = try await run.post(["--dry-run"], ["TINYFORGE_TOKEN": ""])
      #expect(alone.output.contains("\nPOST ") && alone.error.contains("without a token"))
      let away = try await run.post(["--dry-run"], ["TINYFORGE_ALLOW_NETWORK": ""])
      #expect(away.output.contains("\nPOST ") && away.error.contains("cannot be asked"))
      _ = try await run.post()
      try await run.sync()
      let close = try await run.post(["--dry-run"])
      let method = forge == .gitlab ? "PUT" : "PATCH"
      #expect(close.output.contains("\n\(method) \(run.job.server.address)/api/"), "\(close)")
      #expect(close.output.contains(forge == .gitlab ? #""close""# : #""closed""#))
      #expect(close.output.contains("The drift is gone") && close.status == 0)
      #expect(try run.writes.count == 1 && run.issues[0].isOpen)
      for result in [open, json, alone, away, close] {
        #expect(!(result.output + result.error).contains("secret-token"))
      }
    }
  }

  /// A run for a pull request comments there where both are asked for; any other keeps the issue.
  @Test(arguments: ForgeKind.allCases)
  func withBothARunDecides(_ forge: ForgeKind) async throws {
    try await IssueJob.run(forge) { run async throws in
      try await run.edit(port: 3000)
      let pull = try await run.job.drift(["--all", "--post", "--post-issue", "acme/ops"])
      #expect(pull.error.contains("is now a comment on"), "\(pull.error)")
      #expect(try run.issues.isEmpty && run.job.bodies.count == 1)
      let scheduled = try await run.post(["--post"])
      #expect(scheduled.error.contains("is now issue"), "\(scheduled.error)")
      let alone = try await run.job.drift(
        ["--all", "--post-issue", "acme/ops"], ["CI_PROJECT_PATH": "acme/shop"])
      #expect(alone.error.contains("is up to date already"), "\(alone.error)")
      #expect(try run.issues.count == 1 && run.job.bodies.count == 1)
      #expect(run.job.summary.contains("🔶"))
    }
  }

  /// Groups within groups, outside of a pipeline, under a name of its own.
  @Test func otherPlaces() async throws {
    try await IssueJob.run(.gitlab) { run async throws in
      try await run.edit(port: 3000)
      let none = ["GITLAB_CI": ""]
      let base = [
        "--all", "--post-issue", "acme/team/ops", "--post-api", "\(run.job.server.address)/api/v4",
        "--post-as", "bot",
      ]
      for name in [[], ["--post-name", "one"], ["--post-name", "two"], ["--post-name", "one"]] {
        #expect(try await run.drift(base + name, none).status == 1)
      }
      let titles = try run.issues.compactMap { $0["title"]?.text }
      #expect(titles.count == 3 && titles[1] == "Drift between specs and live configs (one)")
      let asked = try run.job.server.log()
      #expect(asked.contains { $0.target.contains("/projects/acme%2Fteam%2Fops/issues") })
      let isViewerAsked = asked.contains { $0.target.hasSuffix("/user") }
      #expect(!isViewerAsked)
    }
  }

  @Test func mergedReportsAreOneIssue() async throws {
    try await IssueJob.run(.gitea) { run async throws in
      for index in 2..<6 { try await run.job.world.addWorkload("w\(index)", name: "shop-\(index)") }
      var files: [String] = []
      for shard in 1...2 {
        let part = try await run.drift(["--all", "--format", "json", "--shard", "\(shard)/2"])
        files.append(try run.job.world.scratch.write("shard-\(shard).json", part.output))
      }
      let merge = ["merge", "--post-issue", "acme/ops"]
      let result = try await run.drift(merge + files)
      #expect(result.status == 1 && result.error.contains("is now issue"), "\(result)")
      // Where a shard is missing nothing is closed.
      try await run.job.world.sql("DELETE FROM workloads WHERE id <> 'w1'")
      try await run.sync()
      let green = try await run.drift(["--all", "--format", "json", "--shard", "1/2"])
      let half = try run.job.world.scratch.write("half.json", green.output)
      let kept = try await run.drift(merge + [half])
      #expect(kept.status == 2 && kept.error.contains("up to date"), "\(kept)")
      #expect(try run.issues.count == 1 && run.issues[0].isOpen)
    }
  }
}
