package import TinyforgeCore

/// A form that a history is written in, entry by entry.
package protocol HistoryForm {
  /// What is to be written with the next entry, perhaps nothing yet.
  mutating func add(_ entry: HistoryEntry) -> String
  /// What is to be written after the last one.
  mutating func end(_ ending: HistoryEnding) -> String
}

/// How a history ends.
package struct HistoryEnding {
  /// Whether the database has a log that can tell of syncs.
  let hasLog: Bool
  /// Whether only what was done since a time was asked for.
  let isSince: Bool
  /// Whether a signal ended the run.
  let isInterrupted: Bool

  /// Creates one from its parts.
  package init(hasLog: Bool, isSince: Bool, isInterrupted: Bool) {
    (self.hasLog, self.isSince, self.isInterrupted) = (hasLog, isSince, isInterrupted)
  }
}
