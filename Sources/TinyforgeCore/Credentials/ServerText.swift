/// Text that a server sent.
///
/// It may hold the very token that the server was shown. So nothing prints it: a ``TokenScrubber``
/// alone makes text of it, and everything else only compares it or reads a number from it.
package struct ServerText: Sendable, Unprintable {
  /// What is shown in its place.
  package static let mark = "[server text]"

  fileprivate let reveal: @Sendable () -> [UInt8]

  /// The text of bytes as they came.
  package init(_ bytes: [UInt8]) { reveal = { bytes } }

  /// The text of a string, such as one within JSON.
  package init(_ text: String) { self.init(Array(text.utf8)) }

  /// Whether it holds nothing at all.
  package var isEmpty: Bool { reveal().isEmpty }

  /// Whether it has a property.
  package func satisfies(_ test: (String) -> Bool) -> Bool { test(string) }

  /// The number that `read` finds in it; nil where it finds none.
  package func number(_ read: (String) -> Int64?) -> Int64? { read(string) }

  /// The whole number that it is; nil where it is none.
  package var number: Int64? { number { Int64($0) } }

  /// Whether two texts differ at most in the case of their letters.
  package func isSame(ignoringCase other: ServerText) -> Bool {
    string.lowercased() == other.string.lowercased()
  }

  fileprivate var string: String { String(decoding: reveal(), as: UTF8.self) }
}

extension TokenScrubber {
  /// The text with a mark for each token.
  package func scrub(_ text: ServerText) -> String { scrub(text.string) }

  /// The text for a message: without tokens, at most `limit` characters, unsafe ones escaped.
  ///
  /// Shortened last: a token that was cut through would not be found.
  package func shown(_ text: ServerText, atMost limit: Int) -> String {
    scrub(text).shortened(to: limit).shownSafely
  }

  /// The bytes as they came; nil where a token is among them.
  package func clean(_ text: ServerText) -> [UInt8]? {
    let bytes = text.reveal()
    return finds(in: bytes) ? nil : bytes
  }

  /// The text as it came; nil where a token is in it.
  package func cleanText(_ text: ServerText) -> String? {
    clean(text).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// JSON that a server sent: its strings are ``ServerText``.
package struct ServerJSON: Sendable, Unprintable {
  /// What is shown in its place.
  package static let mark = "[server JSON]"

  private let reveal: @Sendable () -> JSONValue

  private init(_ value: JSONValue) { reveal = { value } }

  /// Reads one value that fills the whole text; nil if that is not JSON.
  package init?(_ text: ServerText) {
    guard let value = try? JSONValue(parsing: text.reveal()) else { return nil }
    self.init(value)
  }

  /// Nothing, as of an answer without a body.
  package static let null = ServerJSON(.null)

  /// The first member of that name; nil where there is none, or if this is not an object.
  package subscript(name: String) -> ServerJSON? { reveal()[name].map { ServerJSON($0) } }

  /// The text of a string; nil for anything else.
  package var text: ServerText? { reveal().text.map { ServerText($0) } }

  /// A number that is whole and fits; nil for anything else.
  package var wholeNumber: Int? { reveal().wholeNumber }

  /// Whether it is `true`.
  package var isTrue: Bool { reveal() == .bool(true) }

  /// Whether it is an object.
  package var isObject: Bool { if case .object = reveal() { true } else { false } }

  /// The items of an array; nil for anything else.
  package var items: [ServerJSON]? {
    guard case .array(let items) = reveal() else { return nil }
    return items.map { ServerJSON($0) }
  }

  /// The values of an object's members, or none.
  package var values: [ServerJSON] {
    guard case .object(let members) = reveal() else { return [] }
    return members.map { ServerJSON($0.value) }
  }
}
