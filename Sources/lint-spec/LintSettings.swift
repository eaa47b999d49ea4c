import TinyforgeCore

/// How one spec is checked.
struct LintSettings: Sendable {
  var lint = SpecLint.Settings()
  /// Whether warnings count as findings too.
  var isStrict = false
}
