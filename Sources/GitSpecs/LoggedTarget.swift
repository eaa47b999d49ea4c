/// What `NAME@{N}` asks for: what a reference held N changes ago.
struct LoggedTarget {
  /// The reference; empty for the branch that `HEAD` names.
  let name: String
  let changes: Int

  /// Nil for what is of another form, such as `NAME@{upstream}`.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.last == UInt8(ascii: "}"),
      let open = bytes.lastIndex(of: UInt8(ascii: "{")), open > 0,
      bytes[open - 1] == UInt8(ascii: "@")
    else { return nil }
    let digits = bytes[(open + 1)...].dropLast()
    // Git takes longer numbers for seconds.
    guard 1...8 ~= digits.count,
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let number = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    name = String(decoding: bytes[..<(open - 1)], as: UTF8.self)
    changes = number
  }
}
