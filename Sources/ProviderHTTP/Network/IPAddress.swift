import TinyforgeCore
internal import CCurl
internal import Glibc

/// An IPv4 or IPv6 address.
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  /// In the order of the network: 4 bytes, or 16.
  package let bytes: [UInt8]

  /// Reads the usual text form, IPv6 without brackets and zone; nil for anything else.
  package init?(_ text: String) {
    guard !text.utf8.contains(0) else { return nil }
    for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
      var buffer = [UInt8](repeating: 0, count: count)
      if inet_pton(family, text, &buffer) == 1 {
        bytes = buffer
        return
      }
    }
    return nil
  }

  /// Reads a URL's host that is an IPv4 address in any of the forms that `inet_aton` knows.
  ///
  /// libcurl and most proxies take `127.1`, `0177.0.0.1`, `0x7f000001` and `2130706433` for
  /// `127.0.0.1`, perhaps with a dot after it; nil for a name.
  init?(numericHost host: String) {
    var address = in_addr()
    let number = host.endsWithBytes(of: ".") ? String(host.dropLast()) : host
    guard number.utf8.allSatisfy({ $0 > 0x20 }), inet_aton(number, &address) != 0 else {
      return nil
    }
    bytes = withUnsafeBytes(of: address) { Array($0) }
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The address of a socket; nil for a family that is neither IPv4 nor IPv6.
  init?(_ address: UnsafePointer<sockaddr>) {
    switch Int32(address.pointee.sa_family) {
    case AF_INET:
      bytes = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        withUnsafeBytes(of: $0.pointee.sin_addr) { Array($0) }
      }
    case AF_INET6:
      bytes = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
        withUnsafeBytes(of: $0.pointee.sin6_addr) { Array($0) }
      }
    default: return nil
    }
  }

  /// Whether it is of IPv4.
  package var isIPv4: Bool { bytes.count == 4 }

  /// The address as it is written.
  package var description: String {
    var buffer = [CChar](repeating: 0, count: 64)
    guard inet_ntop(isIPv4 ? AF_INET : AF_INET6, bytes, &buffer, socklen_t(buffer.count)) != nil
    else { return "an address" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The IPv4 address that the system connects to for `::ffff:a.b.c.d`.
  var mappedIPv4: IPAddress? {
    guard bytes.count == 16, bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF,
      bytes[11] == 0xFF
    else { return nil }
    return IPAddress(bytes: Array(bytes[12...]))
  }

  /// Every IPv4 address that the bytes could carry in one of the known forms.
  ///
  /// Mapped, translated, compatible, NAT64 and ISATAP end in it; 6to4 holds it after its prefix;
  /// Teredo holds its server's, and its client's with each bit turned; NAT64 with a network's
  /// own prefix holds it around the ninth byte (RFC 6052).
  var carriedIPv4: [IPAddress] {
    guard bytes.count == 16 else { return [] }
    let places = [
      [12, 13, 14, 15], [2, 3, 4, 5], [4, 5, 6, 7], [6, 7, 9, 10], [7, 9, 10, 11],
      [9, 10, 11, 12], [5, 6, 7, 9],
    ]
    let turned = IPAddress(bytes: bytes[12...].map { ~$0 })
    return places.map { place in IPAddress(bytes: place.map { bytes[$0] }) } + [turned]
  }
}
