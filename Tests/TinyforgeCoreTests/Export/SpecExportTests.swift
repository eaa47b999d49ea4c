import TestSupport
import Testing
import TinyforgeCore

/// Specs that are made of live configs, and specs that take live values.
struct SpecExportTests {
  private static func live(_ members: String) throws -> LiveConfig {
    try LiveConfig("{\(members)}")
  }

  @Test(
    arguments: [
      (
        #""port":3000,"healthcheck":"/up","deploy_strategy":"blue-green""#, SourceKind.dockerfile,
        "version: 1\ndeploy:\n  port: 3000\n  healthcheck: /up\n  deploy_strategy: blue-green\n"
      ),
      (
        #""port":3000,"healthcheck":"/up","deploy_strategy":"blue-green""#, .staticSite,
        "version: 1\ndeploy:\n  deploy_strategy: blue-green\n"
      ),
      (
        #""port":3.0e3,"healthcheck":"","deploy_strategy":"""#, .dockerfile,
        "version: 1\ndeploy:\n  port: 3000\n  healthcheck: \"\"\n  deploy_strategy: \"\"\n"
      ),
      (
        #""healthcheck":"/#x:\"y\"\\'[é],🚀""#, .dockerfile,
        "version: 1\ndeploy:\n  healthcheck: \"/#x:\\\"y\\\"\\\\'[é],🚀\"\n"
      ),
      (#""port":"3000","deploy_strategy":null"#, .dockerfile, "version: 1\n"),
      ("", .dockerfile, "version: 1\n"),
    ] as [(String, SourceKind, String)])
  func theSpecOfALiveConfig(_ members: String, _ source: SourceKind, _ expected: String) throws {
    let live = try Self.live(members)
    let made = SpecExport.spec(of: live, source: source)
    #expect(made.text == expected)
    try Self.expectInSync(Array(made.text.utf8), live, source)
  }

  /// What no spec may say is left out, and said.
  @Test(arguments: [
    (
      #""healthcheck":"/x?token=ghp_0123456789abcdefghijABCDEFGHIJ012345""#,
      "healthcheck looks like a credential"
    ),
    (#""port":70000"#, "port must be between 1 and 65535"),
    (#""port":"80""#, "port is not a whole number"),
    (#""port":80.5"#, "port is not a whole number"),
    (#""healthcheck":["/a"]"#, "healthcheck is not text"),
    (#""deploy_strategy":"rolling""#, "deploy_strategy must be recreate"),
    (#""healthcheck":"/a\nb""#, "healthcheck must not hold spaces"),
  ])
  func whatIsLeftOutIsSaid(_ members: String, _ note: String) throws {
    let made = SpecExport.spec(of: try Self.live(members), source: .dockerfile)
    #expect(made.text == "version: 1\n" && made.declared.isEmpty)
    #expect(
      made.leftOut.count == 1 && made.leftOut[0].hasPrefix("the live value is left out: \(note)"),
      "\(made.leftOut)")
    #expect(!made.leftOut[0].contains("0123456789"))
  }

  /// Every value that a field takes is read back as it is, whatever characters it has.
  @Test func generatedConfigsAreInSync() throws {
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    for _ in 0..<FuzzSetting.count(default: 3_000) {
      let live = try LiveConfig.random(&random)
      for source in SourceKind.allCases {
        let made = SpecExport.spec(of: live, source: source)
        try Self.expectInSync(Array(made.text.utf8), live, source)
      }
    }
  }

  // MARK: Taking live values

  /// What each spec is after it took port 3000 and healthcheck /new; `REFUSED` and where, if it cannot.
  @Test(arguments: [
    (
      "version: 1\ndeploy:\n  port: 80 # the port\n",
      "version: 1\ndeploy:\n  port: 3000 # the port\n"
    ),
    (
      "version: 1\ndeploy:\n  port:   80\n  healthcheck: '/old' #c\n",
      "version: 1\ndeploy:\n  port:   3000\n  healthcheck: '/new' #c\n"
    ),
    (
      "{version: 1, deploy: {\"port\":80,healthcheck: \"/old\"}}",
      "{version: 1, deploy: {\"port\":3000,healthcheck: \"/new\"}}"
    ),
    ("version: 1\r\ndeploy:\r\n  port: 0x50\r\n", "version: 1\r\ndeploy:\r\n  port: 3000\r\n"),
    (
      "version: 1\ndeploy:\n  healthcheck: | # why\n\n    /old\n    \n\n  # next\n  port: 80\n---\nx: [\n",
      "REFUSED 3:16"
    ),
    (
      "version: 1\ndeploy:\n  healthcheck: |- # why\n    /old\n\n  # next\n  port: 80\n",
      "version: 1\ndeploy:\n  healthcheck: /new # why\n\n  # next\n  port: 3000\n"
    ),
    (
      "version: 1\ndeploy:\n  healthcheck: >-\n    /ol\\\n  port: 80\n",
      "version: 1\ndeploy:\n  healthcheck: /new\n  port: 3000\n"
    ),
    (
      "version: 1\ndeploy:\n  healthcheck: \"/o\\\n    ld\"\n",
      "version: 1\ndeploy:\n  healthcheck: \"/new\"\n"
    ),
    (
      "version: 1\ndeploy:\n  healthcheck: !!binary L29sZA==\n",
      "version: 1\ndeploy:\n  healthcheck: /new\n"
    ),
    ("version: 1\ndeploy:\n  port: !!int \"80\"\n", "version: 1\ndeploy:\n  port: !!int 3000\n"),
    ("version: 1\ndeploy:\n  healthcheck: !!str # c\n    /old\n", "REFUSED 3:16"),
    (
      "~: &p 80\nversion: 1\ndeploy:\n  port: *p\n", "~: &p 80\nversion: 1\ndeploy:\n  port: 3000\n"
    ),
    (
      "version: 1\ndeploy:\n  port: &p 80 # c\n~: *p\n",
      "version: 1\ndeploy:\n  port: &p 3000 # c\n~: *p\n"
    ),
    ("~: &b {port: 80}\nversion: 1\ndeploy:\n  <<: *b\n", "REFUSED 1:14"),
    ("~: &b {port: 80}\nversion: 1\ndeploy: *b\n", "REFUSED 1:14"),
    (
      "version: 1\ndeploy:\n  <<: {port: 80, healthcheck: /old}\n  healthcheck: /x\n",
      "REFUSED 3:14"
    ),
    ("version: 1\ndeploy:\n  ? port\n  : 80\n", "version: 1\ndeploy:\n  ? port\n  : 3000\n"),
    ("\u{FEFF}version: 1\ndeploy: {port: 80}\n", "\u{FEFF}version: 1\ndeploy: {port: 3000}\n"),
    (
      "version: 1\ndeploy:\n  deploy_strategy: recreate # as is\n",
      "version: 1\ndeploy:\n  deploy_strategy: recreate # as is\n"
    ),
    ("version: 1\n", "version: 1\n"), ("version: 2\n", "REFUSED 1:10"), ("a: [\n", "REFUSED 1:4"),
  ])
  func aSpecTakesLiveValues(_ spec: String, _ expected: String) throws {
    let live = try Self.live(#""port":3000,"healthcheck":"/new""#)
    #expect(Self.updated(spec, live, []) == expected)
  }

  /// Fields that are not declared yet.
  @Test(arguments: [
    ("version: 1\n", "version: 1\ndeploy:\n  port: 3000\n"),
    ("version: 1", "version: 1\ndeploy:\n  port: 3000"),
    ("# a\nversion: 1 # b\n\n# end\n", "# a\nversion: 1 # b\ndeploy:\n  port: 3000\n\n# end\n"),
    ("version: 1\ndeploy:\n", "version: 1\ndeploy:\n  port: 3000\n"),
    ("version: 1\ndeploy: # later\n", "version: 1\ndeploy: # later\n  port: 3000\n"),
    ("version: 1\ndeploy: ~\n", "version: 1\ndeploy: {port: 3000}\n"),
    ("version: 1\ndeploy: {}\n", "version: 1\ndeploy: {port: 3000}\n"),
    (
      "version: 1\ndeploy: {healthcheck: /a}\n",
      "version: 1\ndeploy: {port: 3000, healthcheck: /a}\n"
    ),
    ("{version: 1}", "{deploy: {port: 3000}, version: 1}"),
    ("{version: 1, deploy: }", "{version: 1, deploy: {port: 3000} }"),
    (
      "version: 1\ndeploy:\n    healthcheck: /a # c\n# end\n",
      "version: 1\ndeploy:\n    healthcheck: /a # c\n    port: 3000\n# end\n"
    ),
    (
      "version: 1\r\ndeploy:\r\n  healthcheck: |-\r\n    /a\r\n\r\n# end\r\n",
      "version: 1\r\ndeploy:\r\n  healthcheck: |-\r\n    /a\r\n  port: 3000\r\n\r\n# end\r\n"
    ),
    (
      "version: 1\ndeploy:\n  port:\n  healthcheck: /a\n",
      "version: 1\ndeploy:\n  port: 3000\n  healthcheck: /a\n"
    ),
    ("version: 1\ndeploy:\n  port: ~ # c\n", "version: 1\ndeploy:\n  port: 3000 # c\n"),
    (
      "deploy:\n  healthcheck: /a\nversion: 1\n",
      "deploy:\n  healthcheck: /a\n  port: 3000\nversion: 1\n"
    ),
    ("~: &b {healthcheck: /a}\nversion: 1\ndeploy: *b\n", "REFUSED 3:1"),
  ])
  func aSpecTakesANewField(_ spec: String, _ expected: String) throws {
    let live = try Self.live(#""port":3000,"healthcheck":"/a""#)
    #expect(Self.updated(spec, live, [SpecFieldTable.port]) == expected)
  }

  @Test func whatCannotBeSaidIsRefused() throws {
    let spec = Array("version: 1\ndeploy:\n  port: 80\n  healthcheck: /a\n".utf8)
    let lacking = try Self.live("")
    #expect(throws: SpecExport.Refusal.self) {
      try SpecExport.update(spec, from: lacking, source: .dockerfile)
    }
    let secret = try Self.live(
      #""port":80,"healthcheck":"/ghp_0123456789abcdefghijABCDEFGHIJ012345""#)
    let refusal = try #require(throws: SpecExport.Refusal.self) {
      try SpecExport.update(spec, from: secret, source: .dockerfile)
    }
    #expect(refusal.place?.line == 4 && !refusal.message.contains("ghp_"), "\(refusal)")
    #expect(throws: SpecExport.Refusal.self) {
      try SpecExport.update(spec, from: secret, source: .staticSite, adding: [SpecFieldTable.port])
    }
  }

  /// Whatever a spec looks like, what it becomes says what is live and nothing else new, or nothing is written.
  @Test func generatedSpecsTakeGeneratedConfigs() async throws {
    let seed = FuzzSetting.seed
    let count = FuzzSetting.count(default: 3_000)
    let specs = try await GeneratedSpecs(seed: seed, count: count, specs: true)
    var random = SeededGenerator(seed: UInt64(seed))
    var (written, refused) = (0, 0)
    for path in specs.paths {
      // Most strategies and paths that are generated are none to the server.
      let bytes = Self.withGoodValues(try readFile(path))
      guard SpecReading.read(bytes).isValid else { continue }
      let live = try LiveConfig.random(&random)
      let adding = SpecFieldTable.all.filter { _ in Bool.random(using: &random) }
      do {
        let updated = try SpecExport.update(bytes, from: live, source: .dockerfile, adding: adding)
        written += updated.changes.count
        #expect((updated.bytes == bytes) == updated.changes.isEmpty)
        try Self.expectInSync(updated.bytes, live, .dockerfile)
        Self.expectSameComments(bytes, updated.bytes, live)
      } catch is SpecExport.Refusal {
        refused += 1
      }
    }
    print("seed \(seed): \(written) values written, \(refused) specs refused")
    #expect(written > 300)
  }

  // MARK: Helpers

  private static func updated(_ spec: String, _ live: LiveConfig, _ adding: [SpecField]) -> String {
    do throws(SpecExport.Refusal) {
      let updated = try SpecExport.update(
        Array(spec.utf8), from: live, source: .dockerfile, adding: adding)
      return String(decoding: updated.bytes, as: UTF8.self)
    } catch {
      return "REFUSED \(error.place.map { "\($0.line):\($0.column)" } ?? "-")"
    }
  }

  /// lint-spec finds no error, and a sync would change nothing.
  private static func expectInSync(_ bytes: [UInt8], _ live: LiveConfig, _ source: SourceKind)
    throws
  {
    let spec = SpecLint.check(bytes, settings: SpecLint.Settings(source: source)).decoded
    let shown = String(decoding: bytes, as: UTF8.self).shownSafely
    #expect(!spec.findings.contains { $0.severity == .error }, "\(shown) \(spec.findings)")
    #expect(
      SyncPlan(SpecReading.read(bytes, source: source), source: source, live: live).changes.isEmpty,
      "\(shown)")
  }

  /// Every comment of the old text is in the new one.
  private static func expectSameComments(_ old: [UInt8], _ new: [UInt8], _ live: LiveConfig) {
    // A line ends with any of these to the server.
    let breaks: [Unicode.Scalar] = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
    let comments = { (bytes: [UInt8]) in
      String(decoding: bytes, as: UTF8.self).unicodeScalars
        .split(whereSeparator: breaks.contains).filter { $0.first == "#" }.map(String.init)
    }
    #expect(comments(old) == comments(new))
  }

  private static func withGoodValues(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.allSatisfy({ $0 < 0x80 }) else { return bytes }
    var lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    for index in lines.indices {
      if lines[index].hasPrefix("    healthcheck: "), !lines[index].contains("|"),
        !lines[index].contains(">")
      {
        lines[index] =
          index.isMultiple(of: 2) ? "    healthcheck: '/old' # why" : "    healthcheck: &h /old"
      }
      if lines[index].hasPrefix("    deploy_strategy: ") {
        lines[index] = "    deploy_strategy: recreate"
      }
    }
    return Array(lines.joined(separator: "\n").utf8)
  }
}
