import TestSupport
import Testing

/// Files of tokens and of a webhook's address that every user can read: a warning with what ends it, and nothing else.
@Suite(.ownTime, .hangLimit) struct SecretFileTests {
  private static let commands = [
    ["plan", "--all"], ["drift", "--all"], ["apply", "--all", "--dry-run"],
    ["drift", "merge", "REPORT"],
  ]

  @Test(arguments: commands, ["tokens", "it's a; $(touch x)"])
  func aTokenFile(_ words: [String], _ name: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let report = try await world.tool("drift", "--all", "--format", "json")
    let reportFile = try world.scratch.write("report.json", report.output)
    let file = try world.scratch.write(name, "https://git.example.org secret-token-1\n")
    func run(_ options: String...) async throws -> CommandResult {
      let words = words.map { $0 == "REPORT" ? reportFile : $0 }
      return try await world.tool(words[0], arguments: words.dropFirst() + options)
    }
    for mode in ["600", "640", "660"] {
      try await mustRun("chmod", [mode, file])
      let result = try await run("--token-file", file)
      #expect(result.status == 1 && !result.error.contains("every user"), "\(result)")
    }
    try await mustRun("chmod", ["604", file])
    let result = try await run("--token-file", file)
    #expect(result.status == 1 && !result.error.contains("secret-token"), "\(result)")
    let line = try #require(result.error.split(separator: "\n").first { $0.contains("every user") })
    #expect(line.contains("the token file") && result.error.ranges(of: "every user").count == 1)
    if words[0] != "drift" || words[1] != "merge" {
      let russian = try await run("--token-file", file, "--lang", "ru")
      #expect(russian.error.contains("chmod go=") && !russian.error.contains("every user"))
    }
    // The command of the message.
    let command = try #require(line.firstRange(of: "chmod go=")).lowerBound
    try await mustRun("sh", ["-ec", String(line[command...])], in: world.scratch.path)
    #expect(try await mustRun("stat", ["-c", "%a", file]) == "600")
    #expect(!(try await run("--token-file", file)).error.contains("every user"))
    // What is no file of its own has no mode to be told of.
    #expect(!(try await run("--token-file", "/dev/null")).error.contains("every user"))
  }

  /// The doctor says it as the tools do, and its command is the one that ends it.
  @Test(arguments: ["--token-file", "--notify-url-file"]) func theDoctor(_ option: String)
    async throws
  {
    let world = try await World()
    try await world.addWorkload("w1")
    let file = try world.scratch.write("it's", "https://git.example.org/secret-1 secret-token-1\n")
    func look() async throws -> (CommandResult, [(line: String, command: String)]) {
      let result = try await world.tool(
        "plan", "doctor", "--fetch", "local", "--format", "json", option, file)
      return (result, try DoctorTests.findings(result).filter { $0.line.hasPrefix("tokens ") })
    }
    try await mustRun("chmod", ["604", file])
    let (open, findings) = try await look()
    #expect(open.status == 0 && !open.output.contains("secret-"), "\(open)")
    #expect(findings.count == 1 && findings[0].line.contains("can be read by every user"))
    #expect(findings[0].line.hasPrefix("tokens warning "), "\(findings)")
    try await mustRun("sh", ["-ec", findings[0].command])
    #expect(try await mustRun("stat", ["-c", "%a", file]) == "600")
    #expect(try await look().1.isEmpty)
  }

  @Test func theFileOfAnAddress() async throws {
    try await NotifyTests.run { job async throws in
      let file = try job.world.scratch.write("url", job.receiver.address + NotifyTests.secret)
      try await mustRun("chmod", ["644", file])
      let open = try await job.drift("--notify-url-file", file, url: "")
      #expect(open.status == 1 && open.error.contains("was sent"), "\(open)")
      #expect(open.error.contains("the file of the webhook's address \(file) can be read by every"))
      #expect(!open.error.contains("SECRET"))
      try await mustRun("chmod", ["go=", file])
      let closed = try await job.drift("--notify-url-file", file, url: "")
      #expect(closed.status == 1 && !closed.error.contains("every user"), "\(closed)")
    }
  }
}
