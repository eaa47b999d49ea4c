import TinyforgeCore

/// A forge's address as an admin wrote it: an origin, and a path that the forge may lie under.
package struct BaseURL: Hashable, Sendable {
  /// The scheme, host and port.
  package let origin: HTTPOrigin
  /// The path's segments, not decoded: each may be written into a URL as it is.
  package let path: [String]

  /// Reads `https://host:port/path`; without a scheme it is https.
  ///
  /// A user and a password are left out, neither sent nor shown. Nil for another scheme, a query, a
  /// fragment, and a host that holds what no host's name can.
  package init?(_ text: String) {
    guard let (scheme, rest) = Self.split(text) else { return nil }
    let parts = rest.splitAtScalar("/")
    guard var authority = parts.first else { return nil }
    if let user = authority.utf8.lastIndex(of: UInt8(ascii: "@")) {
      authority = authority[authority.utf8.index(after: user)...]
    }
    guard let (host, port) = Self.hostAndPort(authority), Self.isHost(host) else { return nil }
    let number = port ?? (scheme == "https" ? 443 : 80)
    // A number is checked as the address that it means, however it is written.
    let plain = IPAddress(numericHost: host)?.description ?? host.lowercased()
    origin = HTTPOrigin(scheme: scheme, host: plain, port: number)
    path = parts.dropFirst().filter { !$0.isEmpty }.map(String.init)
    guard path.allSatisfy({ Self.isSegment($0) }) else { return nil }
  }

  private static func split(_ text: String) -> (String, Substring)? {
    guard !text.utf8.contains(where: { "?#\\".utf8.contains($0) }) else { return nil }
    guard let (scheme, rest) = text.parted(atFirst: "://") else { return ("https", text[...]) }
    let name = scheme.lowercased()
    return name == "https" || name == "http" ? (name, rest) : nil
  }

  private static func hostAndPort(_ authority: Substring) -> (String, Int?)? {
    if authority.startsWithBytes(of: "[") {
      guard let close = authority.utf8.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      let host = String(authority[authority.utf8.index(after: authority.startIndex)..<close])
      guard let address = IPAddress(host), !address.isIPv4 else { return nil }
      let rest = authority[authority.utf8.index(after: close)...]
      if rest.utf8.isEmpty { return (host, nil) }
      guard rest.startsWithBytes(of: ":"), let port = number(Substring(rest.utf8.dropFirst()))
      else { return nil }
      return (host, port)
    }
    let parts = authority.splitAtScalar(":")
    guard let host = parts.first, parts.count <= 2 else { return nil }
    guard parts.count == 2, !parts[1].isEmpty else { return (String(host), nil) }
    guard let port = number(parts[1]) else { return nil }
    return (String(host), port)
  }

  private static func number(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(text),
      (1...65_535).contains(port)
    else { return nil }
    return port
  }

  /// ASCII alone: what else a name may be written with is mapped to other letters before it is
  /// resolved, so that it could not be judged.
  private static func isHost(_ host: String) -> Bool {
    if host.utf8.contains(UInt8(ascii: ":")) { return true }
    return !host.isEmpty && host.utf8.allSatisfy { $0.isLetterOrDigit || ".-_".utf8.contains($0) }
  }

  private static func isSegment(_ segment: String) -> Bool {
    PathSegment.isName(segment)
      && segment.utf8.allSatisfy { PercentEncoding.isUnreserved($0) || $0 == UInt8(ascii: "%") }
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
