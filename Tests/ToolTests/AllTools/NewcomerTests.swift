import Glibc
import TestSupport
import Testing
import TinyforgeCore

/// What somebody who is new to the tools reads: numbers that add up, offers that are of use, each thing said once.
struct NewcomerTests {
  /// A fleet: one workload in sync, one to change, one whose spec is refused, one whose spec is invalid.
  private static func fleet() async throws -> World {
    let world = try await World(spec: "version: 1\ndeploy: {port: 8080}\n")
    try await world.addWorkload("w1", name: "blog", config: World.config(#""port":8080"#))
    try await world.addWorkload("w2", name: "shop")
    for (id, name, value) in [("w3", "till", "port: 70000"), ("w4", "news", "prot: 1")] {
      try world.scratch.write("\(name)/.tinyforge.yml", "version: 1\ndeploy:\n  \(value)\n")
      let folder = world.scratch.file(name)
      try await git("init", "-q", in: folder)
      try await git("add", ".", in: folder)
      try await git("commit", "-qm", "Begin", in: folder)
      try await git(
        "clone", "-q", "--mirror", folder, "\(world.mirrors)/acme/\(name).git",
        in: world.scratch.path)
      try await world.addWorkload(id, name: name, config: World.config(name: name))
    }
    return world
  }

  // MARK: A plan without changes

  @Test(arguments: [
    ("en", "nothing to apply", "apply "), ("ru", "применять его незачем", "apply "),
  ])
  func anEmptyPlanIsNotOffered(_ language: String, _ words: String, _ offer: String) async throws {
    let world = try await World(spec: "version: 1\ndeploy: {port: 3000}\n")
    try await world.addWorkload("w1")
    let file = world.scratch.file("a plan")
    let empty = try await world.tool("plan", "w1", "--out", file, "--lang", language)
    #expect(empty.status == 0 && empty.error.contains(words), "\(empty)")
    #expect(!empty.error.contains(offer), "\(empty)")
    let applied = try await world.tool("apply", file, "--lang", language)
    #expect(applied.status == 0, "\(applied)")
    #expect(
      applied.error.contains(language == "ru" ? "нет изменений" : "the saved plan changes nothing"))
    let quiet = try await world.tool("plan", "w1", "--out", file, "--quiet")
    #expect(quiet.error.isEmpty)
  }

  /// What is offered can be pasted.
  @Test func aPlanIsOfferedAsACommand() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let plan = try await world.tool("plan", "w1", "--out", world.scratch.file("a plan"))
    let start = try #require(plan.error.firstRange(of: "apply '"), "\(plan)")
    let command = plan.error[start.lowerBound...]
    #expect(try await world.pasted(String(command)).status == 0, "\(command)")
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "1")
  }

  // MARK: Numbers

  @Test func theNumbersOfAStoppedRunAddUp() async throws {
    let world = try await Self.fleet()
    for flags in [["--yes"], ["--yes", "--keep-going"], ["--yes", "--atomic"], ["--dry-run"]] {
      for language in ["en", "ru"] {
        let text = try await world.tool(
          "apply", arguments: ["--all", "--lang", language] + flags)
        #expect(try Self.sum(ofSummary: text.output) == 4, "\(flags) \(text.output)")
      }
    }
    let stopped = try await world.tool("apply", "w3", "w2", "w1", "--yes")
    #expect(stopped.output.contains("\n3 workloads: "), "\(stopped)")
    let json = try await world.tool("apply", "w1", "w4", "w2", "w3", "--yes", "--format", "json")
    try await expectSchema("apply", json.output)
    let summary = try #require(try JSONText(Array(json.output.utf8))["summary"])
    func number(_ names: String...) -> Int { names.reduce(0) { $0 + Self.number(summary[$1]) } }
    #expect(number("selected") == 4)
    #expect(number("workloads", "untried") == 4)
    #expect(number("applied", "unchanged", "refused", "failed") == number("workloads"))
  }

  /// The same where a signal ends the run: one workload is settled, and the forge of the other never answers.
  @Test(arguments: ["text", "json"])
  func theNumbersOfAnInterruptedRunAddUp(_ form: String) async throws {
    let world = try await World(spec: "version: 1\ndeploy: {port: 3000}\n")
    try await world.addWorkload("w1")
    try await world.withSilentForge { address in
      for id in ["w2", "w3"] {
        try await world.addWorkload(id, config: ForgeWorld.config("gitea", address, name: "till"))
      }
      let result = try await world.interrupted(
        by: "INT", "apply", ["--all", "--yes", "--format", form, "--fetch-timeout", "100s"],
        once: world.scratch.file("connected"))
      #expect(result.status == 130, "\(result)")
      if form == "text" {
        #expect(try Self.sum(ofSummary: result.output) == 3, "\(result)")
      } else {
        let summary = try #require(try JSONText(Array(result.output.utf8))["summary"])
        #expect(Self.number(summary["selected"]) == 3)
        #expect(Self.number(summary["workloads"]) + Self.number(summary["untried"]) == 3)
      }
    }
  }

  private static func number(_ value: JSONValue?) -> Int {
    guard case .number(let text)? = value else { return -1000 }
    return Int(text) ?? -1000
  }

  /// The sum of a summary's parts; the number before the colon must be the same.
  private static func sum(ofSummary output: String) throws -> Int {
    let line = try #require(output.split(separator: "\n").last)
    let parts = line.split(separator: ":", maxSplits: 1)
    try #require(parts.count == 2, "\(output)")
    let numbers = parts[1].split(separator: ",").compactMap {
      $0.split(separator: " ").first.flatMap { Int($0) }
    }
    let sum = numbers.reduce(0, +)
    #expect(parts[0].split(separator: " ").first.flatMap { Int($0) } == sum, "\(line)")
    return sum
  }

  @Test(arguments: [
    ("en", "4 workloads: 1 with an invalid spec, 1 refused, 1 to change, 1 in sync"),
    (
      "ru",
      "4 рабочие нагрузки: 1 с ошибкой в спецификации, 1 отклонено, 1 к изменению, 1 без расхождений"
    ),
  ])
  func theSummaryOfAPlanIsASentence(_ language: String, _ words: String) async throws {
    let world = try await Self.fleet()
    let plan = try await world.tool("plan", "--all", "--lang", language)
    #expect(plan.output.hasSuffix("\n\(words)\n"), "\(plan.output)")
    let markdown = try await world.tool("plan", "--all", "--lang", language, "--format", "markdown")
    #expect(markdown.output.contains("\n\(words)\n"), "\(markdown.output)")
  }

  @Test(arguments: [
    ("w1", "✅ A sync would change nothing: 1 workload"),
    ("w2", "🔶 A sync would change 1 of 1 workload"),
    ("w3", "⚠️ A sync would be refused for 1 of 1 workload"),
    ("w2 w3 w4", "⚠️ A sync would change 1 of 3 workloads, and be refused for 2"),
    ("w5", "⚠️ 1 of 1 workload could not be read"),
    (
      "w2 w3 w5",
      "⚠️ A sync would change 1 of 3 workloads, and be refused for 1; 1 could not be read"
    ),
  ])
  func theTitleSaysWhatASyncWouldDo(_ workloads: String, _ title: String) async throws {
    let world = try await Self.fleet()
    try await world.addWorkload("w5", config: World.config(name: "gone"))
    let names = workloads.split(separator: " ").map(String.init)
    let plan = try await world.tool(
      "plan", arguments: names + ["--fetch", "local", "--format", "markdown"])
    #expect(plan.output.hasPrefix("### \(title)\n"), "\(plan.output)")
    let russian = try await world.tool(
      "plan", arguments: names + ["--fetch", "local", "--format", "markdown", "--lang", "ru"])
    let first = russian.output.prefix { $0 != "\n" }
    #expect(!first.contains { ("a"..."z").contains($0) }, "\(first)")
  }

  // MARK: Findings

  /// A finding is shown once, below its workload.
  @Test(arguments: [
    ["plan", "--all"], ["drift", "--all"], ["apply", "--all", "--dry-run"],
    ["apply", "--all", "--yes", "--keep-going"],
  ])
  func aFindingStandsOnce(_ command: [String]) async throws {
    let world = try await Self.fleet()
    let result = try await world.tool(command[0], arguments: Array(command.dropFirst()))
    let lines = result.output.split(separator: "\n").map(String.init)
    for words in [
      "port must be between 1 and 65535, not 70000", "unknown key \"prot\" under deploy",
    ] {
      let told = lines.filter { $0.contains(words) }
      #expect(told.count == 1 && told[0].hasPrefix("  .tinyforge.yml:3:"), "\(result.output)")
    }
    let heads = lines.filter { !$0.hasPrefix("  ") }
    #expect(heads.allSatisfy { $0.contains(": ") && !$0.contains("tinyforge.yml") }, "\(heads)")
    #expect(!result.output.contains("not valid"), "\(result.output)")
  }

  @Test func inMarkdownAndHTMLCodeIsCode() async throws {
    let world = try await Self.fleet()
    for tool in ["plan", "drift"] {
      let markdown = try await world.tool(tool, "--all", "--format", "markdown").output
      #expect(
        markdown.contains("refused: <code>port</code> must be between 1 and 65535, not 70000"))
      #expect(
        markdown.contains(
          "unknown key <code>prot</code> under deploy; did you mean <code>port</code>?"))
      #expect(!markdown.contains("&#96;") && !markdown.contains("`"), "\(markdown)")
    }
    let page = try await world.tool("drift", "--all", "--format", "html").output
    let told = page.split(separator: "\n").filter { $0.contains("class=\"say") }.joined()
    #expect(told.contains("did you mean <code>port</code>?"), "\(told)")
    #expect(told.contains("such as <code>8080</code>") && !told.contains("`"), "\(told)")
  }

  // MARK: Opting in

  /// The command that is named opts the workload in.
  @Test(
    arguments: [
      ["plan", "W"], ["drift", "W"], ["apply", "W", "--yes"], ["apply", "disable", "W"],
      ["plan", "W", "--lang", "ru"], ["drift", "W", "--lang", "ru"],
    ], ["w1", "it's 2"])
  func notOptedInNamesTheCommand(_ command: [String], _ id: String) async throws {
    let world = try await World()
    let disables = command.contains("disable")
    try await world.addWorkload(id, enabled: disables)
    let words = command.map { $0 == "W" ? id : $0 }
    let result = try await world.tool(words[0], arguments: Array(words.dropFirst()))
    let start = try #require(result.output.firstRange(of: "apply enable "), "\(result)")
    let line = result.output[start.lowerBound...].prefix { $0 != "\n" }
    #expect(try await world.pasted(String(line)).status == 0, "\(line)")
    #expect(try await world.sql("SELECT gitops_enabled FROM workloads") == "1")
  }

  @Test func anOptOutSaysWhatItDoes() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let result = try await world.tool("apply", "disable", "w1")
    #expect(result.output.contains("opted out, event 1"), "\(result)")
    #expect(result.output.contains("plan, drift and apply leave it out from now on"), "\(result)")
    let russian = try await World()
    try await russian.addWorkload("w1")
    let told = try await russian.tool("apply", "disable", "w1", "--lang", "ru")
    #expect(told.output.contains("GitOps выключен, событие 1"), "\(told)")
  }

  // MARK: Where nobody can be asked

  @Test func nothingToDoNeedsNoAnswer() async throws {
    let world = try await World(spec: "version: 1\ndeploy: {port: 3000}\n")
    try await world.addWorkload("w1")
    for words in [["w1"], ["--all"], ["w1", "--atomic"], ["w1", "--format", "json"]] {
      let result = try await world.tool("apply", arguments: words)
      #expect(result.status == 0, "\(words) \(result)")
    }
    let reverted = try await world.tool("apply", "revert", "w1", "--to-commit", "HEAD")
    #expect(reverted.status == 0, "\(reverted)")
    try await world.push(World.spec)
    let asked = try await world.tool("apply", "w1")
    #expect(asked.status == 2 && asked.error.contains("cannot ask for confirmation"), "\(asked)")
    #expect(asked.error.contains("use --yes to apply without asking"), "\(asked)")
    let dry = try await world.tool("apply", "w1", "--dry-run")
    #expect(dry.status == 1, "\(dry)")
  }
}

extension World {
  /// Runs a line in a shell, which has the built tools on its path.
  func pasted(_ line: String) async throws -> CommandResult {
    let tools = builtTool("plan").dropLast("/plan".count)
    return try await run(
      "/bin/bash", ["-c", line], in: repository,
      environment: [
        "TINYFORGE_DB": database, "TINYFORGE_MIRRORS": mirrors,
        "PATH": "\(tools):/usr/local/bin:/usr/bin:/bin",
      ])
  }
}
