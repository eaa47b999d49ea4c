import ProviderHTTP
import Testing

@Suite struct ResponseTests {
  typealias Case = (headers: [(String, String)], seconds: Int64?)

  /// `Sun, 06 Nov 1994 08:49:37 GMT` is RFC 9110's own example.
  static let now: Int64 = 784_111_777

  static let pauses: [Case] = [
    ([], nil), ([("Retry-After", "0")], 0), ([("retry-after", "120")], 120),
    ([("Retry-After", "Sun, 06 Nov 1994 08:50:37 GMT")], 60),
    ([("Retry-After", "Sun, 06 Nov 1994 08:00:00 GMT")], 0),
    ([("Retry-After", "-1")], nil), ([("Retry-After", "soon")], nil), ([("Retry-After", "")], nil),
    ([("Retry-After", "9223372036854775807")], 31_622_400),
    ([("Retry-After", "99999999999999999999")], nil),
    ([("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")], 31_622_400),
    ([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "784111787")], 10),
    ([("RateLimit-Remaining", "0"), ("RateLimit-Reset", "784111787")], 10),
    ([("X-RateLimit-Remaining", "1"), ("X-RateLimit-Reset", "784111787")], nil),
    ([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "-9223372036854775808")], 0),
    ([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "9223372036854775807")], 31_622_400),
    ([("X-RateLimit-Remaining", "0")], nil),
  ]

  @Test(arguments: pauses)
  func pauseThatAServerAsksFor(_ one: Case) {
    let headers = one.headers.map { HTTPHeader($0.0, $0.1) }
    let response = HTTPResponse(status: 429, headers: headers, body: [])
    #expect(response.retryAfter(now: Self.now) == one.seconds)
  }
}
