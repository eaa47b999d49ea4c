import TestSupport
import Testing
import TinyforgeCore

/// The JSON Schema beside the verdict on specs.
@Suite(.ownTime, .hangLimit) struct SpecSchemaTests {
  /// Specs that only differ in a value that a schema sees, and lint-spec's word on them.
  ///
  /// A text's last line break, and every kind of white space and control character, are seen the same by whatever
  /// engine matches the pattern.
  private static let texts = [
    "/", "/a", "", "a", "/a b", "/a\\n", "\\n", "/\\u0001", "/a\\t", "/\\x1c", "/\\x7f", "/\\x80",
    "/\\x85", "/\\x9f",
    "/\\xa0", "/\\u1680", "/\\u2000", "/\\u200a", "/\\u200b", "/\\u2028", "/\\u2029", "/\\u202f",
    "/\\u205f", "/\\u3000",
    "/\\ufeff", "/\\ufffd", "/\\u00e9", "/\\U0001f600", "/\\ue000", "//", "/%20",
  ]

  /// Values of each field, good and bad, in every combination.
  private static let combinations: [String] = {
    let versions = ["1", "1.9", "0x1", "2", "\"1\""]
    let ports = ["8080", "0", "010", "65535.5", "65536", "8_080", "~", "\"80\"", "1e3", "yes"]
    let healthchecks = ["/healthz", "\"\"", "''", "~", "healthz", "5", "/a b"]
    let strategies = ["recreate", "blue-green", "\"\"", "rolling", "null", "[]"]
    return versions.flatMap { version in
      ports.flatMap { port in
        healthchecks.flatMap { path in
          strategies.map {
            "version: \(version)\ndeploy:\n  port: \(port)\n  healthcheck: \(path)\n  deploy_strategy: \($0)\n"
          }
        }
      }
    }
  }()

  @Test func schemaAndVerdictAgree() async throws {
    let scratch = try Scratch()
    let seed = FuzzSetting.seed
    let count = FuzzSetting.count(default: 3_000)
    let anything = try await GeneratedSpecs(seed: seed, count: count)
    let plausible = try await GeneratedSpecs(seed: seed, count: count, specs: true)
    let texts = try Self.texts.enumerated().map { index, text in
      try scratch.write(
        "\(index).yml",
        "version: 1\ndeploy: {healthcheck: \"\(text)\", deploy_strategy: \"\(text.dropFirst())\"}\n"
      )
    }
    let combinations = try Self.combinations.enumerated().map { index, text in
      try scratch.write("c\(index).yml", text)
    }
    let words = try await Self.words(
      anything.paths + plausible.paths + texts + combinations, scratch)
    var told: [Substring: Int] = [:]
    for (path, word) in words where word != "untold" {
      told[word, default: 0] += 1
      let bytes = try readFile(path)
      let isValid = SpecReading.read(bytes).isValid
      #expect(
        (word == "taken") == isValid,
        "seed \(seed): \(word), valid \(isValid): \(String(decoding: bytes.prefix(300), as: UTF8.self).shownSafely)"
      )
    }
    // A schema that is asked of nothing would agree.
    print("seed \(seed): \(told)")
    #expect(told["taken", default: 0] > 200 && told["refused", default: 0] > 2_000)
  }

  /// The schema's word on each file.
  private static func words(_ paths: [String], _ scratch: Scratch) async throws -> [(
    String, Substring
  )] {
    let schema = try scratch.write("schema.json", JSONWriter.indented(SpecSchema.document))
    let trees = try await ServerDecoder().answers("tree", paths)
    try #require(trees.count == paths.count)
    let words = try await mustRun(
      "/usr/bin/python3", [projectFile("Tests/Peers/judge-schema.py"), schema],
      input: trees.map { $0 + "\n" }.joined()
    ).split(separator: "\n")
    try #require(words.count == paths.count)
    return Array(zip(paths, words))
  }
}
