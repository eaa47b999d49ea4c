package import ArgumentParser
package import TinyforgeCore
package import ToolSupport
package import WorkloadStore

/// Who writes, and how long others are waited for: the same in everything that changes a row.
package struct WriterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How long to wait for another change of the same workload, or for another program's lock on the "
        + "database, such as 30s; 0 does not wait.",
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

  /// Fails early where nobody could answer.
  package func requireAnswerable() throws(Failure) {
    guard yes || dryRun || Console.canAsk else {
      throw Failure(
        .usage, "nobody can be asked here: standard input is not a terminal",
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

/// A span of time on the command line: a number with `ms`, `s`, `m` or `h`, seconds without.
package struct LockTimeout: ExpressibleByArgument, Sendable {
  /// How long it is.
  package let duration: Duration
  private let text: String

  /// A span of so many seconds.
  package init(seconds: Int) {
    duration = .seconds(seconds)
    text = "\(seconds)s"
  }

  /// Reads a word of the command line; nil where it does not fit.
  package init?(argument: String) {
    let number = argument.prefix { $0.isASCII && $0.isNumber }
    guard let value = Int64(number), value <= 1_000_000 else { return nil }
    switch argument.dropFirst(number.count) {
    case "ms": duration = .milliseconds(value)
    case "", "s": duration = .seconds(value)
    case "m": duration = .seconds(value * 60)
    case "h": duration = .seconds(value * 3600)
    default: return nil
    }
    text = argument
  }

  /// The span as it was written.
  package var defaultValueDescription: String { text }
}
