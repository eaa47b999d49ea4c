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

/// A severity that somebody chose for a finding.
struct SeverityChoice {
  var code: FindingCode
  /// Nil turns the finding off.
  var severity: Severity?

  /// Reads `CODE=SEVERITY`.
  init(_ text: String) throws {
    let parts = text.splitAtScalar("=", maxSplits: 1)
    guard parts.count == 2 else {
      throw ValidationError("write it as CODE=off, CODE=info, CODE=warning or CODE=error")
    }
    do {
      code = try FindingCode.called(String(parts[0]))
    } catch {
      throw ValidationError(
        [error.message, error.remedy?.text].compactMap(\.self).joined(separator: "; "))
    }
    guard code.kind == .advice else {
      throw ValidationError("`\(code.id)` is the server's own refusal, which cannot be set")
    }
    severity = Severity(rawValue: String(parts[1]))
    guard severity != nil || parts[1] == "off" else {
      throw ValidationError(
        "\"\(String(parts[1]).shownSafely)\" is no severity; use off, info, warning or error")
    }
  }
}

extension FindingCode {
  /// The finding of that name; throws with the nearest where there is none.
  static func called(_ id: String) throws(Failure) -> FindingCode {
    guard let code = FindingCatalog.named(id) else {
      let nearest = NearestName.find(id, among: FindingCatalog.all.map(\.id))
      throw Failure(
        .usage, "there is no finding \"\(id.shownSafely)\"",
        remedy: nearest.map { "did you mean `\(prose: $0)`?" }
          ?? "`lint-spec --list-codes` lists them all"
      )
    }
    return code
  }
}

extension SourceKind: NamedValue {}
