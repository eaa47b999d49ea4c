/// A spec with its findings.
package struct LintedSpec: Sendable {
  /// What the server reads.
  package var decoded: DecodedSpec
  /// The text that the findings point into, with `*` for every character of a credential.
  package var text: SourceText
  /// Whether the text has a credential that is masked.
  package var isMasked = false
}
