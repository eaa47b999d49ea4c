internal import CPosix
import Glibc
package import TinyforgeCore

/// What Litestream leaves in a database and beside it, by which copies are told from the original.
///
/// The original has the table `_litestream_seq`, and beside it the folder `.NAME-litestream`. A restored copy has the table
/// alone, and one that `litestream restore -f` keeps up to date has the file `NAME-txid` beside it.
struct LitestreamMarks {
  private let path: String
  private let folder: String

  /// Of the database at a path without links.
  init(_ resolved: String) {
    path = resolved
    let parts = resolved.splitAtScalar("/")
    let parent = parts.dropLast().map(String.init) + [".\(parts.last ?? "")-litestream"]
    folder = parent.joined(separator: "/")
  }

  private var txidFile: String { path + "-txid" }

  /// Why the database is not the original; nil where nothing says so.
  ///
  /// `hasTable`: it holds Litestream's table.
  func refusal(hasTable: Bool) -> Failure? {
    if Self.kind(of: txidFile) == S_IFREG { return followed }
    return hasTable && Self.kind(of: folder) != S_IFDIR ? restored : nil
  }

  private static func kind(of path: String) -> mode_t? {
    var facts = stat()
    return lstat(path, &facts) == 0 ? facts.st_mode & S_IFMT : nil
  }

  private var followed: Failure {
    Failure(
      .denied,
      "the database \(path.shownSafely) is a replica that litestream restore -f keeps up to date: \(txidFile.shownSafely) "
        + "is beside it",
      remedy: """
        run apply on the original; if this one has taken its place, end litestream restore -f and run: rm \(txidFile). \
        To write it all the same, add --allow-copy
        """)
  }

  private var restored: Failure {
    Failure(
      .denied,
      "the database \(path.shownSafely) is a copy of one that Litestream replicates: it holds Litestream's tables, and "
        + "\(folder.shownSafely) is not beside it",
      remedy: """
        run apply on the original; if this one has taken its place, start litestream replicate for it first. To write it \
        all the same, add --allow-copy
        """)
  }
}

extension SQLiteStore {
  /// Throws if Litestream's marks say that the database is a copy of another.
  package func requireOriginal() throws(Failure) {
    let columns = try SQLiteSchema.columns(of: "_litestream_seq", connection)
    if let refusal = LitestreamMarks(resolvedPath).refusal(hasTable: !columns.isEmpty) {
      throw refusal
    }
  }
}
