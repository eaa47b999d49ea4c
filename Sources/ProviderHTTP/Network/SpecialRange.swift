/// Addresses that are not simply somewhere on the internet, by IANA's registries of special-purpose
/// addresses (RFC 6890 and what updates it).
struct SpecialRange: Sendable, Equatable {
  var network: IPNetwork
  /// With an article: what a message calls such an address.
  var name: String

  /// The range that an address lies in, the narrowest where several hold it.
  static func holding(_ address: IPAddress) -> SpecialRange? {
    let found = all.filter { $0.network.contains(address) }
      .max { $0.network.prefixLength < $1.network.prefixLength }
    if let found { return found }
    // ISATAP carries an IPv4 address in the lower half, below any prefix (RFC 5214).
    guard !address.isIPv4, [0, 2].contains(address.bytes[8]), address.bytes[9] == 0,
      address.bytes[10] == 0x5E, address.bytes[11] == 0xFE
    else { return nil }
    return SpecialRange(
      network: IPNetwork(address, 128), name: "an ISATAP address, which carries an IPv4 address")
  }

  /// Where clouds give credentials to every process within: refused even if it is allowed.
  static let metadata: Set<IPAddress> = Set(
    [
      "169.254.169.254", "169.254.170.2", "169.254.170.23", "169.254.42.42", "169.254.0.23",
      "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254", "fd00:ec2::23",
      "fd20:ce::254", "fe80::a9fe:a9fe", "fd00:42::42", "fd00:a9fe:a9fe::1",
    ].compactMap { IPAddress($0) })

  static let all: [SpecialRange] = [
    ("0.0.0.0/8", "an unspecified address"),
    ("10.0.0.0/8", "a private address"),
    ("100.64.0.0/10", "an address of a carrier's own network (CGNAT)"),
    ("127.0.0.0/8", "a loopback address"),
    ("169.254.0.0/16", "a link-local address"),
    ("172.16.0.0/12", "a private address"),
    ("192.0.0.0/24", "an address reserved for protocols"),
    ("192.0.2.0/24", "an address for documentation"),
    ("192.31.196.0/24", "an address reserved for protocols"),
    ("192.52.193.0/24", "an address reserved for protocols"),
    ("192.88.99.0/24", "a 6to4 relay's address"),
    ("192.168.0.0/16", "a private address"),
    ("192.175.48.0/24", "an address reserved for protocols"),
    ("198.18.0.0/15", "an address for benchmarks"),
    ("198.51.100.0/24", "an address for documentation"),
    ("203.0.113.0/24", "an address for documentation"),
    ("224.0.0.0/4", "a multicast address"),
    ("240.0.0.0/4", "a reserved address"),
    ("255.255.255.255/32", "the broadcast address"),
    // Nothing but 2000::/3 is given out as global unicast.
    ("::/3", "a reserved address"),
    ("4000::/2", "a reserved address"),
    ("8000::/1", "a reserved address"),
    ("::/96", "an IPv4-compatible address, which carries an IPv4 address"),
    ("::/128", "the unspecified address"),
    ("::1/128", "the loopback address"),
    ("::ffff:0.0.0.0/96", "an IPv4-mapped address, which carries an IPv4 address"),
    ("::ffff:0:0:0/96", "an IPv4-translated address, which carries an IPv4 address"),
    ("64:ff9b::/96", "a NAT64 address, which carries an IPv4 address"),
    ("64:ff9b:1::/48", "a NAT64 address of a local network, which carries an IPv4 address"),
    ("100::/64", "an address that discards everything"),
    ("2001::/23", "an address reserved for protocols"),
    ("2001::/32", "a Teredo address, which carries an IPv4 address"),
    ("2001:db8::/32", "an address for documentation"),
    ("2002::/16", "a 6to4 address, which carries an IPv4 address"),
    ("2620:4f:8000::/48", "an address reserved for protocols"),
    ("3fff::/20", "an address for documentation"),
    ("5f00::/16", "an address of segment routing"),
    ("fc00::/7", "a private address"),
    ("fe80::/10", "a link-local address"),
    ("fec0::/10", "a site-local address"),
    ("ff00::/8", "a multicast address"),
  ].compactMap { text, name in
    IPNetwork(text).map { SpecialRange(network: $0, name: name) }
  }
}
