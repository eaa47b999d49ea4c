import TinyforgeCore

/// What a finding is known by from one run to the next, wherever it has moved to in its file.
///
/// Made of the path, the code, the text of the line, and how many findings before it have all that
/// in common; never of a line's number. Credentials are masked in that text already. Of a long line
/// only the beginning counts, so that many findings on it cost no more than on others.
package struct FindingFingerprint {
  /// In scalars.
  private static let longestLine = 500
  private var seen: [String: Int] = [:]

  /// The fingerprint as 32 hexadecimal digits; findings must come in the order of the report.
  mutating func next(_ finding: Finding, path: String, text: SourceText) -> String {
    let line = finding.span.map { text.line(text.position(at: $0.lowerBound).line) } ?? []
    var written = String.UnicodeScalarView()
    written.append(contentsOf: line.prefix(Self.longestLine))
    let identity = "\(path)\0\(finding.code.id)\0\(String(written))"
    // By its bytes: what differs in its normal form alone is another line.
    let key = Self.of(identity)
    let count = seen[key, default: 0]
    seen[key] = count + 1
    let whole = "\(identity)\0\(count)"
    return Self.of(whole)
  }

  /// The fingerprint of a text that says what is meant, and nothing that moves.
  package static func of(_ identity: String) -> String {
    FNV1a.digits(identity) + FNV1a.digits(identity, from: 0x9AE1_6A3B_2F90_404F)
  }
}
