import ArgumentParser
import FleetReading
import Reporting
import RunningProcess
import Syncing
import TinyforgeCore
import ToolSupport
import WorkloadOptions
import WorkloadStore

/// `apply revert`, which puts back the values before a workload's last sync, or those of a commit.
struct RevertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revert",
    abstract: "Puts back the values before a workload's last sync, or those of a commit.",
    discussion: HelpText.discussion(
      examples: [
        "apply revert shop --dry-run",
        "apply revert shop --yes                    # the values before the last sync",
        "apply revert shop --to-commit v1.2 --yes   # the spec of a commit, branch or tag",
      ],
      """
      Under the same lock and checks as a sync, with a row in the event log. Refused where a live \
      value was changed since the sync, unless --force is given. Nothing is deployed, and the spec \
      stays as it is: the next sync would set its values again.

      The values before a sync are in the event log. Where it does not hold them (it was pruned, or the \
      server made the sync), --to-commit reads the spec of a commit, from where a sync reads it, and sets \
      what it declares over the live values.
      """, statuses: [.clean, .findings, .failed, .busy]))

  @OptionGroup var workload: SingleWorkload

  @Option(
    help: ArgumentHelp(
      "Undo the sync of that row of the event log instead of the last one.", valueName: "id"))
  var event: Int64?

  @Option(
    help: ArgumentHelp(
      "Put back the spec of that commit, branch or tag instead of undoing a sync.",
      valueName: "rev"))
  var toCommit: String?

  @Flag(help: "Put the values back even where live ones were changed since the sync.")
  var force = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var consent: ConsentOptions
  @OptionGroup var writer: WriterOptions

  @Option(
    help: ArgumentHelp("How the result is written (default: text).", valueName: ListFormat.choice),
    completion: ListFormat.completion,
    transform: ListFormat.named)
  var format: ListFormat = .text

  @OptionGroup var specs: SpecOptions
  @OptionGroup var language: LanguageOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if toCommit == nil, specs.repo != nil || !specs.mirrors.isEmpty {
      throw ValidationError(
        "--repo and --mirrors need --to-commit: nothing else reads a repository")
    }
    if toCommit != nil, event != nil || force {
      throw ValidationError(
        "--to-commit undoes no event, and sets declared values as a sync does: --event and --force do "
          + "not go with it")
    }
  }

  func run() async throws {
    let console = output.console
    let reader = try database.address().open(
      patience: writer.lockTimeout.duration, hint: console.hint)
    if !consent.dryRun { try writer.settings.requireOriginal(reader.store) }
    let row = try workload.find(in: reader)
    Interruption.hold()
    if let toCommit {
      try await putBack(specOf: toCommit, row, reader.store, console)
    } else {
      try await undo(row, reader.store, console)
    }
  }

  private func undo(_ row: Workload, _ reader: any WorkloadStore, _ console: Console) async throws {
    let choice = try Revert.choose(row, event: event, isForced: force, from: reader)
    guard case .task(let revert) = choice, let shown = try revert.lookAhead(reader) else {
      return try finish(choice.report, console)
    }
    if consent.dryRun || shown.outcome != nil { return try finish(shown, console) }
    try ask(shown, console)
    try await carryOut(
      consent.yes ? revert : revert.confirmed(as: shown), reader, console)
  }

  private func putBack(
    specOf revision: String, _ row: Workload, _ reader: any WorkloadStore, _ console: Console
  ) async throws {
    let locator = try specs.places(revision: revision).locator(for: [row])
    let revert = await RevertToCommit(row, locator)
    if revert.shown.outcome != nil { return try finish(revert.shown, console) }
    guard revert.changesValues else {
      // The commit alone is recorded, as by a sync.
      if consent.dryRun { return try finish(revert.unchanged, console) }
      return try await carryOut(revert.task(isConfirmed: false), reader, console)
    }
    if consent.dryRun { return try finish(revert.shown, console) }
    try ask(revert.shown, console)
    try await carryOut(revert.task(isConfirmed: !consent.yes), reader, console)
  }

  /// Throws where the answer is not `yes`.
  private func ask(_ shown: WorkloadReport, _ console: Console) throws {
    try consent.requireAnswerable()
    let question = SyncQuestion(
      phrases: language.phrases, style: console.error)
    guard consent.yes || console.confirms(question.render(revert: shown)) else {
      if let signal = Interruption.signal { throw Interruption.exitCode(of: signal) }
      console.hint(language.phrases.notConfirmed)
      throw ExitStatus.notConfirmed.code
    }
  }

  private func carryOut(_ task: some SyncTask, _ reader: any WorkloadStore, _ console: Console)
    async throws
  {
    let writer = try WorkloadWriter(reader, self.writer.settings, hint: console.hint)
    try finish(await SyncEngine(writer: writer).run(task), console)
  }

  private func finish(_ report: WorkloadReport, _ console: Console) throws {
    let signal = Interruption.signal
    switch format {
    case .text:
      try console.print(
        RevertText(phrases: language.phrases, style: console.output).render(report))
    case .json:
      try console.print(
        RevertJSON.render(report, isInterrupted: signal != nil), as: .json)
    }
    throw signal.map(Interruption.exitCode) ?? output.status(ExitStatus(reverted: report)).code
  }
}
