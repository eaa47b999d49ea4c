import Reporting
import TinyforgeCore

/// What is written in the same way all over the page.
enum PageText {
  /// A time as people read it; other text is shown as it is.
  static func time(_ text: String) -> String {
    guard UTCTime.seconds(ofRFC3339: text) != nil else { return HTMLText.encoded(text) }
    return
      "<time datetime=\"\(text)\">\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC</time>"
  }

  static func code(_ text: String) -> String { "<code>\(HTMLText.encoded(text))</code>" }

  /// The beginning of a commit's id; the title holds the whole.
  static func commit(_ text: String) -> String {
    "<code title=\"\(HTMLText.encoded(text))\">\(HTMLText.encoded(ObjectID.short(text)))</code>"
  }
}
