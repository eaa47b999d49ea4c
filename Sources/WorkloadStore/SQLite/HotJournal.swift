import Glibc
import TinyforgeCore

/// The rollback journal of a program that ended in the middle of a transaction.
enum HotJournal {
  /// Whether a journal is there that may be hot; one that cannot be read counts as such.
  ///
  /// sqlite.org, "Atomic Commit In SQLite": a journal is hot if it exists, is not empty, its header is not
  /// zeroed, and no process has the reserved lock on the database.
  static func isThere(_ file: DatabaseFile) -> Bool {
    guard let journal = fopen(file.path(.journal), "re") else { return errno != ENOENT }
    defer { fclose(journal) }
    return fgetc(journal) > 0
  }

  static func failure(_ file: DatabaseFile) -> Failure {
    let user: Remedy = file.isOwn ? "" : "\(file.owner.prefix) "
    return Failure(
      .database,
      "the database \(file.path.shownSafely) has a rollback journal, "
        + "\(file.path(.journal).shownSafely): a program ended in the middle of a transaction, which must be "
        + "rolled back before anything is read",
      remedy: "\(user)sqlite3 \(file.path) 'PRAGMA schema_version'")
  }
}
