import TestSupport
import Testing
import ServerYAML

/// Compares the reader with the very library that the server uses, over generated inputs.
///
/// `TINYFORGE_FUZZ_COUNT` and `TINYFORGE_FUZZ_SEED` set how many and which.
@Suite(.ownTime, .hangLimit) struct ServerTreeTests {
  private static let batch = 5_000

  @Test func treesAreTheServersTrees() async throws {
    let decoder = try await ServerDecoder()
    let seed = FuzzSetting.seed
    var remaining = FuzzSetting.count(default: Self.batch)
    var differences: [String] = []
    var batch = 0
    while remaining > 0 && differences.isEmpty {
      let count = min(remaining, Self.batch)
      differences += try await compare(count, seed: seed * 1_000_000 + batch, with: decoder)
      remaining -= count
      batch += 1
    }
    for difference in differences.prefix(5) { Issue.record("\(difference)") }
    #expect(differences.count == 0)
  }

  /// Generates inputs and returns those that the two read differently.
  private func compare(_ count: Int, seed: Int, with decoder: ServerDecoder) async throws
    -> [String]
  {
    let specs = try await GeneratedSpecs(seed: seed, count: count)
    let answers = try await decoder.answers("tree", specs.paths)
    try #require(answers.count == count)
    return try zip(specs.paths, answers).compactMap { path, answer in
      try difference(in: try readFile(path), from: String(answer))
    }
  }

  /// What differs, with the input escaped; nil where nothing does.
  private func difference(in bytes: [UInt8], from answer: String) throws -> String? {
    let theirs =
      answer.hasPrefix(#"{"error":"#) || answer.hasPrefix(#"{"panic":"#)
      ? #"{"error"}"# : answer
    let ours = ServerTree.line(for: bytes)
    guard ours != theirs else { return nil }
    if Self.withoutPlacesOfAbsentValues(ours) == Self.withoutPlacesOfAbsentValues(theirs) {
      return nil
    }
    let input = bytes.map { byte in
      switch byte {
      case 0x5C: #"\\"#
      case 0x20...0x7E: String(Unicode.Scalar(byte))
      default: #"\x"# + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }
    }
    return "input: \(input.joined())\nserver: \(answer)\nreader: \(ours)"
  }

  /// Drops the line and column of scalars that nothing is written for.
  ///
  /// Those of a missing value follow, in the server's decoder, from how it attaches comments, and in
  /// `[a: ]` from a pointer into a queue that has moved on. No message of the server shows them.
  private static func withoutPlacesOfAbsentValues(_ line: String) -> String {
    let absent = #""plain","tagged":false,"tag":"ISFudWxs","value":"","anchor":"","#
    let parts = line.split(separator: absent, omittingEmptySubsequences: false)
    return parts.enumerated().map { number, part in
      guard number > 0, let end = part.firstRange(of: #","target""#) else { return part }
      return part[end.lowerBound...]
    }.joined(separator: absent)
  }
}
