/// Text as one word of a command line, so that a command that quotes it can be pasted.
///
/// Plain words are left as they are; others are put between single quotes. What would drive a terminal, or mean something to
/// a pipeline's runner, is written as octal bytes between `$'` and `'`, which bash, zsh, ksh and POSIX (2024) read.
package struct ShellWord: Sendable, Equatable, CustomStringConvertible {
  /// The word, quoted where a shell needs it.
  package let description: String

  /// Quotes a text where a shell needs it.
  package init(_ text: String) {
    if !text.isEmpty, text.utf8.allSatisfy(Self.isPlain) {
      description = text
    } else if text.unicodeScalars.contains(where: \.isUnsafeToShow) || Self.mayBeCommand(text) {
      description = "$'" + text.unicodeScalars.map(Self.escaped).joined() + "'"
    } else {
      description = "'" + text.replacingBytes { $0 == UInt8(ascii: "'") ? "'\\''" : nil } + "'"
    }
  }

  /// The word of bytes that may not be UTF-8.
  package init(bytes: [UInt8]) {
    guard String(validating: bytes, as: UTF8.self) == nil else {
      self.init(String(decoding: bytes, as: UTF8.self))
      return
    }
    let escaped = bytes.map { Self.isPlain($0) ? String(Unicode.Scalar($0)) : Self.octal($0) }
    self.init(quoted: "$'" + escaped.joined() + "'")
  }

  private init(quoted: String) { description = quoted }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ":"), UInt8(ascii: "@"):
      true
    default: false
    }
  }

  /// Whether the guard of the output would have to put a space into it.
  private static func mayBeCommand(_ text: String) -> Bool {
    let bytes = text.utf8
    return zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "#") && $1 == $0 }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "'": "\\'"
    case "\\": "\\\\"
    case _ where scalar.isUnsafeToShow || scalar == "[":
      String(scalar).utf8.map(octal).joined()
    default: String(scalar)
    }
  }

  private static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return "\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits
  }
}

/// The text as one word of a shell.
package func shellWord(_ text: String) -> ShellWord { ShellWord(text) }

/// A path as one word of a shell, which no program takes for an option.
package func shellPath(_ path: String) -> ShellWord {
  shellWord(path.startsWithBytes(of: "-") ? "./" + path : path)
}

/// The text as a value in SQL.
package func sqlText(_ text: String) -> String {
  "'" + text.replacingBytes { $0 == UInt8(ascii: "'") ? "''" : nil } + "'"
}
