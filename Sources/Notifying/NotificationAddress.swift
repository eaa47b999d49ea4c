import ProviderHTTP
import RunningProcess
package import TinyforgeCore

/// Where notifications are sent: a secret, since who knows it may write there.
///
/// Of it, no more than scheme, host and port is ever shown.
package struct NotificationAddress: Sendable {
  /// The variable that holds it.
  package static let variable = "TINYFORGE_NOTIFY_URL"

  let url: HTTPURL
  /// The user and the password that it has, for its own origin.
  let authorization: HTTPAuthorization?
  /// What must not be shown, in any part of it.
  private let secrets: [[UInt8]]

  /// Reads a text; nil if it is not an address.
  init?(_ text: String) {
    guard let url = HTTPURL(text), text.startsWithBytes(of: "http") else { return nil }
    self.url = url
    let userinfo = Self.userinfo(of: text)
    var secrets = [Array(url.target.utf8), Array(url.text.utf8), Array(text.utf8)]
    let parts = url.target.utf8.split { "/?&=".utf8.contains($0) }
    secrets += parts.filter { $0.count >= 8 }.map(Array.init)
    guard let userinfo else {
      self.secrets = secrets.filter { $0.count >= 4 }
      authorization = nil
      return
    }
    let bytes = Self.decoded(userinfo)
    secrets += bytes.split(separator: UInt8(ascii: ":"), maxSplits: 1).map(Array.init) + [bytes]
    self.secrets = secrets.filter { $0.count >= 4 }
    guard let token = Token(Self.base64(bytes)) else { return nil }
    authorization = HTTPAuthorization(token, "Authorization: Basic ", for: url.origin)
  }

  /// Scheme, host and port.
  package var shown: String { url.origin.text.shownSafely }

  /// What takes it out of texts.
  func scrubber(_ settings: HTTPSettings) -> TokenScrubber {
    var scrubber = settings.scrubber([authorization?.token].compactMap(\.self))
    for secret in secrets { scrubber.add(secret: secret) }
    return scrubber
  }

  // MARK: Reading

  /// The address of a file, else of the environment.
  package static func read(file: String?) throws(Failure) -> NotificationAddress {
    let place: String
    let text: String
    if let file {
      place = "the file of the notification's address"
      text = String(decoding: try WholeFile.read(file, as: place), as: UTF8.self)
    } else {
      place = variable
      text = Environment.variable(variable) ?? ""
    }
    let lines = text.splitAtScalar("\n").map(trimmed).filter { !$0.isEmpty }
    guard let line = lines.first else {
      throw Failure(
        .usage, file == nil ? "\(variable) is not set" : "\(place) is empty",
        remedy: "write the address of the webhook there, such as https://hooks.example.org/…")
    }
    guard lines.count == 1, let address = NotificationAddress(line) else {
      throw Failure(
        .usage, "\(place) does not hold one address (which is not shown, since it is a secret)",
        remedy:
          "write the address of the webhook there, such as https://hooks.example.org/…, and nothing else"
      )
    }
    return address
  }

  /// The user and the password, as they are written.
  private static func userinfo(of text: String) -> Substring? {
    guard let (_, rest) = text.parted(atFirst: "://"),
      let authority = rest.splitAtScalar("/", maxSplits: 1).first,
      let end = authority.utf8.lastIndex(of: UInt8(ascii: "@"))
    else { return nil }
    return authority[..<end]
  }

  private static func trimmed(_ line: Substring) -> String {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let start = line.utf8.drop(while: isSpace)
    return String(decoding: start.reversed().drop(while: isSpace).reversed(), as: UTF8.self)
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = Array(bytes[start..<min(start + 3, bytes.count)])
      let padded = group + Array(repeating: 0, count: 3 - group.count)
      let number = padded.reduce(0) { $0 << 8 | Int($1) }
      let characters = [18, 12, 6, 0].map { alphabet[number >> $0 & 63] }
      text += characters.prefix(group.count + 1)
      text += Array(repeating: UInt8(ascii: "="), count: 3 - group.count)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func decoded(_ text: Substring) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}
