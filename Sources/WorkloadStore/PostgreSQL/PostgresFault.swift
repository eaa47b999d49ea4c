import TinyforgeCore

/// Why the server, or the way to it, did not do what was asked.
///
/// An error's detail and context are left out on purpose: PostgreSQL repeats whole rows there, with the secrets in them.
struct PostgresFault: Error {
  /// What the fault means for what was asked.
  enum Kind {
    /// The server refused the statement; the code is its SQLSTATE.
    case refused(state: String)
    /// No connection could be made.
    case unreachable
    /// The connection broke: what was sent last may have been done, or not.
    case lost
    /// The run is to end.
    case interrupted
  }

  var kind: Kind
  /// The server's or libpq's sentence, without any password.
  var words: String
  /// What was asked for.
  var operation: String
  /// The number of the statement among those that were sent together.
  var statement = 0

  /// The SQLSTATE; empty where there is none.
  var state: String {
    guard case .refused(let state) = kind else { return "" }
    return state
  }

  /// The transaction was undone because of others, and may get through if it is run again.
  ///
  /// postgresql.org: "Serialization Failure Handling": 40001, and 40P01 for a deadlock.
  var isWorthAnotherTry: Bool { ["40001", "40P01"].contains(state) }

  /// A lock was not free in time.
  var isLockTimeout: Bool { state == "55P03" }

  var isLost: Bool {
    if case .lost = kind { return true }
    return false
  }

  /// The fault as a failure; nothing of the operation was done.
  func failure(_ address: PostgresAddress) -> Failure {
    switch kind {
    case .interrupted: .interrupted
    case .unreachable: unreachable(address)
    case .lost:
      Failure(
        .network,
        "the connection to the database \(address.name.shownSafely) was lost (to \(operation))\(shownWords)",
        remedy: "check that the server runs, and try again: \(address.psql)")
    case .refused(let state): refused(state, address)
    }
  }

  private var shownWords: String { words.isEmpty ? "" : ": \(words.shownSafely)" }

  private func unreachable(_ address: PostgresAddress) -> Failure {
    let isBusy = ["starting up", "shutting down", "recovery mode", "too many", "connection slots"]
      .contains { words.utf8.contains($0.utf8) }
    return Failure(
      isBusy ? .busy : .network,
      "cannot connect to the database \(address.name.shownSafely)\(shownWords)",
      remedy: isBusy
        ? "try again later" : "check the address, the user and the password with: \(address.psql)")
  }

  private func refused(_ state: String, _ address: PostgresAddress) -> Failure {
    let what = "the database \(address.name.shownSafely)"
    switch state {
    case "57014":
      return Failure(
        .busy, "\(what) is busy (to \(operation))\(shownWords)",
        remedy: "try again later, or raise statement_timeout of the role")
    case "25P03", "25P04":
      return Failure(
        .database,
        "\(what) ended a transaction that took too long (to \(operation)); nothing was changed",
        remedy:
          "raise idle_in_transaction_session_timeout and transaction_timeout of the role: reading a spec over HTTP may "
          + "take a minute")
    case "55P03", "40001", "40P01", "53300", "57P03":
      return Failure(
        .busy, "\(what) is busy (to \(operation))\(shownWords)", remedy: "try again later")
    case "42501":
      return Failure(
        .denied, "\(what) denies its user what is needed to \(operation)\(shownWords)",
        remedy: "grant what docs/postgres.md lists, as the owner of the tables")
    case "25006":
      return Failure(
        .denied, "\(what) is read-only for this connection (to \(operation))",
        remedy:
          "name the primary server, or several with target_session_attrs=read-write in the address, and see that "
          + "default_transaction_read_only of the role is off")
    case "22021", "22P05":
      return Failure(
        .database, "\(what) refused to \(operation)\(shownWords) (SQLSTATE \(state))",
        remedy: "keep the tables in a database with ENCODING 'UTF8', and U+0000 out of their texts")
    case "53100":
      return Failure(
        .io, "the disk of \(what) is full (to \(operation)); nothing was changed",
        remedy: "make room on the server and try again")
    default:
      return Failure(
        .database, "\(what) refused to \(operation)\(shownWords) (SQLSTATE \(state))",
        remedy: "look at the tables, their constraints and triggers: \(address.psql)")
    }
  }
}
