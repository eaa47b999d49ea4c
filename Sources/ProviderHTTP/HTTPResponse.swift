package import TinyforgeCore

/// What was answered, whatever the status.
///
/// The words in it are the server's, which may hold the token: each is a ``ServerText``.
package struct HTTPResponse: Sendable {
  /// The status code.
  package let status: Int
  /// In the order of the answer, the names in lower case.
  private let headers: [(name: String, value: ServerText)]
  /// At most what the request's limit lets in.
  package let body: ServerText

  /// Creates an answer; the names of headers are compared without their case.
  package init(status: Int, headers: [HTTPHeader], body: [UInt8]) {
    self.status = status
    self.headers = headers.map { ($0.name.lowercased(), ServerText($0.value)) }
    self.body = ServerText(body)
  }

  /// Whether the status says that it was done.
  package var isSuccess: Bool { (200...299).contains(status) }

  /// The first header of that name, in whatever case; nil where there is none.
  package subscript(header name: String) -> ServerText? {
    let wanted = name.lowercased()
    return headers.first { $0.name.hasSameBytes(as: wanted) }?.value
  }

  /// The body as a JSON object; nil where it is none.
  package var object: ServerJSON? { ServerJSON(body).flatMap { $0.isObject ? $0 : nil } }

  /// Whether a limit on requests is used up, by what GitHub, Gitea and GitLab say.
  package var isLimitUsedUp: Bool {
    ["X-RateLimit-Remaining", "RateLimit-Remaining"].contains { self[header: $0]?.number == 0 }
  }

  /// No server means a longer pause than a year (in seconds).
  private static let longestPause: Int64 = 366 * 86_400

  /// How many seconds the server asks to be left alone; `now` is in seconds since 1970.
  ///
  /// That is `Retry-After`, a span or a date, or what GitHub and GitLab say of a used-up limit. At
  /// most a year, whatever the server writes.
  package func retryAfter(now: Int64) -> Int64? {
    askedPause(now: now).map { min($0, Self.longestPause) }
  }

  private func askedPause(now: Int64) -> Int64? {
    if let text = self[header: "Retry-After"] {
      if let seconds = text.number, seconds >= 0 { return seconds }
      if let date = text.number(HTTPDate.seconds) { return max(0, date - now) }
    }
    guard isLimitUsedUp else { return nil }
    let reset = self[header: "X-RateLimit-Reset"] ?? self[header: "RateLimit-Reset"]
    return reset?.number.map { max(now, $0) - now }
  }
}
