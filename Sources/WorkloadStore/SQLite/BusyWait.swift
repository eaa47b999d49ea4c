internal import CSQLite
import Glibc

/// How a connection waits for another one's lock: up to a limit, and no longer than the run goes on.
final class BusyWait {
  private let limit: Duration
  private let isInterrupted: @Sendable () -> Bool
  private var began = ContinuousClock.now
  /// The last wait ended because the run is to end.
  private(set) var wasInterrupted = false

  /// SQLite's own pauses, in milliseconds; the last one is repeated.
  private static let pauses: [Int64] = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100]

  init(limit: Duration, isInterrupted: @escaping @Sendable () -> Bool) {
    self.limit = limit
    self.isInterrupted = isInterrupted
  }

  /// Lets a connection wait so; it must not outlive this object.
  func install(in handle: OpaquePointer) {
    sqlite3_busy_handler(
      handle,
      { context, count in
        guard let context else { return 0 }
        return Unmanaged<BusyWait>.fromOpaque(context).takeUnretainedValue().pause(count) ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Pauses before the next try; false where there shall be none.
  private func pause(_ count: Int32) -> Bool {
    if count == 0 { began = .now }
    wasInterrupted = isInterrupted()
    let left = limit - (ContinuousClock.now - began)
    guard !wasInterrupted, left > .zero else { return false }
    let pause = min(.milliseconds(Self.pauses[min(Int(count), Self.pauses.count - 1)]), left)
    pause.sleep()
    return true
  }
}
