internal import CGit2

/// Whether two ids are of the same object.
func isSame(_ left: git_oid, _ right: git_oid) -> Bool {
  withUnsafeBytes(of: left.id) { left in withUnsafeBytes(of: right.id) { left.elementsEqual($0) } }
}

/// An object's id as git writes it.
func hexadecimal(_ id: git_oid) -> String {
  withUnsafeBytes(of: id.id) { bytes in
    String(unsafeUninitializedCapacity: bytes.count * 2) { digits in
      for (index, byte) in bytes.enumerated() {
        digits[index * 2] = hexadecimalDigit(byte >> 4)
        digits[index * 2 + 1] = hexadecimalDigit(byte & 15)
      }
      return bytes.count * 2
    }
  }
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
