import Glibc
import Synchronization

/// Lets the thread that writes (``WriteLine``) go first, between the steps of what runs beside it.
///
/// Linux lets a thread that a disk has just woken wait for its turn, and a commit has two such turns: together
/// they are a quarter of its time. On a busy machine other programs would be given way to as well, each
/// time for longer than a commit takes: so giving way ends once that has cost 50 ms.
enum GiveWay {
  /// What may be lost to others before giving way ends, in nanoseconds; 0 where nobody writes.
  private static let allowance = Atomic<Int64>(0)

  /// For whoever is about to write.
  static func start() { allowance.store(50_000_000, ordering: .relaxed) }

  /// Between two steps; costs next to nothing where nobody writes.
  static func now() {
    guard allowance.load(ordering: .relaxed) > 0 else { return }
    let began = ContinuousClock.now
    sched_yield()
    let lost = (ContinuousClock.now - began).components
    // The writing thread itself is done, or waits for the disk, much sooner.
    guard lost.seconds > 0 || lost.attoseconds > 1_000_000_000_000_000 else { return }
    allowance.subtract(
      lost.seconds * 1_000_000_000 + lost.attoseconds / 1_000_000_000, ordering: .relaxed)
  }
}
