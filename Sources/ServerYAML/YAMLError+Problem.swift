extension YAMLError {
  /// What is wrong, in words, with pieces of the document in it.
  ///
  /// A piece is kept as its bytes: how text of a document is shown is for the reader of the message to say.
  package struct Problem: Sendable, Hashable, ExpressibleByStringInterpolation {
    fileprivate enum Part: Hashable {
      case words(String)
      case quotation([UInt8])
    }

    private let parts: [Part]

    /// Words alone.
    package init(stringLiteral value: String) { parts = [.words(value)] }

    /// Words with pieces of the document in them.
    package init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    /// The sentence, with each piece of the document as `quote` shows it.
    package func text(quoting quote: ([UInt8]) -> String) -> String {
      parts.map { part in
        switch part {
        case .words(let words): words
        case .quotation(let bytes): quote(bytes)
        }
      }.joined()
    }

    /// The pieces of a problem while it is written.
    package struct StringInterpolation: StringInterpolationProtocol {
      fileprivate var parts: [Part] = []

      /// Starts an empty one.
      package init(literalCapacity: Int, interpolationCount: Int) {}

      /// Appends words.
      package mutating func appendLiteral(_ literal: String) {
        // Neighbouring words are one part, so that equal sentences are equal.
        guard case .words(let words)? = parts.last else { return parts.append(.words(literal)) }
        parts[parts.count - 1] = .words(words + literal)
      }

      /// Appends words of the reader's own, such as a tag that it knows.
      package mutating func appendInterpolation(_ words: String) { appendLiteral(words) }

      /// Appends a piece of the document.
      package mutating func appendInterpolation(_ bytes: [UInt8]) {
        parts.append(.quotation(bytes))
      }
    }
  }
}
