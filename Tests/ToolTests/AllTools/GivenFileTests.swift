import TestSupport
import Testing

/// What is said of a file or a value that was given in the place of another.
@Suite(.ownTime, .hangLimit) struct GivenFileTests {
  @Test func otherFilesOfTheToolkit() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let (plan, snapshot, report, json) = (
      world.scratch.file("shop.plan"), world.scratch.file("live.json"),
      world.scratch.file("drift.json"),
      world.scratch.file("plan.json")
    )
    _ = try await world.tool("plan", "w1", "--out", plan)
    _ = try await world.tool("drift", "--all", "--snapshot", snapshot)
    _ = try await world.tool("drift", "--all", "--format", "json", "--output", report)
    try world.scratch.write(
      "plan.json", try await world.tool("plan", "w1", "--format", "json").output)
    let cases: [([String], String)] = [
      (
        ["drift", "merge", snapshot],
        "is a snapshot of live values, which drift and plan read with --live; merge joins reports of drift"
      ),
      (["drift", "merge", plan], "is a saved plan, which apply takes; merge joins"),
      (
        ["drift", "merge", json],
        "is the report of plan --format json, which no tool reads; merge joins"
      ),
      (
        ["drift", "--all", "--live", plan],
        "is a saved plan, which apply takes; --live reads a snapshot"
      ),
      (
        ["drift", "--all", "--live", report],
        "is a report of drift, which drift merge joins with others; --live reads"
      ),
      (["plan", plan], "apply \(plan) --dry-run"),
      (["plan", "other.plan"], "apply other.plan --dry-run"),
      (["apply", snapshot], "is not a saved plan"),
    ]
    for (words, message) in cases {
      let result = try await world.tool(words[0], arguments: Array(words.dropFirst()))
      #expect(result.status == 2 && result.error.contains(message), "\(words): \(result)")
      #expect(result.error.contains("help: "), "\(result)")
    }
    let marked = try world.scratch.write(
      "marked.plan", "\u{FEFF}" + String(decoding: try readFile(plan), as: UTF8.self))
    let result = try await world.tool("apply", marked, "--yes")
    #expect(
      result.error.contains("begins with a byte order mark, which JSON does not allow"), "\(result)"
    )
  }

  /// A closed descriptor is not given to a file, which would get the report.
  @Test(arguments: ["--list-codes", "--print-schema", ". --format json"], [">&-", "<&- >&-"])
  func aClosedOutput(_ options: String, _ closed: String) async throws {
    let world = try await World()
    let result = try await run(
      "sh", ["-c", "\(builtTool("lint-spec")) \(options) \(closed)"], in: world.repository)
    #expect(result.status == 2, "\(result)")
    #expect(result.error.contains("standard output is closed"), "\(result)")
  }

  @Test func emptyValues() async throws {
    let world = try await World()
    let option = try await world.tool("plan", "--all", "--db", "")
    #expect(
      option.status == 2 && option.error.contains("the path after --db is empty"), "\(option)")
    let variable = try await world.tool("plan", "--all", environment: ["TINYFORGE_DB": ""])
    #expect(
      variable.status == 2 && variable.error.contains("TINYFORGE_DB is set, but empty"),
      "\(variable)")
  }

  /// A message that began with the address would open a command of a pipeline's runner.
  @Test func aNumericAddress() async throws {
    let world = try await World()
    try await world.addWorkload("w1", config: ForgeWorld.config("gitea", "https://[::1]:9"))
    let result = try await world.fetch("drift", "text", allowing: nil)
    #expect(result.output.contains("  the address ::1 is the loopback address"), "\(result)")
  }

  @Test(arguments: [
    "https://git.example.org", "git.example.org", "https://git.example.org/acme",
    "git.example.org:3000",
  ])
  func anAddressIsNoToken(_ text: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let result = try await world.tool("drift", "--all", environment: ["TINYFORGE_TOKEN": text])
    #expect(result.status == 2, "\(result)")
    #expect(
      result.error.contains("line 1 of TINYFORGE_TOKEN is an address without its token"),
      "\(result)")
    #expect(result.error.contains("https://HOST TOKEN"))
  }

  /// These have dots and are tokens all the same.
  @Test(arguments: ["eyJhbGciOi.eyJzdWIi.c2ln", "gloas-1.2.3", "a.B", "glcbt-64_x.y_z", "x.123"])
  func tokensWithDots(_ text: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let result = try await world.tool("drift", "--all", environment: ["TINYFORGE_TOKEN": text])
    #expect(result.status == 1, "\(result)")
  }

  /// What nobody named is said by doctor, and where a forge was asked instead.
  @Test func noFolderOfMirrors() async throws {
    let world = try await World()
    try await world.addWorkload("w1", config: ForgeWorld.config("gitea", "https://127.0.0.1:9"))
    let none = ["TINYFORGE_MIRRORS": ""]
    let doctor = try await world.tool("plan", "doctor", environment: none)
    #expect(doctor.output.contains("no folder of mirrors is named"), "\(doctor)")
    let local = try await world.tool("plan", "doctor", "--fetch", "local", environment: none)
    #expect(
      local.output.contains("no folder of mirrors is named, so no spec can be read"), "\(local)")
    #expect(
      local.output.contains("export TINYFORGE_MIRRORS=/srv/mirrors && git clone --mirror"),
      "\(local)")
    let plan = try await world.tool("plan", "w1", environment: none)
    #expect(
      plan.output.contains(
        "no folder of mirrors is named (--mirrors, TINYFORGE_MIRRORS), so the forge was asked"),
      "\(plan)")
    let named = try await world.tool("plan", "doctor")
    #expect(!named.output.contains("no folder of mirrors"), "\(named)")
  }
}
