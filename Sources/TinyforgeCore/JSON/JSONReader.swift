/// A strict JSON reader that keeps number texts and byte ranges.
struct JSONReader {
  /// Deeper nesting is refused: nothing that Tinyforge stores comes near.
  static let depthLimit = 200

  private(set) var bytes: [UInt8]
  private(set) var position = 0
  var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Puts more of the text in the place of what was read.
  mutating func replaceRead(by more: [UInt8]) {
    bytes.removeFirst(position)
    bytes += more
    position = 0
  }

  static func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// Reads one value that fills the whole text.
  static func value(_ bytes: [UInt8]) throws(JSONFault) -> JSONValue {
    var reader = JSONReader(bytes)
    reader.skipWhiteSpace()
    let value = try reader.readValue()
    try reader.expectEnd()
    return value
  }

  mutating func readTopLevelObject() throws(JSONFault) -> (
    members: [JSONText.Member], bodyStart: Int, closingBrace: Int
  ) {
    skipWhiteSpace()
    guard peek == UInt8(ascii: "{") else { throw notAnObject }
    let bodyStart = position + 1
    let members = try readMembers()
    let closingBrace = position - 1
    try expectEnd()
    return (members, bodyStart, closingBrace)
  }

  /// Said of the whole text, so at its start.
  var notAnObject: JSONFault {
    let problem =
      switch peek {
      case nil: "it is empty"
      case 0xEF where bytes[position...].starts(with: [0xEF, 0xBB, 0xBF]):
        "it begins with a byte order mark, which JSON does not allow"
      default: "it is not a JSON object"
      }
    return JSONFault(problem: problem, offset: 0)
  }

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  func fault(_ problem: String) -> JSONFault {
    JSONFault(problem: problem, offset: position)
  }

  mutating func skipWhiteSpace() {
    while let byte = peek, Self.isWhiteSpace(byte) { position += 1 }
  }

  private mutating func expectEnd() throws(JSONFault) {
    skipWhiteSpace()
    guard position == bytes.count else { throw fault("more text follows the JSON value") }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func readValue() throws(JSONFault) -> JSONValue {
    switch peek {
    case UInt8(ascii: "{"):
      return .object(try readMembers().map { JSONValue.Member($0.name, $0.value) })
    case UInt8(ascii: "["): return .array(try readItems())
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "t"): return try readWord("true", .bool(true))
    case UInt8(ascii: "f"): return try readWord("false", .bool(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    case .some: return try readNumber()
    case .none: throw fault("the text ends where a value is expected")
    }
  }

  private mutating func readWord(_ word: String, _ value: JSONValue) throws(JSONFault) -> JSONValue
  {
    guard bytes[position...].starts(with: word.utf8) else {
      throw fault("this is not a JSON value")
    }
    position += word.utf8.count
    return value
  }

  mutating func enter() throws(JSONFault) {
    depth += 1
    guard depth <= Self.depthLimit else {
      throw fault("it is nested deeper than \(Self.depthLimit) levels")
    }
    position += 1
    skipWhiteSpace()
  }

  private mutating func readItems() throws(JSONFault) -> [JSONValue] {
    try enter()
    defer { depth -= 1 }
    var items: [JSONValue] = []
    if take("]") { return items }
    while true {
      items.append(try readValue())
      skipWhiteSpace()
      if take("]") { return items }
      guard take(",") else { throw fault("a comma or a closing bracket is missing") }
      skipWhiteSpace()
    }
  }

  private mutating func readMembers() throws(JSONFault) -> [JSONText.Member] {
    try enter()
    defer { depth -= 1 }
    var members: [JSONText.Member] = []
    var names = JSONNames()
    if take("}") { return members }
    members.reserveCapacity(8)
    while true {
      let member = try readMember()
      guard names.insert(member.name) else {
        position = member.nameRange.lowerBound
        throw fault("the name \"\(member.name.shownSafely)\" appears twice in one object")
      }
      members.append(member)
      skipWhiteSpace()
      if take("}") { return members }
      guard take(",") else { throw fault("a comma or a closing brace is missing") }
      skipWhiteSpace()
    }
  }

  private mutating func readMember() throws(JSONFault) -> JSONText.Member {
    guard peek == UInt8(ascii: "\"") else { throw fault("a quoted name is missing") }
    let nameStart = position
    let name = try readString()
    let nameRange = nameStart..<position
    skipWhiteSpace()
    guard take(":") else { throw fault("a colon is missing") }
    skipWhiteSpace()
    let valueStart = position
    let value = try readValue()
    return JSONText.Member(
      name: name, value: value, nameRange: nameRange, valueRange: valueStart..<position)
  }

  private mutating func readNumber() throws(JSONFault) -> JSONValue {
    let start = position
    _ = take("-")
    if !take("0") { try readDigits() }
    if take(".") { try readDigits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try readDigits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func readDigits() throws(JSONFault) {
    let start = position
    while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    guard position > start else { throw fault("this is not a JSON value") }
  }
}

// MARK: - Strings

extension JSONReader {
  private mutating func readString() throws(JSONFault) -> String {
    position += 1
    // Nearly all are plain ASCII, which is taken much faster.
    if let end = bytes[position...].firstIndex(where: { !Self.isPlain($0) }),
      bytes[end] == UInt8(ascii: "\"")
    {
      defer { position = end + 1 }
      return String(decoding: bytes[position..<end], as: UTF8.self)
    }
    var text: [UInt8] = []
    var start = position
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        let rest = bytes[start..<position]
        position += 1
        guard let string = String(validating: text + rest, as: UTF8.self) else {
          throw fault("a string is not valid UTF-8")
        }
        return string
      case UInt8(ascii: "\\"):
        text += bytes[start..<position]
        position += 1
        text += try readEscape()
        start = position
      case 0..<0x20: throw fault("a string holds a raw control character")
      default: position += 1
      }
    }
    throw fault("the text ends inside a string")
  }

  /// Whether a byte within a string is an ASCII character that needs no escape and does not end the string.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func readEscape() throws(JSONFault) -> [UInt8] {
    guard let byte = peek else { throw fault("the text ends inside a string") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return try readUnicodeEscape()
    default: throw fault("a string holds an unknown escape")
    }
  }

  /// Half of a surrogate pair alone reads as U+FFFD, as the server's JSON reader takes it.
  private mutating func readUnicodeEscape() throws(JSONFault) -> [UInt8] {
    let first = try readHexUnit()
    if UTF16.isLeadSurrogate(first), bytes[position...].starts(with: "\\u".utf8) {
      let back = position
      position += 2
      let second = try readHexUnit()
      if UTF16.isTrailSurrogate(second) {
        return Array(String(decoding: [first, second], as: UTF16.self).utf8)
      }
      position = back
    }
    return Array(String(decoding: [first], as: UTF16.self).utf8)
  }

  private mutating func readHexUnit() throws(JSONFault) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80
      else { throw fault("a \\u escape needs four hexadecimal digits") }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}

/// The names of one object, compared by code points.
///
/// Swift's own equality of strings takes canonically equivalent names as one.
struct JSONNames {
  private var few: [String] = []
  private var many: Set<[UInt8]> = []

  /// False where the name is in already.
  mutating func insert(_ name: String) -> Bool {
    // A handful of names is the rule, and compared faster than hashed.
    if many.isEmpty, few.count < 32 {
      if few.isEmpty { few.reserveCapacity(8) }
      if few.contains(where: { $0.hasSameBytes(as: name) }) { return false }
      few.append(name)
      return true
    }
    if many.isEmpty { many = Set(few.map { Array($0.utf8) }) }
    return many.insert(Array(name.utf8)).inserted
  }
}
