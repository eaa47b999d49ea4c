package import TinyforgeCore

/// A row that was written.
package struct WrittenRow: Sendable, Equatable {
  /// The number of its audit row; nil where there is none.
  package var event: Int64?
  /// What should be known of the write, in a sentence: an `updated_at` that was left alone.
  package var note: String?
}

/// What became of a write.
package enum WriteOutcome: Sendable {
  /// Everything is written; the rows are in the order of the writes.
  case written([WrittenRow])
  /// A row is another one by now; nothing was written.
  case conflict(Workload)
  /// The row of that id is gone; nothing was written.
  case vanished(String)
  /// A lock's file was removed or replaced, so that it guards nothing; nothing was written.
  case lockLost
}
