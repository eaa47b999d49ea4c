package import ArgumentParser
import GitSpecs
package import ProviderHTTP
package import TinyforgeCore
import ToolSupport

extension FetchMode: ExpressibleByArgument {}

/// How forges are asked over HTTP.
package struct FetchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where specs come from: auto (a local repository where there is one, else the forge), "
        + "local or http.", valueName: "auto|local|http"))
  package var fetch: FetchMode = .auto

  @Option(
    name: .customLong("allow-network"),
    help: ArgumentHelp(
      "A network that may be asked beside public addresses, without encryption too; may be repeated "
        + "(default: TINYFORGE_ALLOW_NETWORK, separated by commas or spaces).", valueName: "cidr"),
    transform: Self.network)
  package var allowedNetworks: [IPNetwork] = []

  @Option(
    help: ArgumentHelp(
      "The forge's token, or a line for each forge: its address, a space, its token (default: "
        + "TINYFORGE_TOKEN, else what the database holds and ENCRYPTION_KEY decrypts).",
      valueName: "file"))
  package var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "Certificates of authorities to trust instead of the system's (default: SSL_CERT_FILE).",
      valueName: "file"))
  package var caFile: String?

  @Option(
    help: ArgumentHelp(
      "Ask this address for that host, as curl's option does; it is judged as any other. May be "
        + "repeated.", valueName: "host:port:address"))
  package var resolve: [String] = []

  @Option(
    help: ArgumentHelp(
      "How long all requests of a run may take together, such as 90s or 5m.", valueName: "duration")
  )
  package var fetchTimeout: LockTimeout = LockTimeout(seconds: 300)

  @Flag(help: "Keep no answers of forges on disk, and use none that were kept.")
  package var noCache = false

  package init() {}

  private static func network(_ text: String) throws -> IPNetwork {
    guard let network = IPNetwork(text) else { throw ValidationError(networkHelp(text)) }
    return network
  }

  private static func networkHelp(_ text: String) -> String {
    "\"\(text.shownSafely)\" is no network: write an address, or the first address of a network "
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

  /// The tokens that were written down: in the file that was named, else in the environment.
  package func writtenTokens() throws(Failure) -> [TokenBook.Entry] {
    do {
      if let tokenFile {
        let bytes = try WholeFile.read(tokenFile, as: "the token file")
        return try TokenBook.entries(inFile: String(decoding: bytes, as: UTF8.self))
      }
      guard let text = Environment.variable("TINYFORGE_TOKEN") else { return [] }
      guard let token = Token(text) else {
        throw HTTPFault(.unusable, "TINYFORGE_TOKEN holds characters that no token has")
      }
      return [TokenBook.Entry(origin: nil, token: token)]
    } catch let fault as HTTPFault {
      throw Failure(.usage, fault.message, remedy: fault.remedy)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.usage, "the token cannot be read")
    }
  }

  /// What asks the forges of these workloads; nothing is loaded before the first request.
  package func reader(for workloads: [Workload]) throws(Failure) -> ForgeReader {
    let written = try writtenTokens()
    let needsOrigin = written.contains { $0.origin == nil }
    let key = Environment.variable("ENCRYPTION_KEY").map { EncryptionKey(passphrase: $0) }
    let book = TokenBook(
      entries: written, onlyOrigin: needsOrigin ? Self.onlyOrigin(of: workloads) : nil, key: key)
    return ForgeReader(
      settings: try settings(), tokens: book,
      cache: noCache ? nil : ResponseCache(variable: Environment.variable))
  }

  /// The one forge of all workloads; nil where they are on several.
  ///
  /// A token that names no forge goes there alone: a row of the database must not be able to call
  /// for a token that was meant for another forge.
  private static func onlyOrigin(of workloads: [Workload]) -> HTTPOrigin? {
    var origins: Set<HTTPOrigin> = []
    for workload in workloads {
      guard let coordinates = (try? LiveConfig(workload.sourceConfig))?.coordinates,
        let forge = try? Forge(coordinates)
      else { continue }
      origins.insert(forge.web.origin)
      if origins.count > 1 { return nil }
    }
    return origins.first
  }
}
