/// A field that a spec declares, with its value and its place.
package struct DeclaredField: Sendable, Equatable {
  /// The field.
  package var field: SpecField
  /// The declared value.
  package var value: FieldValue
  /// The value's place, as offsets into the ``SourceText``.
  package var span: Range<Int>
  /// Whether the value has no anchor, no tag, and is not a block scalar.
  package var isWrittenAlone: Bool
}
