/// A forge's access token: a secret that no print, interpolation, dump or mirror shows.
///
/// Only what builds a request's header, or searches a text for the token, asks for its bytes.
package struct Token: Sendable, Unprintable {
  /// What is shown in its place.
  package static let mark = TokenScrubber.mark

  private let reveal: @Sendable () -> [UInt8]

  /// Takes the text without white space at its ends; nil where nothing is left, or where a
  /// character is in it that no header can carry.
  package init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, Self.isSpace(first) { bytes.removeFirst() }
    while let last = bytes.last, Self.isSpace(last) { bytes.removeLast() }
    guard !bytes.isEmpty, bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    let kept = Array(bytes)
    reveal = { kept }
  }

  /// The secret itself.
  package var secretBytes: [UInt8] { reveal() }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
