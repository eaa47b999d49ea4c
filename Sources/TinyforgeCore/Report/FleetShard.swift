/// One part of a fleet that several runners share.
package struct FleetShard: Sendable, Hashable {
  /// From 1 to ``count``.
  package let index: Int
  /// How many there are.
  package let count: Int

  /// The largest number of shards.
  package static let limit = 10_000

  /// Nil unless `1 <= index <= count`.
  package init?(_ index: Int, of count: Int) {
    guard (1...Self.limit).contains(count), (1...count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }

  /// Reads `I/N`.
  package init?(_ text: String) {
    let parts = text.splitAtScalar("/")
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]) else { return nil }
    self.init(index, of: count)
  }

  /// `I/N`.
  package var text: String { "\(index)/\(count)" }

  /// Whether the workload of that id is in this shard: in exactly one of each split.
  ///
  /// The id alone decides, so that runners that see the fleet at different moments agree.
  package func contains(_ id: String) -> Bool {
    Int(Self.hash(id) % UInt64(count)) == index - 1
  }

  /// FNV-1a of 64 bits, its bits mixed once more, since the remainder looks at the low ones.
  private static func hash(_ text: String) -> UInt64 {
    var hash = FNV1a.hash(text)
    hash = (hash ^ (hash >> 32)) &* 0xd6e8_feb8_6659_fd93
    return hash ^ (hash >> 32)
  }
}
