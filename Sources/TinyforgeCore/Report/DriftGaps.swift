/// What a merged report lacks of the fleet, so that it is not taken for the whole.
package struct DriftGaps: Sendable, Equatable {
  /// The shards of one split that no report was given for.
  package struct MissingShards: Sendable, Equatable {
    /// The servers whose workloads were split; none where the runs named none.
    package var servers: [String]
    /// Which shards, in ascending order.
    package var indexes: [Int]
    /// How many shards there are.
    package var count: Int

    /// Creates one from its parts.
    package init(servers: [String], indexes: [Int], count: Int) {
      self.servers = servers
      self.indexes = indexes
      self.count = count
    }
  }

  /// The shards that no report was given for; the splits of several servers are apart.
  package var missing: [MissingShards] = []
  /// How many reports could not be read, or were ended early.
  package var unusableReports = 0

  /// Nothing lacks.
  package init() {}

  /// Whether nothing lacks.
  package var isEmpty: Bool { missing.isEmpty && unusableReports == 0 }
}
