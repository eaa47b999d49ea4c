import ArgumentParser
import FleetReading
import Reporting
import RunningProcess
import TinyforgeCore
import ToolSupport
import WorkloadOptions
import WorkloadStore

/// The locks of the databases of one or several servers.
private struct ListedLocks {
  var locks: [HeldLock] = []
  var holders: [DatabaseHolder] = []
  var failures: [Failure] = []

  mutating func add(_ held: HeldLocks, of server: String?) {
    for var lock in held.locks {
      lock.server = server
      locks.append(lock)
    }
    if var holder = held.holder {
      holder.server = server
      holders.append(holder)
    }
    failures += held.failures.map { $0.told(of: server) }
  }
}

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
    var held = ListedLocks()
    for address in try database.addresses() {
      try held.add(address.heldLocks(on: Environment.hostName), of: address.server)
    }
    switch format {
    case .text:
      // That no lock is held cannot be said where some cannot be read.
      if !held.locks.isEmpty || held.failures.isEmpty || !held.holders.isEmpty {
        let text = LocksText(phrases: language.phrases, style: console.output)
        try console.print(text.render(held.locks, holders: held.holders))
      }
    case .json: try console.print(LocksJSON.render(held.locks, holders: held.holders), as: .json)
    }
    for failure in held.failures { console.report(failure) }
    throw ExitStatus(gaps: held.failures).code
  }
}
