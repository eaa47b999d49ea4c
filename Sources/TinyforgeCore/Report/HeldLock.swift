/// Who holds a lock, as the holder wrote it: hearsay, only for messages.
package struct LockHolder: Sendable, Equatable {
  /// What can be told of the process that holds a lock.
  package enum State: String, Sendable {
    case running
    /// Stopped by a signal: it holds the lock until it is continued or killed.
    case suspended
    /// On another machine, in another container, or not known at all.
    case unknown
  }

  /// The number of its process.
  package var processID: Int32
  /// The machine that it runs on.
  package var host: String
  /// Who runs it.
  package var actor: String
  /// RFC 3339 in UTC.
  package var since: String
  /// The tool and its version.
  package var tool: String

  /// Creates one from its parts.
  package init(processID: Int32, host: String, actor: String, since: String, tool: String) {
    self.processID = processID
    self.host = host
    self.actor = actor
    self.since = since
    self.tool = tool
  }
}

/// A lock that somebody holds at this moment.
package struct HeldLock: WorkloadNamed, Sendable, Equatable {
  /// The workload's id.
  package var workload: String
  /// The workload's name; empty where it has none, or where the database could not be asked.
  package var name: String
  /// The same as ``workload``.
  package var id: String { workload }
  /// Nil where the holder could not write of itself.
  package var holder: LockHolder?
  /// What its process does.
  package var state: LockHolder.State

  /// Creates one from its parts.
  package init(
    workload: String, name: String = "", holder: LockHolder?, state: LockHolder.State
  ) {
    self.workload = workload
    self.name = name
    self.holder = holder
    self.state = state
  }
}

/// The process that holds SQLite's own write lock on a database.
package struct DatabaseWriter: Sendable, Equatable {
  /// Its number; nil where it is in another container.
  package var processID: Int32?
  /// Its program's name; empty where that is not known.
  package var program: String
  /// Nobody else can even read.
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
