/// Something to tell a spec's author: what, where, and what to do about it.
package struct Finding: Sendable, Equatable {
  package var code: FindingCode
  package var severity: Severity
  /// One sentence without a final full stop; may quote untrusted text, already made safe to show.
  package var message: String
  /// Where, as offsets into the ``SourceText``; nil for a finding on the file as a whole.
  package var span: Range<Int>?
  /// What to do, where there is something to say.
  package var help: String?
  /// Other places that belong to it, such as the first of two duplicates.
  package var related: [Related]
  /// The rewriting that mends it, where exactly one is meant.
  package var fix: Fix?

  /// A place that belongs to a finding.
  package struct Related: Sendable, Equatable {
    package var message: String
    package var span: Range<Int>
  }

  /// What `--fix` does about a finding.
  package struct Fix: Sendable, Equatable {
    /// What it does, as an order without a final full stop, such as "write `port`".
    package var message: String
    /// In the order of the text, without overlaps.
    package var edits: [SourceEdit]

    package init(_ message: String, _ edits: [SourceEdit]) {
      self.message = message
      self.edits = edits
    }
  }

  package init(
    _ code: FindingCode, _ message: String, at span: Range<Int>?, help: String? = nil,
    related: [Related] = [], fix: Fix? = nil
  ) {
    self.code = code
    severity = code.severity
    self.message = message
    self.span = span
    self.help = help
    self.related = related
    self.fix = fix
  }
}

/// How much a finding weighs.
package enum Severity: String, Sendable, Comparable {
  case info, warning, error

  package static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

  private var weight: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// A kind of finding, with everything that is said of it anywhere.
///
/// Each lives beside the code that finds it; ``FindingCatalog`` lists them all.
package struct FindingCode: Sendable, Hashable {
  /// The name that users see and write, such as `unknown-key`.
  package let id: String
  package let severity: Severity
  /// One sentence for lists.
  package let summary: String
  /// Paragraphs for `--explain`.
  package let explanation: String
  /// A spec that gets this finding, and the same made good.
  package let example: Example

  /// A spec before and after.
  package struct Example: Sendable, Hashable {
    package let bad: String
    package let good: String
    /// Options of `lint-spec` that the example needs, such as `--source static`.
    package let source: SourceKind?
  }

  init(
    _ id: String, _ severity: Severity, _ summary: String, explanation: String, bad: String,
    good: String, source: SourceKind? = nil
  ) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.explanation = explanation
    example = Example(bad: bad, good: good, source: source)
  }

  package static func == (left: FindingCode, right: FindingCode) -> Bool { left.id == right.id }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
