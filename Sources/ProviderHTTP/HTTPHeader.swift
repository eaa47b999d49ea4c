/// One line of a head.
package struct HTTPHeader: Sendable, Equatable {
  /// The header's name.
  package var name: String
  /// The header's value.
  package var value: String

  /// Creates one from its parts.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
