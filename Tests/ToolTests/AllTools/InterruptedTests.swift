import TestSupport
import Testing
import TinyforgeCore

/// A run that a signal ends reports what was done by then, in each form as a whole that says so.
@Suite(.ownTime, .hangLimit) struct InterruptedTests {
  static let forms: [(tool: String, form: String)] =
    ["text", "json", "markdown", "html", "github", "gitlab"].map { ("plan", $0) }
    + [
      "text", "json", "jsonl", "markdown", "html", "github", "gitlab", "sarif", "junit",
      "prometheus",
    ].map { ("drift", $0) }
    + ["text", "json"].map { ("apply", $0) }
    + ["text", "json", "sarif", "github", "gitlab", "junit", "rdjson"].map { ("lint-spec", $0) }

  /// One workload is inspected when the forge of the other is asked, which never answers.
  @Test(arguments: forms.filter { $0.tool == "plan" || $0.tool == "drift" }, [false, true])
  func whatWasDoneIsReported(_ one: (tool: String, form: String), _ isIntoFile: Bool) async throws {
    if isIntoFile, one.tool == "plan" { return }
    let world = try await World()
    try await world.addWorkload("w1")
    let file = try world.scratch.write("kept", "as it was\n")
    try await world.withSilentForge { address in
      try await world.addWorkload("w2", config: ForgeWorld.config("gitea", address, name: "till"))
      let result = try await world.interrupted(
        by: "TERM", one.tool,
        ["--all", "--jobs", "1", "--format", one.form, "--fetch-timeout", "100s"]
          + (isIntoFile ? ["--output", file] : []),
        once: world.scratch.file("connected"))
      #expect(result.status == 143, "\(result)")
      let kept = String(decoding: try readFile(file), as: UTF8.self)
      #expect(!isIntoFile || result.output.isEmpty)
      let output = isIntoFile ? kept : result.output
      if one.form == "prometheus" {
        return #expect(output == (isIntoFile ? "as it was\n" : ""), "\(output)")
      }
      try await expectInterrupted(output, one, "interrupted: 1 of 2 workloads were not inspected")
      #expect(
        output.contains("w1") || ["markdown", "github", "gitlab", "sarif"].contains(one.form)
          || one.tool == "plan", "\(output)")
    }
  }

  /// From the moment that signals are taken, which is the first thing that a tool does, none of them takes the report.
  @Test(arguments: forms, SignalTests.signals)
  func theFirstMillisecondsToo(_ one: (tool: String, form: String), _ signal: (String, Int))
    async throws
  {
    let world = try await World()
    try await world.withSilentForge { address in
      try await world.addWorkload("w1", config: ForgeWorld.config("gitea", address, name: "till"))
      let options =
        ["plan": ["--all"], "drift": ["--all"], "apply": ["--all", "--yes"], "lint-spec": ["-"]][
          one.tool] ?? []
      let result = try await world.interruptedAtOnce(
        by: signal.0, one.tool, options + ["--format", one.form])
      #expect(result.status == signal.1, "\(result)")
      if one.form == "prometheus" || (one.tool == "apply" && one.form == "text") { return }
      if one.tool == "lint-spec", one.form == "text" {
        return #expect(result.error.contains("interrupted: "))
      }
      try await expectInterrupted(result.output, one, "interrupted: ")
    }
  }

  /// Neither a plan nor a snapshot is saved, and nothing is posted.
  @Test func nothingElseIsDone() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let file = world.scratch.file("saved")
    try await world.withSilentForge { address in
      try await world.addWorkload("w2", config: ForgeWorld.config("gitea", address, name: "till"))
      let plan = try await world.interrupted(
        by: "TERM", "plan", ["--all", "--out", file, "--fetch-timeout", "100s"],
        once: world.scratch.file("connected"))
      #expect(plan.status == 143 && (try? readFile(file)) == nil, "\(plan)")
      try await mustRun("rm", ["-f", world.scratch.file("connected")])
      try await ForgeServer.run(#"{"forge":"gitea"}"#) { forge in
        let drift = try await world.interrupted(
          by: "TERM", "drift", ["--all", "--format", "json", "--post", "--fetch-timeout", "100s"],
          once: world.scratch.file("connected"),
          environment: PostJob.environment(.gitea, forge.address).merging([
            "TINYFORGE_TOKEN": "x", "GITHUB_STEP_SUMMARY": world.scratch.file("summary"),
          ]) { $1 })
        #expect(drift.status == 143 && drift.output.contains(#""interrupted": true"#), "\(drift)")
        #expect(try forge.log().isEmpty && (try? readFile(world.scratch.file("summary"))) == nil)
      }
    }
    let snapshot = try await world.interruptedAtOnce(by: "TERM", "drift", ["--all", "--live", "-"])
    #expect(
      snapshot.status == 143 && snapshot.output.contains("interrupted: no workload was inspected"),
      "\(snapshot)")
  }

  /// The lines of a push are not waited for; the push is refused.
  @Test func aPush() async throws {
    let world = try await World()
    let result = try await world.interruptedAtOnce(
      by: "TERM", "lint-spec", ["--receive", "--repo", world.repository, "--format", "json"])
    #expect(result.status == 143, "\(result)")
    try await expectInterrupted(result.output, ("lint-spec", "json"), "")
  }

  /// The document is one of its form, and holds the words, as JSON its own mark.
  private func expectInterrupted(
    _ output: String, _ one: (tool: String, form: String), _ words: String
  ) async throws {
    switch one.form {
    case "json":
      #expect(try JSONText(Array(output.utf8))["interrupted"] == true, "\(output)")
      try await expectSchema(one.tool == "lint-spec" ? "lint" : one.tool, output)
    case "jsonl":
      #expect(
        output.hasSuffix("}\n") && output.contains(#""summary","interrupted":true"#), "\(output)")
    case "sarif", "gitlab", "rdjson":
      _ = try JSONValue(parsing: Array(output.utf8))
      #expect(output.contains(words), "\(output)")
      if one.form == "sarif" { #expect(output.contains(#""executionSuccessful": false"#)) }
    case "junit":
      let read = try await run("xmllint", ["--noout", "-"], input: output)
      #expect(read.status == 0 && output.contains(words) && output.contains("<error "), "\(output)")
    case "html": #expect(output.contains(words) && output.hasSuffix("</html>\n"), "\(output)")
    case "text":
      if one.tool != "lint-spec" {
        #expect(output.hasSuffix("\n") && output.contains("\n\(words)"), "\(output)")
      }
    default: #expect(output.contains(words), "\(output)")
    }
  }
}

extension World {
  /// Runs a tool whose standard input stays open, and sends the signal once the tool takes it.
  func interruptedAtOnce(by signal: String, _ tool: String, _ arguments: [String]) async throws
    -> CommandResult
  {
    let script = """
      signal=$1 folder=$2; shift 2
      mkfifo "$folder/input.$$"; exec 3<>"$folder/input.$$"
      "$@" <&3 & tool=$!
      until [ $(( 0x$(sed -n 's/^SigCgt:[[:space:]]*//p' /proc/$tool/status) & 0x4000 )) != 0 ]; do :; done
      kill -s "$signal" $tool; wait $tool
      """
    return try await run(
      "bash", ["-c", script, "bash", signal, scratch.path, builtTool(tool)] + arguments,
      in: repository,
      environment: [
        "TINYFORGE_DB": database, "TINYFORGE_MIRRORS": mirrors,
        "TINYFORGE_ALLOW_NETWORK": "127.0.0.0/8",
        "XDG_CACHE_HOME": scratch.path,
      ])
  }
}
