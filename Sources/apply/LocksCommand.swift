import ArgumentParser
import Reporting
import ToolSupport
import WorkloadSupport

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
    let (locks, writer, failures) = try database.heldLocks()
    switch format {
    case .text:
      // That no lock is held cannot be said where some cannot be looked at.
      if !locks.isEmpty || failures.isEmpty || writer != nil {
        let text = LocksText(phrases: language.phrases, style: console.output)
        try console.print(text.render(locks, writer: writer))
      }
    case .json: try console.print(LocksJSON.render(locks, writer: writer), as: .json)
    }
    for failure in failures { console.report(failure) }
    if !failures.isEmpty { throw ExitStatus.failed.code }
  }
}
