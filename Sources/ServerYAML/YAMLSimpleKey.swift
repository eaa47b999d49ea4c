/// A place where a key may have started that no `?` announces.
struct YAMLSimpleKey {
  var isPossible = false
  /// Whether only a key is allowed there.
  var isRequired = false
  /// The number of the token that starts the key.
  var tokenNumber: Int
  var mark: YAMLMark
}
