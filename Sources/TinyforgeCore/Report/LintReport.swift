/// What one lint run found in one file.
package struct LintReport: Sendable {
  package enum Verdict: String, Sendable {
    case ok, invalid
    case noFile = "no_file"
    case error
  }

  /// The path as it was given.
  package var path: String
  /// The pushed reference that was checked, such as `refs/heads/main`; nil where none was named.
  package var revision: String?
  package var verdict: Verdict
  package var decoded: DecodedSpec
  /// The text that the findings point into; nil where nothing was read.
  package var bytes: [UInt8]?
  /// Why the file could not be looked at; nil unless the verdict is `error`.
  package var failure: Failure?

  package init(
    path: String, revision: String? = nil, verdict: Verdict, decoded: DecodedSpec,
    bytes: [UInt8]?, failure: Failure? = nil
  ) {
    self.path = path
    self.revision = revision
    self.verdict = verdict
    self.decoded = decoded
    self.bytes = bytes
    self.failure = failure
  }
}
