package import ArgumentParser
package import ProviderHTTP
import RunningProcess
package import TinyforgeCore
package import ToolSupport

/// Which networks may be asked, how, and with which tokens.
package struct NetworkOptions: ParsableArguments {
  @Option(
    name: .customLong("allow-network"),
    help: ArgumentHelp(
      "A network that may be asked beside public addresses, without encryption too; may be repeated "
        + "(default: TINYFORGE_ALLOW_NETWORK, separated by commas or spaces).", valueName: "cidr"),
    transform: Self.network)
  package var allowedNetworks: [IPNetwork] = []

  @Option(
    help: ArgumentHelp(
      "A line for each forge: its address, a space, its token. A token alone is for the forge of the "
        + "running pipeline, or for the only forge in a network that --allow-network names (default: "
        + "the same in TINYFORGE_TOKEN, else what the database holds and ENCRYPTION_KEY decrypts).",
      valueName: "file"), completion: .file())
  package var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "Certificates of authorities to trust instead of the system's (default: SSL_CERT_FILE).",
      valueName: "file"), completion: .file())
  package var caFile: String?

  @Option(
    help: ArgumentHelp(
      "Ask this address for that host, as curl's option does; it is judged as any other. May be "
        + "repeated.", valueName: "host:port:address"), transform: Self.resolution)
  package var resolve: [String] = []

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    allowedNetworks = line.values("--allow-network", Self.network)
    tokenFile = line.value("--token-file")
    caFile = line.value("--ca-file")
    resolve = line.values("--resolve", Self.resolution)
  }

  private static func network(_ text: String) throws -> IPNetwork {
    guard let network = IPNetwork(text) else { throw ValidationError(networkHelp(text)) }
    return network
  }

  private static func resolution(_ text: String) throws -> String {
    let parts = text.splitAtScalar(":", maxSplits: 2)
    let isWhole =
      parts.count == 3 && !parts[0].isEmpty
      && Int(parts[1]).map { (1...65_535).contains($0) } == true
      && parts[2].splitAtScalar(",").allSatisfy {
        IPAddress(
          String(
            $0.startsWithBytes(of: "[") && $0.endsWithBytes(of: "]")
              ? $0.dropFirst().dropLast() : $0))
          != nil
      }
    guard isWhole else {
      throw ValidationError(
        "\"\(text.shownSafely)\" does not say which address is asked for a host: write it as "
          + "git.example.org:443:192.168.1.5")
    }
    return text
  }

  private static func networkHelp(_ text: String) -> String {
    "\"\(text.shownSafely)\" is not a network: write an address, or the first address of a network "
      + "and its bits, such as 192.168.1.0/24 or fd00::/8"
  }

  /// How each request is made.
  package func settings() throws(Failure) -> HTTPSettings {
    var settings = HTTPSettings()
    settings.policy = NetworkPolicy(named: try networks())
    settings.proxies = ProxySettings(variable: Environment.variable)
    settings.resolutions = resolve
    settings.certificates = caFile ?? Environment.variable("SSL_CERT_FILE")
    return settings
  }

  private func networks() throws(Failure) -> [IPNetwork] {
    guard allowedNetworks.isEmpty else { return allowedNetworks }
    var networks: [IPNetwork] = []
    let list = Environment.variable("TINYFORGE_ALLOW_NETWORK") ?? ""
    for word in list.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
      guard let network = IPNetwork(String(word)) else {
        throw Failure(
          .usage, Self.networkHelp(String(word)), remedy: "correct TINYFORGE_ALLOW_NETWORK")
      }
      networks.append(network)
    }
    return networks
  }

  /// Warns of a token file that every user can read.
  package func warnOfReadableTokens(_ console: Console) {
    if let secret = ReadableSecret.tokens(tokenFile) { console.warn(secret.warning) }
  }

  /// Where tokens are written down: in the file that was named, else in the environment.
  package var tokens: WrittenTokens { WrittenTokens(file: tokenFile) }
}
