internal import Forges
internal import Synchronization
package import TinyforgeCore

/// A forge: where people see it, and where its API is.
package struct Forge: Hashable, Sendable {
  /// Which forge it is.
  package let kind: ForgeKind
  /// The address that people use.
  package let web: BaseURL
  /// What paths of the API are joined to.
  package let api: BaseURL

  /// The forge at an address; nil where the address cannot be one.
  package init?(_ kind: ForgeKind, at web: BaseURL) {
    self.kind = kind
    self.web = web
    let address = web.origin.text + web.path.map { "/" + $0 }.joined()
    guard let api = BaseURL(kind.definition.api.base(address)) else { return nil }
    self.api = api
  }

  /// The forge of a workload, as its config names it.
  package init(_ coordinates: RepositoryCoordinates) throws(HTTPFault) {
    let address = coordinates.baseURL ?? Self.publicAddress(of: coordinates.provider)
    guard let address else {
      throw HTTPFault(
        .unusable, "source_config names no forge: base_url is missing",
        remedy: "save the workload once in Tinyforge's own form")
    }
    guard address.utf8.allSatisfy({ $0 < 0x80 }) else {
      throw HTTPFault(
        .unusable,
        "base_url in source_config has letters beyond ASCII, which no address is sent with",
        remedy: "write an international host name in its ASCII form, which begins with xn--")
    }
    guard let web = BaseURL(address) else {
      // The address may hold a password, so it is not repeated.
      throw HTTPFault(
        .unusable, "base_url in source_config is not the address of a forge",
        remedy: "write it as https://HOST or https://HOST/PATH")
    }
    if let version = web.path.last, web.path.dropLast().last == "api",
      ["v1", "v3", "v4"].contains(version)
    {
      throw HTTPFault(
        .unusable, "base_url in source_config ends in /api/\(version): that is the API's address",
        remedy: "leave /api/\(version) out of it: base_url is the address that people use")
    }
    let word = coordinates.provider
    guard
      let kind = word.map({ ForgeKind(provider: $0) }) ?? ForgeKind(publicHost: web.origin.host),
      let forge = Forge(kind, at: web)
    else {
      let told = word.map { "provider is \"\($0.shownSafely)\"" } ?? "provider is missing"
      throw HTTPFault(
        .unusable, "source_config does not tell what kind of forge it is: \(told)",
        remedy: "use gitea, github or gitlab")
    }
    self = forge
  }

  /// The forge of a workload; an address that many workloads have is read once.
  static func known(_ coordinates: RepositoryCoordinates) throws(HTTPFault) -> Forge {
    let name = Name(
      provider: Array((coordinates.provider ?? "").utf8),
      address: Array((coordinates.baseURL ?? "").utf8))
    if let known = known.withLock({ $0[name] }) { return known }
    let forge = try Forge(coordinates)
    known.withLock { known in
      if known.count < limit { known[name] = forge }
    }
    return forge
  }

  /// What a config says of a forge, to the byte.
  private struct Name: Hashable {
    var provider: [UInt8]
    var address: [UInt8]
  }

  /// More forges than a fleet has.
  private static let limit = 1000

  private static let known = Mutex<[Name: Forge]>([:])

  /// The address of the public forge of a kind; nil if there is none.
  private static func publicAddress(of provider: String?) -> String? {
    provider.flatMap { ForgeKind(provider: $0) }?.defaultHost.map { "https://\($0)" }
  }
}
