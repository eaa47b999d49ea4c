internal import TinyforgeCore

/// Reads the dates of HTTP heads.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// The seconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`; nil for any other form.
  static func seconds(_ text: String) -> Int64? {
    let words = text.splitAtScalar(" ", omittingEmpty: true)
    guard words.count == 6, words[5] == "GMT", words[1].count == 2, words[3].count == 4,
      let month = months.firstIndex(of: String(words[2]))
    else { return nil }
    let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    return UTCTime.seconds(ofRFC3339: "\(words[3])-\(number)-\(words[1])T\(words[4])Z")
  }
}
