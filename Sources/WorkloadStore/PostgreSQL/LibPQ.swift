internal import CPostgres
internal import LazyPostgres
import TinyforgeCore

/// The library underneath: whether it is there, and is new enough.
enum LibPQ {
  /// The first version whose functions send several statements at once.
  private static let oldest: Int32 = 140_000

  /// Loads libpq on the first call, and does nothing on any other.
  static func start() throws(Failure) {
    if let startFailure { throw startFailure }
  }

  private static let startFailure: Failure? = {
    guard tinyforge_postgres_is_loaded() == 1 else {
      return Failure(
        .notFound, "libpq is not installed here; it is needed to reach a PostgreSQL database",
        remedy: "apt-get install libpq5")
    }
    guard PQlibVersion() >= oldest else {
      return Failure(
        .notFound, "libpq is of version \(PQlibVersion() / 10_000) here; 14 or later is needed",
        remedy: "apt-get install libpq5")
    }
    return nil
  }()
}
