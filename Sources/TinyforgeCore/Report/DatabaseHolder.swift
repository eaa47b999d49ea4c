/// The process that holds SQLite's own write lock on a database.
package struct DatabaseHolder: Sendable, Equatable {
  /// The server whose database it is; nil where none is named.
  package var server: String?
  /// Its number; nil where it is in another container.
  package var processID: Int32?
  /// Its program's name; empty where that is not known.
  package var program: String
  /// No other process can even read.
  package var isExclusive: Bool

  /// Creates one from its parts.
  package init(processID: Int32?, program: String, isExclusive: Bool) {
    self.processID = processID
    self.program = program
    self.isExclusive = isExclusive
  }

  /// The process in words, safe to show.
  package var shown: String {
    guard let processID else { return "a process in another container" }
    return "process \(processID)" + (program.isEmpty ? "" : " (\(program.shownSafely))")
  }
}
