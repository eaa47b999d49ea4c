package import ArgumentParser
package import Syncing
package import TinyforgeCore
package import ToolSupport
import WorkloadOptions

/// Who writes, and how long others are waited for: the same in everything that changes a row.
package struct WriterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How long to wait for another change of the same workload, or for another program's lock on the "
        + "database, such as 30s or 2m; a number alone is seconds, and 0 does not wait.",
      valueName: "duration"))
  package var lockTimeout = usualTimeout

  @Option(
    help:
      "Who the audit names, at most 128 characters (default: the operating-system user).")
  package var actor: String?

  @Flag(
    help:
      "Write a database also where Litestream's files say that it is a restored copy or a replica.")
  package var allowCopy = false

  private static let usualTimeout = TimeSpan(seconds: 10)

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    lockTimeout = line.value("--lock-timeout", TimeSpan.init(argument:)) ?? Self.usualTimeout
    actor = line.value("--actor")
    allowCopy = line.flag("--allow-copy")
  }

  /// The same as a plain value.
  package var settings: WriterSettings {
    WriterSettings(
      lockTimeout: lockTimeout.duration, author: SyncAuthor(named: actor), allowsCopy: allowCopy)
  }
}
