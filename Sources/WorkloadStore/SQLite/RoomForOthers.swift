import Glibc

/// Leaves other programs time to write between the transactions of one run.
///
/// SQLite does not queue its writers: each looks for the lock from time to time, 1 to 100 ms apart. So a run that
/// commits without a pause could keep a server out for seconds. Where another process has the database open, the
/// lock is left free for twice as long as it was held.
struct RoomForOthers {
  private let file: String
  private var free = ContinuousClock.now

  /// `database` is its path with all links resolved.
  init(database: String) { file = database + "-shm" }

  /// Waits before a transaction for as long as others are left room.
  func wait() {
    let left = free - ContinuousClock.now
    guard left > .zero, isOpenElsewhere else { return }
    left.sleep()
  }

  /// Notes that a transaction has ended, which had begun at `start`.
  mutating func note(since start: ContinuousClock.Instant) {
    let now = ContinuousClock.now
    // No more than the longest pause between two looks of SQLite.
    free = now + min((now - start) * 2, .milliseconds(100))
  }

  /// Whether another process has the database open; true where that cannot be determined.
  ///
  /// In WAL mode each of them holds a lock on this byte of the shared memory's file (UNIX_SHM_DMS in SQLite's
  /// os_unix.c). Without such a file the database is in another mode, whose readers and writers show only at work.
  private var isOpenElsewhere: Bool {
    guard let descriptor = LastingDescriptor.of(file) else { return true }
    return ByteRange(start: 128, count: 1).isLockedByOthers(descriptor)
  }
}
