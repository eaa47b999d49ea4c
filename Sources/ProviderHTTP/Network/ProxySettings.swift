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
    exceptions = list.split { $0 == "," || $0 == " " }.map { $0.lowercased() }
  }

  /// The proxy's address as it was written, which may hold a password; nil where none is to be used.
  package func proxy(for origin: HTTPOrigin) -> String? {
    let own = origin.isEncrypted ? https : http
    guard let proxy = own ?? all, !proxy.isEmpty, !isException(origin.host) else { return nil }
    return proxy
  }

  private func isException(_ host: String) -> Bool {
    exceptions.contains { entry in
      if entry == "*" { return true }
      if let address = IPAddress(host) {
        let plain = entry.hasPrefix("[") ? String(entry.dropFirst().dropLast()) : entry
        return IPNetwork(plain)?.contains(address) ?? false
      }
      let name = entry.hasPrefix(".") ? entry.dropFirst() : entry[...]
      return host == name || host.hasSuffix(".\(name)")
    }
  }
}
