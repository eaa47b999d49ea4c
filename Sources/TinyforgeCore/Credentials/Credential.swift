/// Something in a text that looks like a credential.
///
/// Its text is never shown, only its place.
package struct Credential: Sendable, Equatable {
  /// What it looks like, with an article, such as "a GitHub token".
  package var kind: String
  /// As offsets into the ``SourceText``.
  package var span: Range<Int>
}
