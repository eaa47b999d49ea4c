package import TinyforgeCore

/// What was answered, whatever the status.
package struct HTTPResponse: Sendable {
  package var status: Int
  /// In the order of the answer, the names as they came.
  package var headers: [HTTPHeader]
  /// At most what the request's limit lets in.
  package var body: [UInt8]

  package init(status: Int, headers: [HTTPHeader], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  package var isSuccess: Bool { (200...299).contains(status) }

  /// The first header of that name, in whatever case; nil where there is none.
  package subscript(header name: String) -> String? {
    let wanted = name.lowercased()
    return headers.first { $0.name.lowercased() == wanted }?.value
  }

  /// The body as a JSON object; nil where it is none.
  package var object: JSONText? { try? JSONText(body) }

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
      if let seconds = Int64(text), seconds >= 0 { return seconds }
      if let date = HTTPDate.seconds(text) { return max(0, date - now) }
    }
    let isUsedUp = self[header: "X-RateLimit-Remaining"] == "0"
    guard isUsedUp || self[header: "RateLimit-Remaining"] == "0" else { return nil }
    let reset = self[header: "X-RateLimit-Reset"] ?? self[header: "RateLimit-Reset"]
    return reset.flatMap { Int64($0) }.map { max(now, $0) - now }
  }
}

/// Reads the dates of HTTP heads.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The seconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`; nil for any other form.
  static func seconds(_ text: String) -> Int64? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", words[1].count == 2, words[3].count == 4,
      let month = months.firstIndex(of: String(words[2]))
    else { return nil }
    let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    return UTCTime.seconds(ofRFC3339: "\(words[3])-\(number)-\(words[1])T\(words[4])Z")
  }
}
