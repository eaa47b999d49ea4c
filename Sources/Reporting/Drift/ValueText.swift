package import TinyforgeCore

/// A value of the config as people read it, safe to show.
package enum ValueText {
  /// A text without spaces is shown as it is, everything else as JSON; null is what is not set.
  ///
  /// A text that reads like another value, such as "8080", is JSON too: it is not that value.
  package static func shown(_ value: JSONValue, _ phrases: Phrases) -> String {
    switch value {
    case .null: phrases.unset
    case .string(let text) where isPlain(text) && text != phrases.unset: text.shownSafely
    default: JSONWriter.compact(value)
    }
  }

  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && !text.utf8.contains(UInt8(ascii: " "))
      && (try? JSONValue(parsing: Array(text.utf8))) == nil
  }
}
