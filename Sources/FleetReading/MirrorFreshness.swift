import GitSpecs
import TinyforgeCore

/// Whether a mirror was fetched lately: what `--stale-after` compares.
package struct MirrorFreshness: Sendable {
  /// In seconds.
  private let limit: Int64
  /// Seconds since 1970.
  private let now: Int64

  /// Creates one from its parts.
  package init(limit: Int64, now: Int64) {
    self.limit = limit
    self.now = now
  }

  /// The last fetch of a mirror.
  package struct Fetch: Sendable {
    /// The mirror's folder.
    package let folder: String
    /// Seconds since 1970.
    let time: Int64
    fileprivate let age: Int64
    /// Whether it is longer ago than the limit.
    package let isStale: Bool

    /// The mirror and when it was fetched, as a clause.
    package var clause: String {
      "mirror \(folder.shownSafely) was last fetched \(UTCTime.rfc3339(time)), "
        + "\(TimeSpanText.words(age)) ago"
    }
  }

  /// The last fetch of a repository; nil for one without a remote, which is not a mirror and never stale.
  package func lastFetch(of place: SpecSource, branch: String?) -> Fetch? {
    guard case .repository(let repository) = place,
      let time = repository.lastFetch(branch: branch)
    else { return nil }
    return Fetch(
      folder: repository.folder, time: time, age: now - time, isStale: now - time > limit)
  }

  /// Notes in the report when its repository was fetched.
  func note(_ place: SpecSource, branch: String?, in report: inout WorkloadReport) {
    guard let fetch = lastFetch(of: place, branch: branch) else { return }
    report.fetchedAt = fetch.time
    guard fetch.isStale else { return }
    report.isMirrorStale = true
    report.notes.append("the \(fetch.clause): what it holds may be out of date")
  }
}
