import ServerYAML

/// Quotes untrusted text in messages.
enum Quotation {
  /// At most 40 characters between double quotes, safe to show.
  static func short(_ bytes: [UInt8]) -> String { "\"\(bare(bytes))\"" }

  /// The same without quotes, for messages that set their own.
  static func bare(_ bytes: [UInt8]) -> String {
    let text = String(goText: bytes)
    let short = text.unicodeScalars.count > 40
    let shown =
      short ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(37))) + "…" : text
    return shown.shownSafely
  }
}

extension YAMLError {
  /// What is wrong: lower case, no full stop, safe to show.
  var sentence: String { problem.text(quoting: Quotation.bare) }
}
