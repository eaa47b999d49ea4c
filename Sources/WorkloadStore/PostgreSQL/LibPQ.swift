internal import LazyPostgres
import TinyforgeCore

/// The library underneath: whether it is there, and is new enough.
enum LibPQ {
  /// Loads libpq on the first call, and does nothing on any other.
  static func start() throws(Failure) {
    if let startFailure { throw startFailure }
  }

  private static let startFailure: Failure? = {
    let version = tinyforge_postgres_version()
    switch version {
    case TINYFORGE_OLDEST_POSTGRES...: return nil
    case 0:
      return Failure(
        .notFound, "libpq is not installed here; it is needed to reach a PostgreSQL database",
        remedy: "apt-get install libpq5, or dnf install libpq")
    case 1:
      return Failure(
        .notFound, "libpq lacks functions here; version 14 or later is needed", remedy: newer)
    default:
      return Failure(
        .notFound, "libpq is of version \(version / 10_000) here; 14 or later is needed",
        remedy: newer)
    }
  }()

  /// Older systems have no newer one of their own.
  private static let newer: Remedy =
    "apt-get install libpq5, or dnf install libpq; where that is older, from https://www.postgresql.org/download"
}
