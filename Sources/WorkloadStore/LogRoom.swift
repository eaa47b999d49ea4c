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

  private let pageSize: Int32
  private let largestStep: Int32
  /// In bytes: as much as SQLite, left alone, lets a log of its usual pages grow before it checkpoints it.
  private static let largestRoom: Int32 = 4 << 20
  /// More than what a sync writes.
  private static let margin: Int32 = 8

  init(_ database: OpaquePointer, pageSize: Int32) {
    self.pageSize = pageSize
    largestStep = max(16, Self.largestRoom / max(pageSize, 1))
    frames = .allocate(capacity: 1)
    frames.initialize(to: 0)
    tinyforge_sqlite_watch_log(database, frames)
  }

  deinit { frames.deallocate() }

  /// How many bytes long the log is to be, where it has too little room for the next transaction.
  mutating func extended() -> Int64? {
    let used = frames.pointee
    // Somebody has checkpointed the log, and may have cut it.
    if used < last { end = 0 }
    last = used
    guard used > 0, used + Self.margin > end else { return nil }
    end = used + Self.margin + step
    step = min(step * 2, largestStep)
    // sqlite.org: a header of 32 bytes, then frames of a header of 24 bytes and a page each.
    return 32 + Int64(end) * (24 + Int64(pageSize))
  }
}
