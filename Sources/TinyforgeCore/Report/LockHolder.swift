/// The holder of a lock, as the holder itself wrote it: not verified, only for messages.
package struct LockHolder: Sendable, Equatable {
  /// What is known of the process that holds a lock.
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
