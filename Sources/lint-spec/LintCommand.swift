import ArgumentParser
import GitSpecs
import Reporting
import RunningProcess
import SecondReader
import TinyforgeCore
import ToolSupport

/// The command of `lint-spec`, which checks whether a spec is valid.
struct LintCommand: DirectCommand, ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint-spec",
    abstract: "Checks Tinyforge specs (.tinyforge.yml) with the server's own verdict.",
    discussion: HelpText.discussion(
      examples: [
        "lint-spec                  # every spec of this repository",
        "lint-spec --staged         # those that the next commit changes",
        "lint-spec --rev main --repo /srv/mirrors/acme/shop.git",
        "lint-spec --fix            # rewrite what has exactly one meaning",
        "lint-spec --install-hook   # refuse commits of a broken spec",
      ],
      """
      Without an argument it checks every spec of the repository around the working directory: \
      .tinyforge.yml in any folder, and the paths that .tinyforge-lint.yml names.

      SIGTERM, SIGINT and SIGHUP end the run: what was found by then is reported, and the exit status is 143, 130 or 129.
      """, statuses: [.clean, .findings, .failed]),
    version: ToolVersion.line("lint-spec", with: ["libgit2 \(LibGit2.builtVersion)"]))

  @Argument(
    help: ArgumentHelp("Files, folders to search, or - for standard input.", valueName: "path"),
    completion: .file())
  var paths: [String] = []

  @OptionGroup var place: LintPlace
  @OptionGroup var topic: LintTopic
  @OptionGroup var hooks: HookOptions

  @OptionGroup var rules: LintRules

  @Option(
    help: ArgumentHelp(
      "How findings are written (default: text; github under GitHub or Gitea Actions).",
      valueName: LintFormat.choice), completion: LintFormat.completion, transform: LintFormat.named)
  var format: LintFormat?

  @OptionGroup var output: OutputOptions

  init() {}

  init(_ line: inout DirectLine) {
    place = LintPlace(&line)
    topic = LintTopic(&line)
    hooks = HookOptions(&line)
    rules = LintRules(&line)
    format = line.value("--format", LintFormat.init(rawValue:))
    output = OutputOptions(&line)
    paths = line.operands()
  }

  func validate() throws {
    if !paths.isEmpty, place.readsRepository {
      throw ValidationError(
        "--staged, --rev, --receive and --push read paths of a repository: use --path, not files")
    }
    if !paths.isEmpty, place.repo != nil, !hooks.installHook, !hooks.uninstallHook {
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
    if let answer = try topic.answer(style: console.output, format) {
      return try console.print(answer, as: topic.form(format))
    }
    if let done = try hooks.answer(paths, place) { return try console.print(done + "\n") }
    let specs = try specs(console)
    specs.tellConversions(place.onlyFindings ? { _ in } : console.hint)
    try check(specs, in: chosenFormat.form(console.output), console)
  }

  private func check<Form: LintForm>(_ specs: FoundSpecs, in form: Form, _ console: Console) throws
  {
    let run = LintRun(isFixing: rules.fix, namesFilesFromRoot: chosenFormat.namesFilesFromRoot)
    var outcome = run.check(specs.inputs) { LintOutcome($0, in: form) }
      .reduce(into: LintOutcome<Form.Part>(), +=)
    outcome.failures = outcome.failures.map(place.told)
    if Interruption.isRequested {
      return try end(outcome, in: form, run, of: specs.inputs, console)
    }
    let isClean = outcome.status == .clean && !outcome.hasFindings
    try chosenFormat.write(
      outcome, in: form, hints: !(place.onlyFindings && isClean), to: console)
    if rules.verbose, LibYAML.wasMissed {
      console.hint(
        "note: libyaml is not installed, so nothing was read with it: apt-get install libyaml-0-2")
    }
    throw output.status(outcome.status).code
  }

  /// How findings are written; a server's log is not a pipeline's, whatever its variables say.
  private var chosenFormat: LintFormat { format ?? (place.receive ? .text : .usual) }

  /// Ends the report of a run that a signal ended.
  private func end<Form: LintForm>(
    _ outcome: LintOutcome<Form.Part>, in form: Form, _ run: LintRun, of inputs: [LintInput],
    _ console: Console
  ) throws {
    var outcome = outcome
    outcome.isInterrupted = true
    let missed = inputs.count - outcome.summary.files
    let failure = Failure(
      .interrupted,
      inputs.isEmpty
        ? "interrupted: no file was read"
        : "interrupted: \(missed) of \(inputs.count) files were not inspected")
    if missed > 0 || inputs.isEmpty, chosenFormat.tellsInterruptionAsFile {
      outcome.parts.append(form.part([run.missed(inputs, failure)]))
    }
    try chosenFormat.write(outcome, in: form, hints: false, to: console)
    console.warn(failure.message)
    throw ExitStatus.failed.code
  }

  func reportNothing() throws {
    try endNothing(in: chosenFormat.form(output.console.output))
  }

  private func endNothing<Form: LintForm>(in form: Form) throws {
    let run = LintRun(isFixing: false, namesFilesFromRoot: chosenFormat.namesFilesFromRoot)
    try end(LintOutcome<Form.Part>(), in: form, run, of: [], output.console)
  }

  private func specs(_ console: Console) throws -> FoundSpecs {
    let hint = place.onlyFindings ? { _ in } : console.hint
    let specs: FoundSpecs
    do throws(Failure) {
      specs =
        paths.isEmpty
        ? try FoundSpecs.find(place, rules, hint)
        : FoundSpecs(
          inputs: try NamedFiles(place, rules).inputs(paths),
          wanted: SpecPaths(patterns: place.explicitPatterns, inAnyFolder: false).shown)
    } catch {
      throw place.told(error)
    }
    if specs.inputs.isEmpty, !Interruption.isRequested {
      hint(
        place.isHook
          ? "no spec is changed: nothing to check" : "no \(specs.wanted) here: nothing to check")
    }
    return specs
  }
}

extension LintPlace {
  /// The failure as a pusher may see it: without a command for the server's disk.
  func told(_ failure: Failure) -> Failure {
    if !receive, let remedy = remedyForOtherHash(failure) {
      return Failure(failure.code, failure.message, remedy: remedy)
    }
    guard receive, !failure.message.startsWithBytes(of: LintConfiguration.fileName) else {
      return failure
    }
    var failure = failure
    failure.remedy = "ask an admin of the git server"
    return failure
  }

  /// What to do where a hook is refused in a repository whose objects are named by SHA-256: nothing makes libgit2 read
  /// that, so the hook is to check the work tree.
  private func remedyForOtherHash(_ failure: Failure) -> Remedy? {
    guard failure.message.utf8.contains("(extensions.objectformat), which".utf8) else { return nil }
    if !isHook { return nil }
    guard staged, onlyFindings else { return staged ? "lint-spec" : nil }
    return
      "sed -i 's/ --staged / /' \"$(git rev-parse --git-path hooks)\"/pre-*commit"
  }
}
