/// A declared field whose live value differs.
package struct DriftEntry: Sendable, Equatable {
  /// The field with its declared value.
  package var declared: DeclaredField
  /// The live value as stored; nil where the live config lacks the key, or holds null.
  package var live: JSONValue?

  /// The field.
  package var field: SpecField { declared.field }
  /// The declared value.
  package var repo: FieldValue { declared.value }
}
