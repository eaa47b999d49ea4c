import GitSpecs
import TinyforgeCore

/// Whether a mirror was fetched lately.
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

  /// Notes in the report when its repository was fetched; a repository without a remote is no
  /// mirror, and never stale.
  func note(_ place: SpecSource, branch: String?, in report: inout WorkloadReport) {
    guard case .repository(let repository) = place,
      let fetched = repository.lastFetch(branch: branch)
    else { return }
    report.fetchedAt = fetched
    guard now - fetched > limit else { return }
    report.isMirrorStale = true
    report.notes.append(
      "the mirror \(repository.folder.shownSafely) was last fetched \(UTCTime.rfc3339(fetched)), "
        + "\(TimeSpanText.words(now - fetched)) ago: what it holds may be out of date")
  }
}
