/// Files of a database that this user may not use as is needed, all for one cause.
struct AccessObstacle: Sendable, Equatable {
  /// Why access is refused.
  enum Cause: Sendable, Equatable {
    /// They belong to this user, whom their mode refuses.
    case ownMode
    /// They belong to another user than the database does.
    case foreignFile
    /// They belong to the database's owner, or are its folder; this user is another one.
    case foreignDatabase
  }

  /// Why access is refused.
  var cause: Cause
  /// The files, in the order of looking.
  var paths: [String]
}
