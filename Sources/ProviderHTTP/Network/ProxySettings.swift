import TinyforgeCore

/// Which proxy a request goes through, as curl and most tools read it from the environment.
package struct ProxySettings: Sendable {
  private let http: String?
  private let https: String?
  private let all: String?
  private let exceptions: [String]

  /// No proxy at all.
  package init() { self.init(variable: { _ in nil }) }

  /// Asks for `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, and for them in upper case.
  ///
  /// `HTTP_PROXY` is not asked for: in a CGI program a caller's header would set it.
  package init(variable: (String) -> String?) {
    http = variable("http_proxy")
    https = variable("https_proxy") ?? variable("HTTPS_PROXY")
    all = variable("all_proxy") ?? variable("ALL_PROXY")
    let list = variable("no_proxy") ?? variable("NO_PROXY") ?? ""
    exceptions = list.splitAtScalars { $0 == "," || $0.isWhitespace }.map {
      Self.plain($0.lowercased())
    }
  }

  /// The proxy's address as it was written, which may hold a password; nil where none is to be used.
  package func proxy(for origin: HTTPOrigin) -> String? {
    let own = origin.isEncrypted ? https : http
    guard let proxy = own ?? all, !proxy.isEmpty, !isException(origin.host) else { return nil }
    return proxy
  }

  /// Makes a scrubber know the users and passwords of all proxies: what answers, the proxy itself above all, may repeat them.
  func teach(_ scrubber: inout TokenScrubber) {
    for proxy in [http, https, all].compactMap(\.self) {
      for secret in ProxyCredentials.secrets(of: proxy) { scrubber.add(secret: secret) }
    }
  }

  /// An entry, or a host, without what makes no difference: dots at its end, a dot or `*.` before it,
  /// the brackets of an IPv6 address.
  private static func plain(_ text: String) -> String {
    if text.startsWithBytes(of: "[") {
      return text.replacingBytes { "[]".utf8.contains($0) ? "" : nil }
    }
    var bytes = Array(text.utf8)[...]
    let dot = UInt8(ascii: ".")
    while bytes.count > 1, bytes.last == dot { bytes.removeLast() }
    if bytes.starts(with: "*.".utf8) { bytes = bytes.dropFirst(2) }
    if bytes.count > 1, bytes.first == dot { bytes = bytes.dropFirst() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// As curl reads the list since its version 7.86.
  private func isException(_ host: String) -> Bool {
    let host = Self.plain(host)
    return exceptions.contains { entry in
      if entry.hasSameBytes(as: "*") { return true }
      if let address = IPAddress(host) { return Self.network(entry)?.contains(address) ?? false }
      return host.hasSameBytes(as: entry) || host.endsWithBytes(of: ".\(entry)")
    }
  }

  /// The network of an entry; other than elsewhere, its address may have bits after the prefix.
  private static func network(_ entry: String) -> IPNetwork? {
    let parts = entry.splitAtScalar("/", maxSplits: 1)
    guard let address = parts.first.flatMap({ IPAddress(String($0)) }) else { return nil }
    let all = 8 * address.bytes.count
    guard parts.count == 2 else { return IPNetwork(address, all) }
    guard let bits = Int(parts[1]), (0...all).contains(bits) else { return nil }
    return IPNetwork(address, bits)
  }
}
