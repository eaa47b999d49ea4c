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
    let held = try database.address().heldLocks(on: Environment.hostName)
    switch format {
    case .text:
      // That no lock is held cannot be said where some cannot be read.
      if !held.locks.isEmpty || held.failures.isEmpty || held.holder != nil {
        let text = LocksText(phrases: language.phrases, style: console.output)
        try console.print(text.render(held.locks, holder: held.holder))
      }
    case .json: try console.print(LocksJSON.render(held.locks, holder: held.holder), as: .json)
    }
    for failure in held.failures { console.report(failure) }
    throw ExitStatus(gaps: held.failures).code
  }
}
