/// A field that a spec declares, with its value and where it stands.
package struct DeclaredField: Sendable, Equatable {
  /// The field.
  package var field: SpecField
  /// The declared value.
  package var value: FieldValue
  /// The value's place, as offsets into the ``SourceText``.
  package var span: Range<Int>
  /// Whether nothing but the value stands there: no anchor, no tag, no block scalar.
  package var isWrittenAlone: Bool
}
