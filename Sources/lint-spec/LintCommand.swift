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

  @Argument(help: "Files, folders to search, or - for standard input.")
  var paths: [String] = []

  @OptionGroup var place: LintPlace
  @OptionGroup var topic: LintTopic

  @OptionGroup var rules: LintRules

  @Option(
    help: ArgumentHelp(
      "How findings are written: \(LintFormat.list) (default: text; github under GitHub or Gitea Actions).",
      valueName: "form"), completion: LintFormat.completion, transform: LintFormat.named)
  var format: LintFormat?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if !paths.isEmpty, place.readsRepository {
      throw ValidationError(
        "--staged, --rev and --receive read paths of a repository: use --path, not files")
    }
    if !paths.isEmpty, place.repo != nil {
      throw ValidationError("--repo does not go with files; name one or the other")
    }
    if rules.fix, place.readsRepository || paths.contains("-") {
      throw ValidationError(
        "--fix rewrites files of the working tree: not what is staged, committed or piped in")
    }
    if place.stdinFilename != nil, !paths.contains("-") {
      throw ValidationError("--stdin-filename names standard input; read it with -")
    }
  }

  func run() throws {
    let console = output.console
    if let answer = try topic.answer(style: console.output) {
      return try console.print(answer, as: topic.form)
    }
    let specs = try specs(console)
    let settings = rules.settings(usualNames: specs.patterns.map(\.name))
    let run = LintRun(settings: settings, isFixing: rules.fix)
    let (form, isStrict) = (format ?? .usual, rules.strict)
    let outcome = run.check(specs.inputs) { reports in
      LintOutcome(
        reports, counts: { $0.counts(strict: isStrict) }, text: form == .text ? console.output : nil
      )
    }.reduce(into: LintOutcome(), +=)
    try form.write(outcome, strict: isStrict, to: console)
    throw outcome.status.reportedOnly(output.exitZero).code
  }

  private func specs(_ console: Console) throws -> RepositorySpecs {
    let specs =
      paths.isEmpty
      ? try RepositorySpecs.find(place, console.hint)
      : RepositorySpecs(
        inputs: try LintInput.named(paths, place), patterns: place.explicitPatterns)
    if specs.inputs.isEmpty {
      let names = specs.patterns.map(\.text.shownSafely).joined(separator: ", ")
      console.hint("no \(names) here: nothing to check")
    }
    return specs
  }
}
