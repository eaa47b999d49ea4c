/// What is wrong with bytes that should be text in UTF-8.
package enum TextFault {
  /// A clause on bytes that are not UTF-8.
  package static func sentence(of bytes: [UInt8]) -> String {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return "it begins with a byte order mark of UTF-16, and must be UTF-8"
    }
    let place = firstInvalid(bytes)
    guard place < bytes.count else { return "it is not valid UTF-8" }
    let byte = "0x" + String(bytes[place], radix: 16, uppercase: true)
    return place == 0
      ? "it is not valid UTF-8: it begins with the byte \(byte)"
      : "it is not valid UTF-8: the byte \(byte) after \(place) bytes of text"
  }

  /// The offset of the first byte that no valid text continues with.
  private static func firstInvalid(_ bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var rest = bytes.makeIterator()
    var valid = 0
    while case .scalarValue(let scalar) = decoder.decode(&rest) {
      valid += String(scalar).utf8.count
    }
    return valid
  }
}
