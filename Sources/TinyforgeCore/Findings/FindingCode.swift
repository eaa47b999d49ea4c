/// A kind of finding, with everything that is said of it anywhere.
///
/// Each lives beside the code that finds it; ``FindingCatalog`` lists them all. A reference, so that
/// thousands of findings share its texts.
package final class FindingCode: Sendable, Hashable {
  /// Whose word a finding is.
  package enum Kind: String, Sendable {
    /// The server's: it makes the verdict, and nothing turns it off.
    case refusal
    /// Ours: it may be ignored in the spec, turned off, or given another severity.
    case advice
  }

  /// The name that users see and write, such as `unknown-key`.
  package let id: String
  /// Whether it is the server's refusal or advice.
  package let kind: Kind
  /// How severe it is unless configured otherwise.
  package let severity: Severity
  /// One sentence for lists.
  package let summary: String
  /// Paragraphs for `--explain`.
  package let explanation: String
  /// What `--fix` does about it, after the word `--fix`; nil where it leaves it to the author.
  package let fix: String?
  /// A spec that gets this finding, and the same made good.
  package let example: Example

  /// A spec before and after.
  package struct Example: Sendable, Hashable {
    /// A spec with the finding.
    package let bad: String
    /// The same spec without it.
    package let good: String
    /// The option `--source` that the example needs.
    package let source: SourceKind?
    /// The file's name that the example needs.
    package let fileName: String
  }

  /// A word of the server.
  init(
    refusal id: String, _ summary: String, severity: Severity = .error, explanation: String,
    fix: String? = nil, bad: String, good: String
  ) {
    self.id = id
    kind = .refusal
    self.severity = severity
    self.summary = summary
    self.explanation = explanation
    self.fix = fix
    example = Example(bad: bad, good: good, source: nil, fileName: Self.usualName)
  }

  /// A word of ours.
  init(
    advice id: String, _ severity: Severity, _ summary: String, explanation: String,
    fix: String? = nil, bad: String, good: String, source: SourceKind? = nil,
    fileName: String = usualName
  ) {
    self.id = id
    kind = .advice
    self.severity = severity
    self.summary = summary
    self.explanation = explanation
    self.fix = fix
    example = Example(bad: bad, good: good, source: source, fileName: fileName)
  }

  /// What a spec is called where nothing else is set.
  package static let usualName = ".tinyforge.yml"

  /// Whether two codes are the same.
  package static func == (left: FindingCode, right: FindingCode) -> Bool { left.id == right.id }

  /// Hashes the code's id.
  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
