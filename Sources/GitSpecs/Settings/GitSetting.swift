/// One setting of git's configuration.
struct GitSetting: Equatable {
  /// As git compares it: section and key in lower case, a subsection as it is written.
  var name: String
  /// Nil for a key without `=`, which means true.
  var value: String?
}
