internal import CSQLite
import Glibc
import TinyforgeCore

/// Turns a status of SQLite into a failure with its remedy.
struct SQLiteFault {
  let status: Int32
  /// The errno underneath, or 0.
  let systemError: Int32

  func failure(_ operation: String, path: String, text: String?) -> Failure {
    let shown = path.shownSafely
    let words = text.map { ": \($0.shownSafely)" } ?? ""
    switch status & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED:
      return DatabaseHolder.explain(
        Failure(
          .busy, "the database \(shown) is locked by another program (to \(operation))",
          remedy: "try again later"), path)
    case SQLITE_NOTADB:
      return Failure(
        .database, "\(shown) is not a SQLite database, or it is encrypted",
        remedy: "name Tinyforge's own database file")
    case SQLITE_CORRUPT:
      return Failure(
        .database, "the database \(shown) is damaged (to \(operation))\(words)",
        remedy: "look at it with: sqlite3 \(path) 'PRAGMA integrity_check'")
    case SQLITE_READONLY: return readOnly(path)
    case SQLITE_CANTOPEN: return cannotOpen(path)
    case SQLITE_PERM, SQLITE_AUTH:
      return Failure(.denied, "access to the database \(shown) is denied", remedy: permissions)
    case SQLITE_IOERR where operation == Self.commit: return unconfirmed(shown, words)
    case SQLITE_FULL, SQLITE_IOERR: return diskFailure(operation, path, words)
    case SQLITE_CONSTRAINT:
      return Failure(
        .database, "the database \(shown) refused to \(operation)\(words)",
        remedy: "look at the table's constraints and triggers: "
          + "SELECT sql FROM sqlite_master WHERE type IN ('table', 'trigger')")
    default:
      return Failure(
        .database, "the database \(shown) refused to \(operation)\(words)",
        remedy: "check that it is Tinyforge's own, of a version that has GitOps")
    }
  }

  /// The failure of a disk that is full or broken, with nothing changed.
  private func diskFailure(_ operation: String, _ path: String, _ words: String) -> Failure {
    let shown = path.shownSafely
    // Not for every file of a database does SQLite distinguish a full disk from a broken one.
    guard status & 0xFF == SQLITE_IOERR, !Self.isFull(path) else {
      return Failure(
        .io, "the disk of \(shown) is full (to \(operation)); nothing was changed",
        remedy: "make room and try again")
    }
    return Failure(
      .io, "reading or writing \(shown) failed (to \(operation))\(words)",
      remedy: "check the disk; nothing was changed")
  }

  /// Whether the file system has less room than SQLite's shared memory takes.
  private static func isFull(_ path: String) -> Bool {
    var facts = statvfs()
    guard statvfs(path, &facts) == 0 else { return false }
    return UInt64(facts.f_bavail) * UInt64(facts.f_frsize) < 65_536
  }

  /// The operation of a commit, which alone may fail with its work done.
  static let commit = "commit"

  /// The log is written by then, and only its way to the disk failed: who opens the database
  /// next may find the transaction in it.
  private func unconfirmed(_ shown: String, _ words: String) -> Failure {
    Failure(
      .io,
      "the disk did not confirm the commit to \(shown)\(words); "
        + "it is there as a whole, or not at all",
      remedy: "check the disk, then look with plan which of the two it is, and run this again")
  }

  private var permissions: Remedy { "check the permissions of the file and of its folder" }

  private func readOnly(_ path: String) -> Failure {
    let shown = path.shownSafely
    switch status >> 8 {
    // The extended codes RECOVERY, CANTLOCK, CANTINIT and DIRECTORY: macros that Swift does not see.
    case 1, 2, 5, 6: return writeAheadLog(path)
    default:
      return Failure(
        .denied,
        "the database \(shown) cannot be written: the file or its file system is read-only",
        remedy: "run as its owner, where its server runs")
    }
  }

  /// In WAL mode even a reader needs the shared-memory file beside the database.
  private func writeAheadLog(_ path: String) -> Failure {
    let shown = path.shownSafely
    return Failure(
      .denied,
      "the write-ahead log or the shared memory of the database \(shown) cannot be used by this user",
      remedy:
        "run as the owner of the database; to see who owns what: ls -l \(path) \(path + "-wal") \(path + "-shm")"
    )
  }

  private func cannotOpen(_ path: String) -> Failure {
    let shown = path.shownSafely
    switch systemError {
    // The missing file is one beside it, which cannot be made.
    case ENOENT where access(path, F_OK) == 0: return writeAheadLog(path)
    case ENOENT:
      return Failure(
        .notFound, "there is no database at \(shown)", remedy: "check the path given with --db")
    case EACCES, EPERM:
      return Failure(.denied, "the database \(shown) may not be opened", remedy: permissions)
    case EROFS: return writeAheadLog(path)
    default:
      return Failure(
        .denied, "the database \(shown) cannot be opened",
        remedy: "run as the owner of the database")
    }
  }
}
