import TinyforgeCore
internal import CCurl

/// A network: an address and how many of its bits all members share.
package struct IPNetwork: Hashable, Sendable, CustomStringConvertible {
  /// The first address.
  package let address: IPAddress
  /// How many bits are the network's.
  package let prefixLength: Int

  /// Reads `ADDRESS/BITS`, or an address for it alone; nil for anything else.
  ///
  /// The bits after the prefix must be zero: `10.1.2.3/8` is more likely a slip than a network.
  package init?(_ text: String) {
    let parts = text.splitAtScalar("/", maxSplits: 1)
    guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
    let bits = 8 * address.bytes.count
    var length = bits
    if parts.count == 2 {
      guard let given = Int(parts[1]), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        given <= bits
      else { return nil }
      length = given
    }
    self.init(address, length)
    guard self.address == address else { return nil }
  }

  /// The network of `address`, bits after the prefix set to zero.
  init(_ address: IPAddress, _ prefixLength: Int) {
    let masked = address.bytes.enumerated().map { index, byte in
      byte & UInt8(truncatingIfNeeded: 0xFF00 >> min(8, max(0, prefixLength - 8 * index)))
    }
    self.address = IPAddress(bytes: masked)
    self.prefixLength = prefixLength
  }

  /// The address as it is written.
  package var description: String { "\(address)/\(prefixLength)" }

  /// Whether the address is one of the network's.
  package func contains(_ other: IPAddress) -> Bool {
    guard other.bytes.count == address.bytes.count else { return false }
    let (whole, rest) = prefixLength.quotientAndRemainder(dividingBy: 8)
    for index in 0..<whole where other.bytes[index] != address.bytes[index] { return false }
    guard rest > 0 else { return true }
    return (other.bytes[whole] ^ address.bytes[whole]) >> (8 - rest) == 0
  }
}
