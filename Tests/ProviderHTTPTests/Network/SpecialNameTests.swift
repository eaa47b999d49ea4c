import ProviderHTTP
import TestSupport
import Testing

/// Hosts that are refused by their names: through a proxy their addresses are not seen.
@Suite struct SpecialNameTests {
  static let metadata = [
    "metadata.google.internal", "METADATA.Google.Internal.", "metadata", "metadata..",
    "instance-data", "instance-data.", "instance-data.ec2.internal", "metadata.goog",
    "metadata.c.project-1.internal", "169.254.169.254", "0xa9fea9fe", "[fd00:ec2::254]",
  ]
  static let loopback = [
    "localhost", "LocalHost", "localhost.", "a.localhost", "a.b.localhost.", "ip6-localhost",
    "localhost.localdomain", "127.1", "[::1]",
  ]
  static let plain = ["localhost.example.org", "metadata.example.org", "notlocalhost", "internal"]

  /// The fault of a request through a proxy, and whether the proxy was asked.
  private func ask(_ host: String, _ scheme: String, naming networks: [String]) async throws
    -> (HTTPFault?, Bool)
  {
    try await ForgeServer.run(#"{"forge":"gitea"}"#) { proxy in
      let address = "http://127.0.0.1:\(proxy.port)"
      let client = try ClientTests.client {
        $0.policy = NetworkPolicy(named: networks.compactMap { IPNetwork($0) })
        $0.proxies = ProxySettings { ["https_proxy": address, "http_proxy": address][$0] }
      }
      do {
        let url = try ClientTests.url("\(scheme)://\(host)/x")
        _ = try await client.send(HTTPRequest(.get, url))
        return (nil, try !proxy.log().isEmpty)
      } catch let fault as HTTPFault {
        return (fault, try !proxy.log().isEmpty)
      }
    }
  }

  /// Whatever is named, with and without encryption.
  @Test(arguments: metadata, ["https", "http"])
  func metadataServicesAreNeverAsked(_ host: String, _ scheme: String) async throws {
    let (fault, isAsked) = try await ask(host, scheme, naming: ["0.0.0.0/0", "::/0"])
    #expect(fault?.kind == .refusedAddress && !isAsked, "\(String(describing: fault))")
    #expect(fault?.message.contains("metadata service, which is never asked") == true)
  }

  @Test(arguments: loopback)
  func theMachineItselfIsAskedWhereNamed(_ host: String) async throws {
    // The proxy is at a loopback address too, so this names it and no more.
    let isNamed = host == "127.1"
    let (fault, isAsked) = try await ask(host, "https", naming: ["127.0.0.1/32"])
    if isNamed || host.lowercased().contains("localhost") || host.contains("ip6") {
      #expect(isAsked && fault?.kind == .proxy)
    } else {
      #expect(!isAsked && fault?.kind == .refusedAddress)
    }
  }

  @Test(arguments: plain)
  func otherNamesGoToTheProxy(_ host: String) async throws {
    let (fault, isAsked) = try await ask(host, "https", naming: ["127.0.0.0/8"])
    #expect(isAsked && fault?.kind == .proxy, "\(String(describing: fault))")
  }

  /// Without a proxy too, and without looking the name up.
  @Test(arguments: loopback)
  func loopbackByNameIsClosed(_ host: String) async throws {
    let client = try ClientTests.client { $0.policy = NetworkPolicy() }
    let fault = await #expect(throws: HTTPFault.self) {
      try await client.send(HTTPRequest(.get, try ClientTests.url("https://\(host)/x")))
    }
    #expect(fault?.kind == .refusedAddress && fault?.message.contains("loopback") == true)
  }
}
