import TinyforgeCore

/// A file's path as a URI reference: relative paths stay relative.
package enum FileURI {
  package static func of(_ path: String) -> String {
    let encoded = tidyPath(path).utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.isASCIIWordCharacter || "-._~/".unicodeScalars.contains(scalar)
      return isPlain ? String(scalar) : "%" + hexadecimal(byte)
    }.joined()
    // Two slashes at the start would name a host.
    return encoded.hasPrefix("/") ? "file://" + encoded : encoded
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.utf8.count == 1 ? "0" + digits : digits
  }
}
