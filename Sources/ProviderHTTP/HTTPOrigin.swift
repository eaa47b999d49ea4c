/// Who answers: scheme, host and port.
///
/// A token belongs to one.
package struct HTTPOrigin: Hashable, Sendable {
  /// `https` or `http`.
  package let scheme: String
  /// In lower case; an IPv4 address as four numbers, an IPv6 address without its brackets.
  package let host: String
  /// The port, the scheme's own one included.
  package let port: Int

  /// Creates one from its parts.
  package init(scheme: String, host: String, port: Int) {
    self.scheme = scheme
    self.host = host
    self.port = port
  }

  /// Whether what is sent there is encrypted.
  package var isEncrypted: Bool { scheme == "https" }

  /// As it is written in a URL, without the scheme's default port.
  package var text: String {
    let shownHost = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    let own = isEncrypted ? 443 : 80
    return "\(scheme)://\(shownHost)" + (port == own ? "" : ":\(port)")
  }
}
