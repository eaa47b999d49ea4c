import ArgumentParser
import GitSpecs
import Reporting
import TinyforgeCore
import ToolSupport

/// The command of `lint-spec`, which tells whether a spec is valid.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint-spec",
    abstract: "Checks Tinyforge specs (.tinyforge.yml) with the server's own verdict.",
    discussion: """
      Without an argument it checks .tinyforge.yml at the root of the repository around the \
      working directory. Exit status: 0 nothing found, 1 findings, 2 could not look.
      """,
    version: "lint-spec \(ToolkitVersion.current) (libgit2 \(LibGit2.builtVersion))")

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @Argument(help: "Files, folders to search, or - for standard input.")
  var paths: [String] = []

  @OptionGroup var place: LintPlace
  @OptionGroup var topic: LintTopic

  @OptionGroup var rules: LintRules

  @Option(help: "How findings are written: text or json.")
  var format: Format = .text

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if !paths.isEmpty, place.readsRepository {
      throw ValidationError(
        "--staged and --rev read one path of a repository: use --path, not files")
    }
    if !paths.isEmpty, place.repo != nil || place.path != nil {
      throw ValidationError("--repo and --path do not go with files; name one or the other")
    }
  }

  func run() throws {
    let console = output.console
    if let answer = try topic.answer(style: console.output) { return try console.print(answer) }
    let run = LintRun(settings: rules.settings(usualNames: place.usualNames))
    let reports = try inputs(console).map(run.check)
    switch format {
    case .text: try printText(reports, console)
    case .json: try console.print(LintJSON.render(reports))
    }
    throw status(of: reports).reportedOnly(output.exitZero).code
  }

  private func inputs(_ console: Console) throws -> [LintInput] {
    let inputs = try paths.isEmpty ? place.inputs() : LintInput.named(paths, place)
    if inputs.isEmpty { console.hint("no \(place.specPath) here: nothing to check") }
    return inputs
  }

  private func printText(_ reports: [LintReport], _ console: Console) throws {
    let renderer = LintText(style: console.output)
    try console.print(renderer.render(reports))
    for report in reports {
      if let failure = report.failure { console.report(failure) }
    }
    if !reports.isEmpty { console.hint(renderer.summary(reports)) }
  }

  private func status(of reports: [LintReport]) -> ExitStatus {
    reports.reduce(.clean) { status, report in
      if let failure = report.failure { return status.combined(with: ExitStatus(failure)) }
      let found = report.decoded.findings.contains(where: rules.counts)
      return status.combined(with: found ? .findings : .clean)
    }
  }
}
