internal import Glibc

/// How many files this process may have open at once.
package enum OpenFileLimit {
  /// Doubles the soft limit, up to the hard one; returns false where it is reached.
  package static func raise() -> Bool {
    guard let limit = current(), limit.soft < limit.hard else { return false }
    return set(limit.soft * 2)
  }

  /// What holds now, and the most that may be set.
  package static func current() -> (soft: UInt, hard: UInt)? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
    return (limit.rlim_cur, limit.rlim_max)
  }

  /// Sets the soft limit, as far as the hard one allows; returns whether it is set.
  package static func set(_ wanted: UInt) -> Bool {
    guard let limit = current() else { return false }
    var raised = rlimit(rlim_cur: min(wanted, limit.hard), rlim_max: limit.hard)
    return setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0
  }
}
