package import ArgumentParser
package import TinyforgeCore
package import ToolSupport
package import WorkloadStore

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

  private static let usualTimeout = LockTimeout(seconds: 10)

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    lockTimeout = line.value("--lock-timeout", LockTimeout.init(argument:)) ?? Self.usualTimeout
    actor = line.value("--actor")
  }

  /// The writer, with the database open; it must be the file that was `seen` before.
  package func writer(
    _ database: DatabaseOptions, _ seen: FileIdentity, console: Console
  ) throws(Failure) -> WorkloadWriter {
    let patience = lockTimeout.duration
    return WorkloadWriter(
      database: try database.openForWriting(seen, patience: patience), lockTimeout: patience,
      author: author, console: console)
  }

  /// An empty name is none: `--actor "$USER"` where that is not set, as under cron.
  var author: SyncAuthor {
    let named = actor.map(ActorName.recorded) ?? ""
    return SyncAuthor(actor: named.isEmpty ? ActorName.recorded(Environment.userName) : named)
  }
}

/// Whether a change is shown only, asked for, or made at once.
package struct ConsentOptions: ParsableArguments {
  @Flag(name: [.short, .long], help: "Do not ask; required where nobody can be asked.")
  package var yes = false

  @Flag(help: "Show what would be done, and do nothing.")
  package var dryRun = false

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    yes = line.flag("--yes", "-y")
    dryRun = line.flag("--dry-run")
  }

  /// Fails where a question could not be seen or answered.
  package func requireAnswerable() throws(Failure) {
    guard yes || dryRun || Console.canAsk else {
      let stream = Console.canRead ? "standard error" : "standard input"
      throw Failure(
        .usage, "nobody can be asked here: \(stream) is not a terminal",
        remedy: "use --yes to apply without asking, or --dry-run to look only")
    }
  }

  /// Shows `question` and reads an answer: only `yes` is one, and the end of input is none.
  package func isGiven(_ question: String, console: Console) -> Bool {
    if yes { return true }
    console.show(question)
    guard let answer = Console.readLine() else {
      // The end of input, within a line too, leaves the cursor after the question.
      console.show("\n")
      return false
    }
    return answer == "yes"
  }
}
