package import TinyforgeCore

/// How requests are made.
package struct HTTPSettings: Sendable {
  /// The time for one request, its retries included.
  package var requestTimeout: Duration = .seconds(10)
  /// The networks that may be reached.
  package var policy = NetworkPolicy()
  /// The proxies that are used.
  package var proxies = ProxySettings()
  /// `HOST:PORT:ADDRESS`: addresses to use instead of asking the resolver, judged as any other.
  package var resolutions: [String] = []
  /// A file of certificates to trust instead of the system's.
  package var certificates: String?

  /// Creates one with its defaults.
  package init() {}

  /// A scrubber that knows tokens, and the credentials of the proxies.
  package func scrubber(_ tokens: [Token]) -> TokenScrubber {
    var scrubber = TokenScrubber(tokens)
    proxies.teach(&scrubber)
    return scrubber
  }
}
