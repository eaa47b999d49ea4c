package import ArgumentParser
package import Reporting
package import TinyforgeCore
package import ToolSupport
import WorkloadStore

/// How a sync is asked for, and carried out over several workloads.
package struct SyncOptions: ParsableArguments {
  @Flag(name: [.short, .long], help: "Do not ask; required where nobody can be asked.")
  package var yes = false

  @Flag(help: "Show what would be done, and do nothing.")
  package var dryRun = false

  @Option(
    help: ArgumentHelp(
      "How long to wait for another sync of the same workload, such as 30s; 0 does not wait.",
      valueName: "duration"))
  package var lockTimeout: LockTimeout = LockTimeout(seconds: 10)

  @Option(help: "Who the audit names (default: the operating-system user).")
  package var actor: String?

  @Flag(help: "Go on with the next workload after one was refused or failed.")
  package var keepGoing = false

  package init() {}

  /// Fails early where nobody could answer.
  package func requireConsent() throws(Failure) {
    guard yes || dryRun || Console.canAsk else {
      throw Failure(
        .usage, "nobody can be asked here: standard input is not a terminal",
        remedy: "use --yes to apply without asking, or --dry-run to look only")
    }
  }

  /// What a sync may rest on.
  package enum Consent: Sendable {
    /// Nobody was asked: `--yes`, or nothing changes.
    case given
    /// A person has seen the changes, and wants these and no others.
    case toWhatWasShown
  }

  /// Asks, where asking is due; nil where the answer was not `yes`.
  package func askForConsent(
    to shown: [WorkloadReport], _ phrases: Phrases, console: Console
  ) -> Consent? {
    guard !yes, shown.contains(where: { $0.plan?.changes.isEmpty == false }) else { return .given }
    console.show(
      WorkloadText(phrases: phrases, style: console.error).render(shown))
    console.show("\(phrases.syncDoesNotDeploy)\n\(phrases.typeYesToApply)")
    return readLine(strippingNewline: true) == "yes" ? .toWhatWasShown : nil
  }

  /// The runner, with the database open for writing.
  package func runner(_ options: WorkloadOptions, inspection: Inspection, console: Console)
    throws(Failure) -> SyncRunner
  {
    let database = try WorkloadDatabase.open(
      options.databasePath(), access: .readWrite, busyTimeout: .seconds(10))
    return SyncRunner(
      database: database, inspection: inspection, lockTimeout: lockTimeout.duration,
      actor: actor ?? Environment.userName, console: console)
  }

  /// Syncs one workload after the other, up to the first that is refused or fails.
  package func run(
    _ shown: [WorkloadReport], with runner: SyncRunner, consent: Consent, console: Console
  ) async -> [WorkloadReport] {
    var done: [WorkloadReport] = []
    for report in shown {
      let result = await runner.sync(report, confirmed: consent == .toWhatWasShown)
      done.append(result)
      let isStopped = result.outcome?.result == .refused || result.outcome?.result == .failed
      if isStopped, !keepGoing { break }
    }
    if done.count < shown.count {
      console.warn(
        "\(shown.count - done.count) of \(shown.count) workloads were not tried after this one; "
          + "--keep-going goes on")
    }
    return done
  }

  /// The graver of what each workload came to.
  package static func status(of reports: [WorkloadReport]) -> ExitStatus {
    reports.reduce(.clean) { status, report in
      switch report.outcome?.result {
      case .failed: status.combined(with: report.outcome?.isBusy == true ? .busy : .failed)
      case .refused: status.combined(with: .findings)
      case .applied, .unchanged, .none: status
      }
    }
  }
}

/// A span of time on the command line: a number with `ms`, `s`, `m` or `h`, seconds without.
package struct LockTimeout: ExpressibleByArgument, Sendable {
  package let duration: Duration
  private let text: String

  package init(seconds: Int) {
    duration = .seconds(seconds)
    text = "\(seconds)s"
  }

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

  package var defaultValueDescription: String { text }
}
