internal import Glibc
internal import SystemPackage
import TinyforgeCore

/// How many files this process may have open at once.
enum OpenFileLimit {
  /// What everything else needs beside locks: the database, repositories, connections to forges.
  private static let reserve = 256

  /// Makes room for that many locks, as far as the hard limit allows.
  static func makeRoom(for locks: Int) {
    guard let limit = current(), limit.rlim_cur < rlim_t(locks + reserve) else { return }
    _ = set(rlim_t(locks + reserve), limit)
  }

  /// Doubles the soft limit, up to the hard one; returns false where it is reached.
  static func raise() -> Bool {
    guard let limit = current(), limit.rlim_cur < limit.rlim_max else { return false }
    return set(limit.rlim_cur * 2, limit)
  }

  /// The failure of a file that could not be opened because too many are.
  static func failure(_ what: String, _ error: Errno) -> Failure {
    guard error == .tooManyOpenFiles else {
      return Failure(
        .busy, "\(what) cannot be opened: the system has too many open files (fs.file-max)",
        remedy: "try again later, or raise the limit: sysctl fs.file-nr fs.file-max")
    }
    let limit = current().map { "\($0.rlim_max)" } ?? "its limit"
    return Failure(
      .io,
      "\(what) cannot be opened: this process already has \(limit) open files, as many as it may (its hard limit)",
      remedy:
        "raise the limit (ulimit -Hn, or LimitNOFILE= in the systemd unit), or apply fewer workloads at once"
    )
  }

  private static func current() -> rlimit? {
    var limit = rlimit()
    return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? limit : nil
  }

  private static func set(_ wanted: rlim_t, _ limit: rlimit) -> Bool {
    var raised = limit
    raised.rlim_cur = min(wanted, limit.rlim_max)
    return setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0
  }
}
