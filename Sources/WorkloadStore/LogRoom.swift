internal import CSQLite

/// When to give the write-ahead log room ahead, in a connection that writes many transactions.
///
/// A commit that makes the log's file longer waits for the file's new length as well: with room ahead it
/// waits only for what it has written. A single transaction is given none; the next ones are, each time
/// twice as much, up to a bound. The room holds zeros: SQLite reads a log up to the first frame that is
/// none of its own, as after every checkpoint, when the log is written from its start again.
struct LogRoom: ~Copyable {
  /// What the log held at the last commit of this connection; 0 before it, and without a log.
  private let frames: UnsafeMutablePointer<Int32>
  private var last: Int32 = 0
  private var end: Int32 = 0
  private var step: Int32 = 16

  /// As much as SQLite, left alone, lets a log grow before it checkpoints it.
  private static let largestStep: Int32 = 1024
  /// More than what a sync writes.
  private static let margin: Int32 = 8

  init(_ database: OpaquePointer) {
    frames = .allocate(capacity: 1)
    frames.initialize(to: 0)
    tinyforge_sqlite_watch_log(database, frames)
  }

  deinit { frames.deallocate() }

  /// For how many frames the log is to have room, where it has too little for the next transaction.
  mutating func extended() -> Int32? {
    let used = frames.pointee
    // Somebody has checkpointed the log, and may have cut it.
    if used < last { end = 0 }
    last = used
    guard used > 0, used + Self.margin > end else { return nil }
    end = used + Self.margin + step
    step = min(step * 2, Self.largestStep)
    return end
  }
}
