/// What a merged report lacks of the fleet, so that it is not taken for the whole.
package struct DriftGaps: Sendable, Equatable {
  /// Shards that no report was given for, in ascending order.
  package var missingShards: [Int] = []
  /// How many shards there are; 0 where the reports are not of shards.
  package var shardCount = 0
  /// How many reports could not be read, or were ended early.
  package var unusableReports = 0

  /// Nothing lacks.
  package init() {}

  /// Whether nothing lacks.
  package var isEmpty: Bool { missingShards.isEmpty && unusableReports == 0 }
}
