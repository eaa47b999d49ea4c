import TestSupport
import Testing
import TinyforgeCore

/// Compares verdicts and values with the server's decoder, on generated and mutated specs.
///
/// `TINYFORGE_FUZZ_COUNT` and `TINYFORGE_FUZZ_SEED` choose how many and which.
@Suite(.ownTime, .hangLimit) struct ServerVerdictTests {
  /// YAML of every kind, and specs that mostly decode; the least share of each that does.
  @Test(arguments: [(specs: false, share: 0.02), (specs: true, share: 0.3)])
  func verdictsAndValuesAreTheServers(specs plausible: Bool, share: Double) async throws {
    let seed = FuzzSetting.seed
    let count = FuzzSetting.count(default: 4_000)
    let specs = try await GeneratedSpecs(seed: seed, count: count, specs: plausible)
    try #require(specs.paths.count == count)
    let comparison = try await compare(specs.paths)
    print("seed \(seed): \(comparison)")
    #expect(comparison.differing.isEmpty)
    // A generator that makes nothing but broken specs would prove little.
    #expect(Double(comparison.decoding) > share * Double(count))
  }

  /// Every input of PyYAML's tests, by itself and as the value of a key that the server knows.
  @Test func yamlTestInputsGetTheServersVerdict() async throws {
    let folder = projectFile(".build/peers/yaml-suite")
    let inputs = try await mustRun("ls", [folder]).split(separator: "\n").map { "\(folder)/\($0)" }
    let scratch = try Scratch()
    let values = try inputs.enumerated().map { index, path in
      let lines = String(decoding: try readFile(path), as: UTF8.self).split(separator: "\n")
      let value = lines.map { "    \($0)\n" }.joined()
      return try scratch.write(
        "\(index).yml", Array("version: 1\ndeploy:\n  healthcheck:\n\(value)".utf8))
    }
    let comparison = try await compare(inputs + values)
    print("PyYAML's test inputs: \(comparison)")
    #expect(comparison.differing.isEmpty)
    #expect(inputs.count > 500 && comparison.decoding > 50)
  }

  /// Our verdicts and values beside the server's.
  private func compare(_ paths: [String]) async throws -> Comparison {
    let answers = try await ServerDecoder().answers("spec", paths)
    try #require(answers.count == paths.count)
    var comparison = Comparison(count: paths.count)
    for (path, answer) in zip(paths, answers) {
      let bytes = try readFile(path)
      let server = try ServerVerdict(answer)
      comparison.decoding += server.decodes ? 1 : 0
      if ServerVerdict(SpecReading.read(bytes)) != server {
        comparison.differing.append(
          "\(String(decoding: bytes.prefix(300), as: UTF8.self).shownSafely) \(answer)")
      }
    }
    return comparison
  }

  private struct Comparison: CustomStringConvertible {
    var count: Int
    var decoding = 0
    var differing: [String] = []

    var description: String {
      (["\(count) inputs, \(decoding) decode, \(differing.count) verdicts differ"]
        + differing.prefix(5)).joined(separator: "\n")
    }
  }
}

/// What a decoder makes of a spec.
struct ServerVerdict: Equatable {
  var decodes: Bool
  var version: Int64 = 0
  var port: Int64?
  var healthcheck: [UInt8]?
  var strategy: [UInt8]?

  /// Our own verdict.
  init(_ spec: DecodedSpec) {
    decodes = spec.decodes
    guard decodes else { return }
    version = spec.version
    for declared in spec.declared {
      switch (declared.field.name, declared.value) {
      case ("port", .integer(let number)): port = number
      case ("healthcheck", .text(let text)): healthcheck = Array(text.utf8)
      case ("deploy_strategy", .text(let text)): strategy = Array(text.utf8)
      default: break
      }
    }
  }

  /// A line of the peer's answer.
  init(_ line: Substring) throws {
    let answer = try JSONText(Array(line.utf8))
    decodes = answer["decodes"] == .bool(true)
    guard decodes else { return }
    version = Self.integer(answer["version"]) ?? 0
    let declared = answer["declared"]
    port = Self.integer(declared?["port"])
    healthcheck = try Self.bytes(declared?["healthcheck_base64"])
    strategy = try Self.bytes(declared?["deploy_strategy_base64"])
  }

  private static func integer(_ value: JSONValue?) -> Int64? {
    guard case .number(let text) = value else { return nil }
    return Int64(text)
  }

  /// The peer's text.
  private static func bytes(_ value: JSONValue?) throws -> [UInt8]? {
    guard let text = value?.text else { return nil }
    var bits = 0
    var count = 0
    var decoded: [UInt8] = []
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    for byte in text.utf8 where byte != UInt8(ascii: "=") {
      bits = bits << 6 | (try #require(alphabet.firstIndex(of: byte)))
      count += 6
      if count >= 8 {
        count -= 8
        decoded.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return decoded
  }
}
