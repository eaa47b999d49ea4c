import TestSupport
import Testing
import TinyforgeCore

@Suite struct UTCTimeTests {
  static let table: [(Int64, String)] = [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
    (951_782_399, "2000-02-28T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
    (4_107_542_400, "2100-03-01T00:00:00Z"), (-2_203_891_201, "1900-02-28T23:59:59Z"),
    (253_402_300_799, "9999-12-31T23:59:59Z"), (253_402_300_800, "10000-01-01T00:00:00Z"),
    (-62_135_596_800, "0001-01-01T00:00:00Z"), (-62_167_219_201, "-0001-12-31T23:59:59Z"),
  ]

  @Test(arguments: table)
  func formats(_ seconds: Int64, _ text: String) {
    #expect(UTCTime.rfc3339(seconds) == text)
  }

  @Test func takesAnyNumber() {
    #expect(UTCTime.rfc3339(.max).hasSuffix("Z"))
    #expect(UTCTime.rfc3339(.min + 1_000_000_000).hasPrefix("-"))
    #expect(UTCTime.rfc3339(.min).hasPrefix("-"))
  }

  @Test func equalsTheSystemsCalendar() async throws {
    var generator = SystemRandomNumberGenerator()
    let times = (0..<300).map { _ in
      Int64.random(in: -62_135_596_800...253_402_300_799, using: &generator)
    }
    let input = times.map { "@\($0)\n" }.joined()
    let dates = try await mustRun("date", ["-u", "-f", "-", "+%Y-%m-%dT%H:%M:%SZ"], input: input)
    let texts = dates.split(separator: "\n").map { String($0) }
    #expect(times.map { UTCTime.rfc3339($0) } == texts)
    #expect(texts.map { UTCTime.seconds(ofRFC3339: $0) } == times)
  }

  @Test(arguments: [
    "", "2026-01-02", "2026-00-02T03:04:05Z", "2026-13-02T03:04:05Z", "2026-01-02T03:04:05",
    "2026-01-02 03:04:05Z", "2026-01-02T03:04:05Z ", "2026-01-02T03:04:0éZ", "é026-01-02T03:04:05Z",
  ])
  func readsNoOtherForm(_ text: String) {
    #expect(UTCTime.seconds(ofRFC3339: text) == nil)
  }
}
