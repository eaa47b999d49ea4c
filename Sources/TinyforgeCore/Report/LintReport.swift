/// What one lint run found in one file.
package struct LintReport: Sendable {
  /// What the server would say of the spec.
  package enum Verdict: String, Sendable {
    case ok, invalid
    case noFile = "no_file"
    case error
  }

  /// The path as it was given.
  package var path: String
  /// The bytes of a path that is not UTF-8, of which the text shows those as escapes.
  package var pathBytes: [UInt8]?
  /// The pushed references that hold it, such as `refs/heads/main`; empty outside of a push.
  package var references: [String]
  /// What the server would say of it.
  package var verdict: Verdict
  /// What the server reads.
  package var decoded: DecodedSpec
  /// The text that the findings point into, credentials masked; empty without findings and if nothing was read.
  package var text: SourceText
  /// What `--fix` did to the file before it was checked.
  package var fixed: [SpecFix.Fixed] = []
  /// Why the file could not be read; nil unless the verdict is `error`.
  package var failure: Failure?

  /// Whether warnings count as findings too.
  package var isStrict = false

  /// Whether a finding makes the run end in 1.
  package func counts(_ finding: Finding) -> Bool {
    finding.severity == .error || (isStrict && finding.severity == .warning)
  }

  /// What reports call it: the path, after the reference where one was pushed.
  package var place: String { (references.first.map { "\($0):" } ?? "") + path }

  /// Creates one from its parts.
  package init(
    path: String, references: [String] = [], verdict: Verdict, decoded: DecodedSpec,
    text: SourceText = .empty, failure: Failure? = nil
  ) {
    self.path = path
    self.references = references
    self.verdict = verdict
    self.decoded = decoded
    self.text = text
    self.failure = failure
  }
}
