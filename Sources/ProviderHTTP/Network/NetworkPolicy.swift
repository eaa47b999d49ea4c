/// Which addresses may be connected to.
package struct NetworkPolicy: Sendable {
  /// What becomes of an address.
  package enum Verdict: Sendable, Equatable {
    /// Public, or in a network that the admin named.
    case open(isNamed: Bool)
    /// Not public, and in no named network; the text names what it is, with an article.
    case closed(String)
    /// A cloud's metadata service: never.
    case metadata
  }

  /// The networks that the admin named.
  package let named: [IPNetwork]

  /// Creates one from its parts.
  package init(named: [IPNetwork] = []) { self.named = named }

  /// Judges the address that a connection is about to go to.
  package func judge(_ address: IPAddress) -> Verdict {
    let all = [address] + (address.mappedIPv4.map { [$0] } ?? [])
    let range = SpecialRange.holding(address)
    // A public address may hold any bytes by chance.
    let carried = range == nil ? [] : address.carriedIPv4
    if (all + carried).contains(where: { SpecialRange.metadata.contains($0) }) { return .metadata }
    if named.contains(where: { network in all.contains { network.contains($0) } }) {
      return .open(isNamed: true)
    }
    return range.map { .closed($0.name) } ?? .open(isNamed: false)
  }
}
