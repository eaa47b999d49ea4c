import ArgumentParser
import GitSpecs
import TinyforgeCore
import ToolSupport

/// What a shell offers for values of lint-spec's options.
enum LintCompletion {
  /// The codes of all findings.
  static let codes = CompletionKind.custom { _, _, _ in FindingCatalog.all.map(\.id) }

  /// `CODE=SEVERITY` for each rule whose severity can be set.
  static let rules = CompletionKind.custom { _, _, _ in
    FindingCatalog.all.filter { $0.kind == .advice }.flatMap { code in
      ["off", "info", "warning", "error"].map { "\(code.id)=\($0)" }
    }
  }

  /// The branches and tags of the repository that the command line names.
  static let revisions = CompletionKind.custom { words, _, _ in
    GitRepository.revisionNames(at: CompletedLine(words).value(of: "--repo"))
  }
}
