import ArgumentParser
import Reporting
import RunningProcess
import TinyforgeCore
import ToolSupport
import WorkloadOptions
import WorkloadStore

/// `apply locks`, which lists who holds the workloads' locks.
struct LocksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "locks", abstract: "Lists who holds the workloads' locks; never waits.",
    discussion: HelpText.discussion(
      examples: [
        "apply locks"
      ],
      """
      A lock is held by a running process, and freed by any death of it: there is nothing to break \
      or to clean up. A suspended process holds its locks until it is continued or killed.
      """, statuses: [.clean, .failed]))

  @OptionGroup var database: DatabaseOptions

  @Option(
    help: ArgumentHelp("How the list is written (default: text).", valueName: ListFormat.choice),
    completion: ListFormat.completion,
    transform: ListFormat.named)
  var format: ListFormat = .text

  @OptionGroup var language: LanguageOptions
  @OptionGroup var output: ConsoleOptions

  func run() throws {
    let console = output.console
    let (locks, holder, failures) = try Self.heldLocks(ofDatabase: database.path())
    switch format {
    case .text:
      // That no lock is held cannot be said where some cannot be read.
      if !locks.isEmpty || failures.isEmpty || holder != nil {
        let text = LocksText(phrases: language.phrases, style: console.output)
        try console.print(text.render(locks, holder: holder))
      }
    case .json: try console.print(LocksJSON.render(locks, holder: holder), as: .json)
    }
    for failure in failures { console.report(failure) }
    throw ExitStatus(gaps: failures).code
  }

  /// The locks that are held now, by the workloads' ids, and the failures to look at others; waits for no lock.
  private static func heldLocks(ofDatabase path: String) throws(Failure) -> (
    locks: [HeldLock], holder: DatabaseHolder?, failures: [Failure]
  ) {
    let resolved = try WorkloadDatabase.resolve(path)
    let (locks, failures) = try LockList.held(database: resolved, host: Environment.hostName)
    let holder = DatabaseHolder.current(of: resolved)
    // The names are a courtesy: a database that is busy, or broken, still has its locks listed.
    let database = try? WorkloadDatabase.open(
      resolved, access: .readOnly, busyTimeout: .zero, rollsBack: false)
    let named = locks.map { lock in
      var lock = lock
      if let row = try? database?.workload(id: lock.workload) { lock.name = row.name }
      return lock
    }
    return (named, holder, failures)
  }
}
