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
