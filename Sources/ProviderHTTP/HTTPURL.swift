import TinyforgeCore

/// An address to ask.
package struct HTTPURL: Hashable, Sendable {
  /// The scheme, host and port.
  package let origin: HTTPOrigin
  /// Path and query, encoded, beginning with a slash.
  package let target: String

  /// Joins a path below a base from segments, each of which is encoded whole.
  ///
  /// So a slash within one becomes `%2F`. Values of the query are encoded the same way.
  package init(_ base: BaseURL, _ segments: [String], query: [(String, String)] = []) {
    origin = base.origin
    let path = base.path + segments.map { PercentEncoding.encode($0) }
    let pairs = query.map { "\(PercentEncoding.encode($0.0))=\(PercentEncoding.encode($0.1))" }
    target =
      "/" + path.joined(separator: "/") + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
  }

  /// Takes a whole address, such as the one of a next page; nil where it is none.
  package init?(_ text: String) {
    let place = text.firstIndex { $0 == "?" } ?? text.endIndex
    guard let base = BaseURL(String(text[..<place])) else { return nil }
    let query = text[place...].prefix { $0 != "#" }
    guard query.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    origin = base.origin
    target = "/" + base.path.joined(separator: "/") + query
  }

  /// The address as it is written.
  package var text: String { origin.text + target }
}
