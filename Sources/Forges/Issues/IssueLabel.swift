/// A label of an issue.
package struct IssueLabel: Sendable, Equatable {
  /// Its name, as it was asked for.
  package var name: String
  /// Its id, on forges that take no names.
  package var id: Int64?

  /// Creates one from its parts.
  package init(name: String, id: Int64? = nil) {
    self.name = name
    self.id = id
  }
}
