import TinyforgeCore

/// How the ids of a database are written as text, so that no two of them are written alike.
///
/// SQLite keeps the text `b`, the BLOB `x'62'`, the number 1 and the text `1` apart, also in one column, and
/// so does this: text and numbers are written as they are, everything else, and text that reads like something else,
/// is its SQL literal.
struct WorkloadIDForm {
  /// The column can hold numbers, so that text that reads like one is quoted.
  private let canHoldNumbers: Bool
  /// The column turns text that reads like a number into that number.
  private let turnsTextIntoNumbers: Bool

  /// `type` is the column's declared type.
  init(type: String) {
    // sqlite.org, "Determination Of Column Affinity": INT is looked for first, and only text affinity turns
    // every number into text.
    let type = type.uppercased()
    let isText = ["CHAR", "CLOB", "TEXT"].contains { type.utf8.contains($0.utf8) }
    canHoldNumbers = !isText || type.utf8.contains("INT".utf8)
    // A column without a type keeps what it is given, and so does ANY in a strict table.
    turnsTextIntoNumbers =
      canHoldNumbers && !["", "ANY"].contains(type) && !type.utf8.contains("BLOB".utf8)
  }

  /// The id as text.
  func text(of value: SQLiteStatement.Value) -> String {
    switch value {
    case .null, .integer, .blob: return value.literal
    case .real(let number): return "\(number)"
    case .text:
      guard let text = value.validText, !isReserved(text) else { return value.literal }
      return text
    }
  }

  /// The id that another table's column refers to, whose type may be another.
  func text(ofReference value: SQLiteStatement.Value) -> String {
    guard turnsTextIntoNumbers, let text = value.validText, Self.readsLikeNumber(text) else {
      return self.text(of: value)
    }
    return self.text(of: self.value(of: text))
  }

  /// The id that a text means: what ``text(of:)`` makes of it is the text again, where it is any id's.
  func value(of text: String) -> SQLiteStatement.Value {
    if text == "NULL" { return .null }
    if let bytes = Self.bytes(text, between: "x'", and: "'") { return .blob(bytes) }
    let cast = (SQLiteStatement.Value.castPrefix, SQLiteStatement.Value.castSuffix)
    if let bytes = Self.bytes(text, between: cast.0, and: cast.1) {
      return .text(bytes)
    }
    if text.utf8.count >= 2, text.startsWithBytes(of: "'"), text.endsWithBytes(of: "'") {
      return .text(Self.undoubled(text.utf8.dropFirst().dropLast()))
    }
    if canHoldNumbers {
      if let number = Int64(text) { return .integer(number) }
      if Self.readsLikeNumber(text), let number = Double(text) { return .real(number) }
    }
    return .string(text)
  }

  /// Whether a text reads like an id of another kind.
  private func isReserved(_ text: String) -> Bool {
    switch text.utf8.first {
    case UInt8(ascii: "x"): text.startsWithBytes(of: "x'")
    case UInt8(ascii: "'"): true
    case UInt8(ascii: "N"): text == "NULL"
    case UInt8(ascii: "C"): text.startsWithBytes(of: SQLiteStatement.Value.castPrefix)
    default: canHoldNumbers && Self.readsLikeNumber(text)
    }
  }

  private static func readsLikeNumber(_ text: String) -> Bool {
    // Letters alone, as in `nan`, are not a number of SQLite's; only infinity is written with some.
    let isNumberStart = text.utf8.first.map { Array("0123456789+-.".utf8).contains($0) } ?? false
    return text == "inf" || (isNumberStart && Double(text) != nil)
  }

  private static func undoubled(_ quoted: some Collection<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var isSecond = false
    for byte in quoted {
      isSecond = byte == UInt8(ascii: "'") && !isSecond
      if !isSecond { bytes.append(byte) }
    }
    return bytes
  }

  /// The bytes of the hexadecimal digits between two texts; nil where it is not of that form.
  private static func bytes(_ text: String, between prefix: String, and suffix: String) -> [UInt8]?
  {
    guard text.startsWithBytes(of: prefix), text.endsWithBytes(of: suffix),
      text.utf8.count >= prefix.utf8.count + suffix.utf8.count
    else { return nil }
    let digits = Array(text.utf8.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count))
    guard digits.count.isMultiple(of: 2) else { return nil }
    let bytes = stride(from: 0, to: digits.count, by: 2).map {
      UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
    }
    return bytes.contains(nil) ? nil : bytes.compactMap(\.self)
  }
}
