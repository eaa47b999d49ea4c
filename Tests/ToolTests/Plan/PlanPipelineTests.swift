import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// The forms of plan that pipelines read, as the tool prints them.
@Suite(.ownTime, .hangLimit) struct PlanPipelineTests {
  @Test func annotationsNameTheLine() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let summary = world.scratch.file("summary")
    let result = try await world.tool(
      "plan", "shop", "--format", "github",
      environment: ["GITHUB_STEP_SUMMARY": summary, "GITHUB_ACTIONS": "true"])
    #expect(result.status == 1)
    let first = result.output.split(separator: "\n").first ?? ""
    #expect(
      first
        == "::notice file=.tinyforge.yml,line=3,endLine=3,col=9,endColumn=13,title=plan%3A change::"
        + "shop: a sync would change port: 3000 → 8080", "\(result)")
    let page = String(decoding: try readFile(summary), as: UTF8.self)
    #expect(page.hasPrefix("### 🔶 A sync would change 1 of 1 workload\n"), "\(page)")
    let russian = try await world.tool("plan", "shop", "--format", "github", "--lang", "ru")
    #expect(russian.output.contains("синхронизация изменит port: 3000 → 8080"), "\(russian)")
  }

  /// Without a format of its own, a pipeline's log holds text, as drift's does.
  @Test func theDefaultIsText() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    for variable in ["GITHUB_ACTIONS", "GITEA_ACTIONS", "GITLAB_CI"] {
      let result = try await world.tool("plan", "shop", environment: [variable: "true"])
      #expect(result.output.hasPrefix("shop (w1) dockerfile: would change"), "\(result)")
    }
  }

  @Test func codeQualityNamesTheLine() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let result = try await world.tool("plan", "shop", "--format", "gitlab")
    #expect(result.status == 1)
    let document = try JSONText(Array("{\"list\": \(result.output)}".utf8))
    guard case .array(let items)? = document["list"], let first = items.first else {
      Issue.record("no issues: \(result)")
      return
    }
    #expect(items.count == 3)
    #expect(first["description"]?.text == "shop: a sync would change port: 3000 → 8080")
    #expect(first["check_name"]?.text == "change" && first["severity"]?.text == "info")
    #expect(first["location"]?["path"]?.text == ".tinyforge.yml")
    #expect(first["location"]?["lines"]?["begin"] == 3)
    #expect(Set(items.compactMap { $0["fingerprint"]?.text }).count == 3)
  }

  /// A sync that would be refused changes nothing, and the finding is at the value that is at fault.
  @Test func aRefusedSyncIsAWarning() async throws {
    let world = try await World(spec: "version: 1\ndeploy:\n  port: 70000\n")
    try await world.addWorkload("w1", name: "shop")
    let result = try await world.tool("plan", "shop", "--format", "github")
    #expect(result.status == 1 && !result.output.contains("would change port"), "\(result)")
    #expect(
      result.output.hasPrefix("::warning file=.tinyforge.yml,line=3,"), "\(result)")
    #expect(result.output.contains("must be between 1 and 65535"), "\(result)")
  }

  @Test func thePageIsOneDocument() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop <b>")
    for (language, words) in [
      ("en", ["<h1>A sync would change 1 of 1 workload</h1>", "<dt>from</dt><dd>3000</dd>"]),
      (
        "ru",
        ["<h1>Синхронизация изменит 1 из 1 рабочей нагрузки</h1>", "<dt>станет</dt><dd>8080</dd>"]
      ),
    ] {
      let result = try await world.tool("plan", "--all", "--format", "html", "--lang", language)
      #expect(result.status == 1 && result.output.hasPrefix("<!doctype html>"), "\(result)")
      for part in words { #expect(result.output.contains(part), "\(part): \(result.output)") }
      #expect(!result.output.contains("shop <b>"))
    }
  }
}
