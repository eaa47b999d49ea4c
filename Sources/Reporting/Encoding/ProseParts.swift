import TinyforgeCore

/// A message of the tools, taken apart into words and code, for sinks that can show code.
///
/// What is code: what is between backticks, and a field that the message begins with (`port must be ...`).
package enum ProseParts {
  /// A part of a message.
  package enum Part: Sendable, Equatable {
    case words(String)
    case code(String)
  }

  /// The parts; `isQuoteCode` makes code of what is in double quotes too.
  package static func parts(of text: String, isQuoteCode: Bool = false) -> [Part] {
    var parts: [Part] = []
    var rest = text.unicodeScalars[...]
    if let field = leadingField(of: rest) {
      parts.append(.code(field))
      rest = rest.dropFirst(field.unicodeScalars.count)
    }
    var words = String.UnicodeScalarView()
    while let scalar = rest.first {
      let isQuote = scalar == "`" || (isQuoteCode && scalar == "\"")
      if isQuote, isOpening(after: words.last), let end = end(of: scalar, in: rest) {
        if !words.isEmpty { parts.append(.words(String(words))) }
        words = String.UnicodeScalarView()
        parts.append(.code(String(rest[rest.index(after: rest.startIndex)..<end])))
        rest = rest[rest.index(after: end)...]
      } else {
        words.append(scalar)
        rest.removeFirst()
      }
    }
    return words.isEmpty ? parts : parts + [.words(String(words))]
  }

  private static func isOpening(after scalar: Unicode.Scalar?) -> Bool {
    scalar.map { $0 == " " || $0 == "(" } ?? true
  }

  /// Where the quote that `text` begins with is closed; nil where it holds nothing, or goes on in another word.
  private static func end(of quote: Unicode.Scalar, in text: Substring.UnicodeScalarView)
    -> Substring.UnicodeScalarView.Index?
  {
    let start = text.index(after: text.startIndex)
    guard let end = text[start...].firstIndex(of: quote), end > start else { return nil }
    let next = text[text.index(after: end)...].first
    return next.map { " ,;:.?)".unicodeScalars.contains($0) } ?? true ? end : nil
  }

  private static let fields = SpecFieldTable.all.map(\.name) + ["version", "deploy"]

  private static func leadingField(of text: Substring.UnicodeScalarView) -> String? {
    let word = String(text.prefix { ("a"..."z").contains($0) || $0 == "_" })
    guard fields.contains(word) else { return nil }
    let next = text.dropFirst(word.unicodeScalars.count).first
    return next == " " || next == ":" ? word : nil
  }
}
