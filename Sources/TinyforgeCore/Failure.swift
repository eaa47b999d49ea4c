/// The world's failure: an operation that could not be done, with a text that a person can act on.
///
/// A user's mistake in a spec is a ``Finding``, never a failure.
package struct Failure: Error, Sendable, Equatable {
  /// What kind of failure it is; it decides the exit status.
  package enum Code: String, Sendable {
    /// The command line asks for something that makes no sense.
    case usage
    /// A file, a repository, a revision or a workload that was named is not there.
    case notFound = "not_found"
    /// Something is there but may not be read or written.
    case denied
    /// The repository is damaged, foreign-owned or of an unknown format.
    case repository
    /// The database is damaged, not a database, or not of Tinyforge's form.
    case database
    /// Somebody else holds what is needed; the same call may succeed later.
    case busy
    /// A saved plan no longer fits, or is not the one that was written.
    case stalePlan = "stale"
    /// A network request failed.
    case network
    /// Reading or writing failed underneath (a full disk, an I/O error).
    case io
    /// A signal ended the run before this was done.
    case interrupted
  }

  /// What kind of failure it is.
  package var code: Code
  /// What went wrong and where: one sentence without a final full stop, and without the users and passwords of URLs.
  package var message: String
  /// What to do about it, where something can be done.
  package var remedy: Remedy?

  /// What went wrong and what to do about it, in one sentence without a final full stop.
  package var sentence: String { remedy.map { "\(message); \($0.text)" } ?? message }

  /// Creates one from its parts.
  package init(_ code: Code, _ message: String, remedy: Remedy? = nil) {
    self.code = code
    self.message = message.withoutUserinfo
    self.remedy = remedy.map { $0.map(\.withoutUserinfo) }
  }

  /// A signal ended the run; nothing of the operation was done.
  package static let interrupted = Failure(
    .interrupted, "interrupted by a signal; nothing was changed", remedy: "run the command again")

  /// Standard input is closed.
  package static let closedInput = Failure(
    .usage, "standard input is closed, so nothing can be read from it",
    remedy: "connect it to a file or a pipe; where nothing is to be read, use </dev/null")
}
