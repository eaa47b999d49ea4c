/// What became of a spec's bytes.
package struct DecodedSpec: Sendable, Equatable {
  /// The server's decoder takes the bytes (gopkg.in/yaml.v3 v3.0.1 with known fields).
  package var decodes: Bool
  /// What the decoder yields, of use only when ``decodes``: 0 where the key is absent or null.
  package var version: Int64
  /// What the decoder yields, in the order of the field table; empty unless ``decodes``.
  package var declared: [DeclaredField]
  /// In the order of the text.
  package var findings: [Finding]

  /// Creates one from its parts.
  package init(
    decodes: Bool, version: Int64, declared: [DeclaredField], findings: [Finding]
  ) {
    self.decodes = decodes
    self.version = version
    self.declared = declared
    self.findings = findings
  }

  /// The server would take the spec and its values: nothing found is a refusal.
  package var isValid: Bool { !findings.contains { $0.code.kind == .refusal } }
}
