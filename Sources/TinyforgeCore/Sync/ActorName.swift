/// The name of who makes a change, as locks and audit rows hold it.
package enum ActorName {
  private static let limit = 128

  /// A given name in the form that is recorded, which is also the form that is shown.
  ///
  /// Characters that no output shows raw are dropped, what looks like a credential is masked, and the rest ends after
  /// 128 Unicode scalars. Empty where nothing is left.
  package static func recorded(_ given: String) -> String {
    var shown = String.UnicodeScalarView()
    // A credential may not hide in what is cut off, nor be broken up by what is dropped.
    for scalar in given.unicodeScalars where !scalar.isUnsafeToShow { shown.append(scalar) }
    let masked = String(shown).withoutCredentials.unicodeScalars
    let start = masked.drop { $0.properties.isWhitespace }.prefix(limit)
    let end = start.lastIndex { !$0.properties.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }
}
