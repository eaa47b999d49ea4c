/// The name of a Tinyforge server, which tells its workloads from those of others.
package enum ServerName {
  /// Whether a text is one: letters and digits of ASCII, `.`, `_` and `-`, at most 64, a letter or a digit first.
  package static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, first.isASCIILetterOrDigit, text.utf8.count <= limit else {
      return false
    }
    return text.utf8.allSatisfy { $0.isASCIILetterOrDigit || "._-".utf8.contains($0) }
  }

  /// What a name may be, in a clause.
  package static let rule =
    "a name has letters, digits, \".\", \"_\" and \"-\", a letter or digit first, and at most \(limit) of them"

  private static let limit = 64

  /// Whether two names are the same, or both are none.
  static func isSame(_ left: String?, _ right: String?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.hasSameBytes(as: right)
  }

  /// Whether a name comes first: none before any, then by their bytes.
  package static func comesBefore(_ left: String?, _ right: String?) -> Bool {
    guard let right else { return false }
    return left.map { $0.utf8.lexicographicallyPrecedes(right.utf8) } ?? true
  }
}
