package import TinyforgeCore

/// A format in which the findings of a run are written.
///
/// What it keeps of some files is text already, or a few values: the bytes of their specs are gone before the next
/// files are read.
package protocol LintForm<Part>: Sendable {
  /// What is kept of some files.
  associatedtype Part: Sendable

  /// What is kept of some files, in the order of a run.
  func part(_ reports: [LintReport]) -> Part

  /// The pieces of what is written of a whole run, or of what a signal left of it.
  func pieces(_ parts: [Part], _ summary: LintSummary, isInterrupted: Bool) -> [String]

  /// What a pipeline's page of the step gets, in Markdown; empty for nothing.
  func stepSummary(_ parts: [Part]) -> String
}

extension LintForm {
  /// What a pipeline's page gets: nothing, unless a form says otherwise.
  package func stepSummary(_ parts: [Part]) -> String { "" }

  /// What is written of a few files.
  package func render(_ reports: [LintReport]) -> String {
    pieces([part(reports)], LintSummary(reports), isInterrupted: false).joined()
  }
}
