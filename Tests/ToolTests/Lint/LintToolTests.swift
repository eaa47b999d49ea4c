import TestSupport
import Testing
import TinyforgeCore

@Suite(.ownTime, .hangLimit) struct LintToolTests {
  private static let lint = builtTool("lint-spec")

  @Test func aValidFileIsSilent() async throws {
    let scratch = try Scratch()
    let file = try scratch.write(".tinyforge.yml", World.spec)
    let result = try await run(Self.lint, [file])
    #expect(result.status == 0 && result.output.isEmpty)
    #expect(result.error == "1 file checked, nothing found\n")
  }

  @Test func aFindingIsShownAsCompilersDo() async throws {
    let scratch = try Scratch()
    try scratch.write("a.yml", "version: 1\ndeploy:\n  prot: 8080\n")
    let result = try await run(Self.lint, ["a.yml", "--quiet"], in: scratch.path)
    #expect(result.status == 1 && result.error.isEmpty)
    #expect(
      result.output == """
        a.yml:3:3: error: unknown key "prot" under deploy [unknown-key]
         3 |   prot: 8080
           |   ^~~~
           help: did you mean `port`?

        """)
  }

  /// Arguments, and the exit status that the contract gives them.
  @Test(arguments: [
    (["good.yml"], 0), (["bad.yml"], 1), (["good.yml", "bad.yml"], 1), (["absent.yml"], 2),
    (["bad.yml", "absent.yml"], 2), (["bad.yml", "--exit-zero"], 0),
    (["absent.yml", "--exit-zero"], 2), (["port.yml"], 0), (["port.yml", "--source", "static"], 0),
    (["port.yml", "--source", "static", "--strict"], 1), (["."], 0), ([".", "--require"], 1),
    (["folder"], 1), (["--no-such-option"], 2), (["--source", "compose", "good.yml"], 2),
    (["--staged", "good.yml"], 2), (["--help"], 0), (["--version"], 0), (["--list-codes"], 0),
    (["--explain", "unknown-key"], 0), (["--explain", "unknwon-key"], 2), (["--print-schema"], 0),
    (["link.yml"], 1), (["--generate-completion-script", "bash"], 0),
  ])
  func exitStatus(_ arguments: [String], _ status: Int) async throws {
    let scratch = try Scratch()
    try scratch.write("good.yml", "version: 1\n")
    try scratch.write("bad.yml", "version: 2\n")
    try scratch.write("port.yml", "version: 1\ndeploy: {port: 80}\n")
    if arguments.contains("folder") { try scratch.write("folder/a/.tinyforge.yml", "version: 2\n") }
    try await mustRun("ln", ["-s", "good.yml", scratch.file("link.yml")])
    let result = try await run(Self.lint, arguments, in: scratch.path)
    #expect(result.status == status, "\(result.output)\(result.error)")
    #expect(status != 2 || !result.error.isEmpty)
  }

  @Test func readsStandardInput() async throws {
    let result = try await run(Self.lint, ["-"], input: "version: 1\nx: 1\n")
    #expect(result.status == 1 && result.output.hasPrefix("-:2:1: error:"))
  }

  /// An editor that knows the schema alone says of a number what the server does.
  @Test(arguments: [
    ("1", "8080"), ("1", "8080.5"), ("1", "0"), ("1", "0.5"), ("1", "65535.9"), ("1", "65536"),
    ("1", "-1"),
    ("1", "null"), ("1", "\"80\""), ("1", "true"), ("1.9", "80"), ("2", "80"), ("0.9", "80"),
    ("\"1\"", "80"),
    ("1.0", "1e3"),
  ])
  func schemaAndDecoderAgree(_ version: String, _ port: String) async throws {
    let document = "{\"version\": \(version), \"deploy\": {\"port\": \(port)}}"
    let verdict = try await run(Self.lint, ["-"], input: document)
    let schema = try await mustRun(Self.lint, ["--print-schema"])
    let judge = """
      import json, jsonschema, sys
      schema, document = sys.argv[1:]
      sys.exit(0 if jsonschema.Draft7Validator(json.loads(schema)).is_valid(json.loads(document)) else 1)
      """
    let judged = try await run("/usr/bin/python3", ["-c", judge, schema, document])
    #expect(judged.status == verdict.status, "\(document) \(verdict) \(judged)")
  }

  @Test func readsWorkTreeIndexAndRevision() async throws {
    let world = try await World(spec: "version: 1\n")
    try world.scratch.write("source/.tinyforge.yml", "version: 2\n")
    try await git("add", ".", in: world.repository)
    try world.scratch.write("source/.tinyforge.yml", "version: 3\n")
    let deep = try world.scratch.folder("source/deep/er")
    let results = try await [
      run(Self.lint, [], in: deep), run(Self.lint, ["--staged"], in: deep),
      run(Self.lint, ["--rev", "HEAD"], in: deep),
      run(Self.lint, ["--rev", "main", "--repo", "\(world.mirrors)/acme/shop.git"], in: "/"),
    ]
    #expect(results.map(\.status) == [1, 1, 0, 0])
    #expect(results[0].output.contains("not 3") && results[1].output.contains("not 2"))
  }

  @Test func anAbsentSpecIsNothingToCheckUnlessRequired() async throws {
    let world = try await World(spec: nil)
    let results = try await [
      run(Self.lint, [], in: world.repository),
      run(Self.lint, ["--staged"], in: world.repository),
      run(Self.lint, ["--require"], in: world.repository),
      run(Self.lint, ["--rev", "HEAD"], in: world.repository),
      run(Self.lint, ["--rev", "nowhere"], in: world.repository),
      run(Self.lint, [], in: "/"),
    ]
    #expect(results.map(\.status) == [0, 0, 1, 1, 2, 2])
    #expect(results[0].error.contains("nothing to check"))
  }

  @Test func jsonFollowsItsSchema() async throws {
    let scratch = try Scratch()
    try scratch.write("a.yml", "version: 1\ndeploy: {port: 70000, healthcheck: /a}\n")
    try scratch.write("b.yml", "version: 1\nversion: 1\n\u{1B}[31m: x\n")
    try scratch.write("c\u{1B}.yml", "version: 1\n\"\\e]0;x\\a\": 1\n")
    let result = try await run(
      Self.lint, ["a.yml", "b.yml", "absent", "c\u{1B}.yml", "--format", "json"], in: scratch.path)
    #expect(result.status == 2)
    try await expectSchema("lint", result.output)
    let empty = try await run(Self.lint, ["--format", "json", scratch.path])
    #expect(empty.status == 0)
    try await expectSchema("lint", empty.output)
    #expect(!(result.output + result.error).unicodeScalars.contains("\u{1B}"))
  }

  /// Whatever a spec or a file's name holds, no control character reaches the terminal.
  @Test func hostileTextIsShownSafely() async throws {
    let scratch = try Scratch()
    try scratch.write("a\u{1B}]0;x\u{7}\n.yml", "version: 1\n\"\\e[2J\\u202e\\u0085\": 1\n")
    let result = try await run(Self.lint, ["a\u{1B}]0;x\u{7}\n.yml"], in: scratch.path)
    #expect(result.status == 1)
    let shown = (result.output + result.error).unicodeScalars
    #expect(shown.allSatisfy { $0 == "\n" || !$0.isUnsafeToShow })
  }

  @Test(arguments: [
    (["--color", "always"], [:], true), ([], [:], false), ([], ["CLICOLOR_FORCE": "1"], true),
    ([], ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false),
    (["--color", "never"], ["CLICOLOR_FORCE": "1"], false),
    (["--color", "always"], ["NO_COLOR": "1"], true),
  ])
  func colours(_ options: [String], _ environment: [String: String], _ coloured: Bool) async throws
  {
    let result = try await run(
      Self.lint, ["-"] + options, environment: environment, input: "version: 2\n")
    #expect(result.output.contains("\u{1B}[") == coloured)
  }

  @Test func aClosedPipeIsNoCrash() async throws {
    let script =
      "yes x: | head -c 60000 | '\(Self.lint)' - | head -c 10 >/dev/null; echo ${PIPESTATUS[2]}"
    #expect(try await mustRun("bash", ["-c", script]) == "1")
  }

  @Test func aFullDiskIsSaid() async throws {
    let result = try await run("bash", ["-c", "echo 'version: 2' | '\(Self.lint)' - > /dev/full"])
    #expect(result.status == 2 && result.error.contains("standard output cannot be written"))
  }
}
