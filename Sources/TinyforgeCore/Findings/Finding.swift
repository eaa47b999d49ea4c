/// Something to tell a spec's author: what, where, and what to do about it.
package struct Finding: Sendable, Equatable {
  /// What was found.
  package var code: FindingCode
  /// How severe it is here.
  package var severity: Severity
  /// One sentence without a final full stop; what it quotes of a spec is safe to show.
  package var message: String
  /// Where, as offsets into the ``SourceText``; nil for a finding on the file as a whole.
  package var span: Range<Int>?
  /// What to do, where there is something to say.
  package var help: String?
  /// Other places that belong to it, such as the first of two duplicates.
  package var related: [Related]
  /// The rewriting that fixes it, if exactly one is meant.
  package var fix: Fix?

  /// A place that belongs to a finding.
  package struct Related: Sendable, Equatable {
    /// What is wrong, in a sentence.
    package var message: String
    /// The place in the bytes of the spec.
    package var span: Range<Int>
  }

  /// What `--fix` does about a finding.
  package struct Fix: Sendable, Equatable {
    /// What it does, as an order without a final full stop, such as "write `port`".
    package var message: String
    /// In the order of the text, without overlaps.
    package var edits: [SourceEdit]

    /// Creates one from its parts.
    package init(_ message: String, _ edits: [SourceEdit]) {
      self.message = message
      self.edits = edits
    }
  }

  /// Creates a finding with the severity of its code.
  package init(
    _ code: FindingCode, _ message: String, at span: Range<Int>?, help: String? = nil,
    related: [Related] = [], fix: Fix? = nil
  ) {
    self.code = code
    severity = code.severity
    // Callers escape already; this is a second line of defence.
    self.message = message.shownSafely
    self.span = span
    self.help = help?.shownSafely
    self.related = related
    self.fix = fix
  }
}
