import ArgumentParser
import TinyforgeCore
import ToolSupport

/// Which findings count, and how much.
struct LintRules: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the workload is, for findings that hold for one source only.",
      valueName: SourceKind.choice), completion: SourceKind.completion, transform: SourceKind.named)
  var source: SourceKind?

  @Flag(help: "Warnings count as findings too.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "Set a finding's severity: off, info, warning or error (repeatable).",
      discussion: "The server's own refusals cannot be set.", valueName: "code=severity"),
    completion: LintCompletion.rules, transform: SeverityChoice.init)
  var rule: [SeverityChoice] = []

  @Flag(help: "Rewrite what has exactly one meaning, and say what was changed; files only.")
  var fix = false

  @Flag(
    help:
      "Note on standard error what was not examined, such as what libyaml reads where it is not installed."
  )
  var verbose = false

  init() {}

  /// The options of a line that is read directly.
  init(_ line: inout DirectLine) {
    source = line.value("--source", SourceKind.init(rawValue:))
    strict = line.flag("--strict")
    rule = line.values("--rule", SeverityChoice.init)
    fix = line.flag("--fix")
    verbose = line.flag("--verbose")
  }
}

extension SourceKind: NamedValue {}
