/// Takes tokens out of texts that somebody else wrote, a forge's error message above all.
///
/// A token is found as it is, percent-encoded in whole or in part, and in base64 (either alphabet) at
/// each of the three places that it can begin at, which covers `user:token` of basic authentication.
package struct TokenScrubber: Sendable {
  /// The text that replaces a token.
  package static let mark = "[token]"

  private var needles: [Needle] = []

  /// A scrubber without tokens leaves every text as it is.
  package init(_ tokens: [Token] = []) {
    for token in tokens { add(token) }
  }

  /// Takes this token out as well.
  package mutating func add(_ token: Token) { add(secret: token.secretBytes) }

  /// Takes another secret out as well, such as the password of a proxy.
  package mutating func add(secret bytes: [UInt8]) {
    let plain = Needle(bytes: bytes, isBase64: false)
    if bytes.isEmpty || needles.contains(plain) { return }
    needles.append(plain)
    needles += Base64Core.all(of: bytes).map { Needle(bytes: $0, isBase64: true) }
  }

  /// The text without any token.
  package func scrub(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let found = spans(in: bytes)
    guard !found.isEmpty else { return text }
    var scrubbed: [UInt8] = []
    var position = 0
    for span in found {
      scrubbed += bytes[position..<span.lowerBound]
      scrubbed += Self.mark.utf8
      position = span.upperBound
    }
    scrubbed += bytes[position...]
    return String(decoding: scrubbed, as: UTF8.self)
  }

  /// The failure without any token.
  package func scrub(_ failure: Failure) -> Failure {
    Failure(
      failure.code, scrub(failure.message), remedy: failure.remedy.map { $0.map { scrub($0) } })
  }

  /// Whether the bytes hold a token in any form.
  package func finds(in bytes: [UInt8]) -> Bool { !spans(in: bytes).isEmpty }

  /// The places of tokens: in order, apart from each other.
  ///
  /// Characters that are shown as nothing do not hide one, wherever they are put into it.
  private func spans(in bytes: [UInt8]) -> [Range<Int>] {
    guard !needles.isEmpty else { return [] }
    guard let visible = VisibleBytes(bytes) else { return spans(inVisible: bytes) }
    return spans(inVisible: visible.bytes).map(visible.original)
  }

  private func spans(inVisible bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    // Measured once: a text may be one run of base64 with a token at each of its places.
    var run = 0..<0
    for start in bytes.indices {
      for needle in needles {
        guard var span = needle.span(in: bytes, from: start) else { continue }
        if needle.isBase64 {
          if !run.contains(start) || span.upperBound > run.upperBound {
            run = Base64Core.run(around: span, in: bytes)
          }
          span = run
        }
        if let last = found.last, span.lowerBound <= last.upperBound {
          found[found.count - 1] =
            min(last.lowerBound, span.lowerBound)..<max(last.upperBound, span.upperBound)
        } else {
          found.append(span)
        }
      }
    }
    return found
  }
}

/// One form of a token to look for.
private struct Needle: Sendable, Equatable {
  let bytes: [UInt8]
  let isBase64: Bool
  private let holdsPercent: Bool

  init(bytes: [UInt8], isBase64: Bool) {
    self.bytes = bytes
    self.isBase64 = isBase64
    holdsPercent = bytes.contains(UInt8(ascii: "%"))
  }

  /// The place of the form that begins at `start`; nil if it does not begin there.
  func span(in text: [UInt8], from start: Int) -> Range<Int>? {
    guard !holdsPercent else {
      return end(of: bytes[...], in: text, from: start).map { start..<$0 }
    }
    var position = start
    for byte in bytes {
      guard
        let next = plainStep(over: byte, in: text, at: position)
          ?? encodedStep(over: byte, in: text, at: position)
      else { return nil }
      position = next
    }
    return start..<position
  }

  /// After the bytes; a `%` among them may be itself, or begin its own encoding.
  private func end(of bytes: ArraySlice<UInt8>, in text: [UInt8], from position: Int) -> Int? {
    guard let byte = bytes.first else { return position }
    return encodedStep(over: byte, in: text, at: position)
      .flatMap { end(of: bytes.dropFirst(), in: text, from: $0) }
      ?? plainStep(over: byte, in: text, at: position)
      .flatMap { end(of: bytes.dropFirst(), in: text, from: $0) }
  }

  /// The position after `byte`, if it is at `position` as itself.
  private func plainStep(over byte: UInt8, in text: [UInt8], at position: Int) -> Int? {
    position < text.count && isSame(text[position], byte) ? position + 1 : nil
  }

  /// The position after `byte`, if it is at `position` percent-encoded.
  private func encodedStep(over byte: UInt8, in text: [UInt8], at position: Int) -> Int? {
    guard position + 2 < text.count, text[position] == UInt8(ascii: "%"),
      let high = hexValue(text[position + 1]), let low = hexValue(text[position + 2]),
      isSame(high << 4 | low, byte)
    else { return nil }
    return position + 3
  }

  private func isSame(_ written: UInt8, _ byte: UInt8) -> Bool {
    written == byte || (isBase64 && Base64Core.standard(written) == byte)
  }

  private func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}

/// The characters of base64 that a secret alone decides, whatever is before and after it.
private enum Base64Core {
  /// Fewer characters than this would be found in texts that hold no secret.
  private static let shortest = 6

  /// One for each place that the secret can begin at within three bytes.
  static func all(of secret: [UInt8]) -> [[UInt8]] {
    (0..<3).map { core(of: secret, offset: $0) }.filter { $0.count >= shortest }
  }

  private static func core(of secret: [UInt8], offset: Int) -> [UInt8] {
    let bits = 8 * secret.count
    // The first sextet that begins within the secret; the bits before it belong to two sides.
    let skipped = (6 - 8 * offset % 6) % 6
    return stride(from: skipped, through: bits - 6, by: 6).map { start in
      var sextet = 0
      for bit in start..<(start + 6) {
        sextet = sextet << 1 | Int(secret[bit / 8] >> (7 - UInt8(bit % 8)) & 1)
      }
      return Base64Alphabet.characters[sextet]
    }
  }

  /// The standard alphabet's character for one of the URL-safe alphabet.
  static func standard(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "-"): UInt8(ascii: "+")
    case UInt8(ascii: "_"): UInt8(ascii: "/")
    default: byte
    }
  }

  /// The whole run that a piece belongs to: it holds the secret's other bits.
  static func run(around piece: Range<Int>, in text: [UInt8]) -> Range<Int> {
    let before = text[..<piece.lowerBound].lastIndex { !isPart($0) }
    let behind = text[piece.upperBound...].firstIndex { !isPart($0) }
    return (before.map { $0 + 1 } ?? 0)..<(behind ?? text.endIndex)
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    Base64Alphabet.value(of: byte) != nil || byte == UInt8(ascii: "=")
  }
}
