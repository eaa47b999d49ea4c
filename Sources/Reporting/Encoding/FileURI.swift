import TinyforgeCore

/// A file's path as a URI reference: relative paths stay relative.
package enum FileURI {
  /// The `file:` address of a path.
  package static func of(_ path: String) -> String {
    of(Array(tidyPath(path).utf8))
  }

  /// The same of a path's bytes, which need not be UTF-8.
  package static func of(_ path: [UInt8]) -> String {
    let encoded = path.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.isASCIIWordCharacter || "-._~/".unicodeScalars.contains(scalar)
      return isPlain ? String(scalar) : "%" + hexadecimal(byte)
    }.joined()
    // Two slashes at the start would name a host.
    return encoded.startsWithBytes(of: "/") ? "file://" + encoded : encoded
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.utf8.count == 1 ? "0" + digits : digits
  }
}
