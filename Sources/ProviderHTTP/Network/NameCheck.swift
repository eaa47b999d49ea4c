import TinyforgeCore
internal import CCurl
internal import Glibc

/// Looks a name up where a proxy would do it out of sight.
enum NameCheck {
  /// Throws unless every address of the host lies in a network that the admin named.
  ///
  /// Only for plain http through a proxy: what leaves the proxy is readable on the way, so the proxy's
  /// own address is not enough to judge.
  static func requireNamed(_ origin: HTTPOrigin, _ policy: NetworkPolicy) throws(HTTPFault) {
    let addresses = resolve(origin.host)
    for address in addresses {
      let verdict = policy.judge(address)
      if verdict != .open(isNamed: true) {
        throw FaultText.refused(AddressRefusal(address: address, verdict: verdict), origin)
      }
    }
    guard !addresses.isEmpty else { throw FaultText.cleartext(origin) }
  }

  /// Whether every address of the host lies in a network that the admin named; false where that
  /// cannot be seen from here.
  static func isNamed(_ origin: HTTPOrigin, _ settings: HTTPSettings) -> Bool {
    guard !settings.policy.named.isEmpty else { return false }
    var addresses = [IPAddress(origin.host)].compactMap(\.self)
    if addresses.isEmpty {
      // Where a proxy is asked, it resolves the name itself, perhaps to another address.
      guard settings.proxies.proxy(for: origin) == nil else { return false }
      addresses = given(for: origin, settings.resolutions) ?? resolve(origin.host)
    }
    return !addresses.isEmpty
      && addresses.allSatisfy { settings.policy.judge($0) == .open(isNamed: true) }
  }

  /// The addresses that `HOST:PORT:ADDRESS[,ADDRESS]` names for the origin; nil where none does.
  private static func given(for origin: HTTPOrigin, _ resolutions: [String]) -> [IPAddress]? {
    let start = "\(origin.host):\(origin.port):"
    guard let entry = resolutions.last(where: { $0.lowercased().startsWithBytes(of: start) }) else {
      return nil
    }
    return entry.dropFirst(start.count).splitAtScalar(",", omittingEmpty: true).compactMap { text in
      IPAddress(String(text.filter { $0 != "[" && $0 != "]" }))
    }
  }

  private static func resolve(_ host: String) -> [IPAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    var found: [IPAddress] = []
    var entry = list
    while let current = entry {
      if let address = current.pointee.ai_addr.flatMap({ IPAddress($0) }) { found.append(address) }
      entry = current.pointee.ai_next
    }
    return found
  }
}
