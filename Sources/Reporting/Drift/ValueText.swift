import TinyforgeCore

/// A value of the config as people read it, safe to show.
enum ValueText {
  /// A text without spaces stands as it is, everything else as JSON; null is what is not set.
  static func shown(_ value: JSONValue, _ phrases: Phrases) -> String {
    switch value {
    case .null: phrases.unset
    case .string(let text) where !text.isEmpty && !text.contains(" "): text.shownSafely
    default: JSONWriter.compact(value)
    }
  }
}
