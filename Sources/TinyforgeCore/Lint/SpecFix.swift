/// Rewrites what has exactly one meaning, and nothing else of a text.
package enum SpecFix {
  /// What became of a spec.
  package struct Outcome: Sendable {
    /// The new text; the old one where nothing was fixed.
    package var bytes: [UInt8]
    /// The findings that are gone, in the order of the text as it was when each was fixed.
    package var fixed: [Fixed]
  }

  /// One finding that was fixed.
  package struct Fixed: Sendable {
    /// The code of the finding that is fixed.
    package var code: FindingCode
    /// What was done, such as "`Port` → `port`".
    package var message: String
    /// The place in the spec, from 1.
    package var line: Int
    /// The column of the start, from 1.
    package var column: Int
  }

  /// More rounds than any spec needs: a fix may uncover the next, as a key's name does its value.
  private static let roundLimit = 10
  /// More fixes than any spec needs in a round: each reads the spec again.
  private static let tryLimit = 50

  /// Fixes what can be fixed, round by round until nothing is left to do.
  ///
  /// A fix that would change what the server reads out of the rest, or make it refuse more, is not
  /// made.
  package static func apply(to bytes: [UInt8], path: String?, settings: SpecLint.Settings)
    -> Outcome
  {
    var outcome = Outcome(bytes: bytes, fixed: [])
    for _ in 0..<roundLimit {
      guard let round = fixOnce(outcome.bytes, path, settings) else { break }
      outcome.bytes = round.bytes
      outcome.fixed += round.fixed
    }
    return outcome
  }

  private static func fixOnce(_ bytes: [UInt8], _ path: String?, _ settings: SpecLint.Settings)
    -> Outcome?
  {
    let findings = SpecLint.check(bytes, path: path, settings: settings).decoded.findings
    let fixable = findings.filter { $0.fix != nil }
    guard !fixable.isEmpty, let text = EditableText(bytes) else { return nil }
    var kept: [Finding] = []
    var best = (bytes: bytes, spec: SpecReading.read(bytes))
    for finding in fixable.prefix(tryLimit) {
      guard !kept.contains(where: { overlaps($0, finding) }),
        let edited = text.applying(edits(of: kept + [finding]))
      else { continue }
      let spec = SpecReading.read(edited)
      guard isBetter(spec, than: best.spec, finding.code.kind) else { continue }
      kept.append(finding)
      best = (edited, spec)
    }
    guard !kept.isEmpty else { return nil }
    return Outcome(bytes: best.bytes, fixed: kept.map { fixed($0, text.source) })
  }

  private static func edits(of findings: [Finding]) -> [SourceEdit] {
    findings.flatMap { $0.fix?.edits ?? [] }.sorted { $0.span.lowerBound < $1.span.lowerBound }
  }

  private static func overlaps(_ left: Finding, _ right: Finding) -> Bool {
    let (left, right) = (left.fix?.edits ?? [], right.fix?.edits ?? [])
    return left.contains { a in
      right.contains { b in
        a.span.overlaps(b.span) || a.span.lowerBound == b.span.lowerBound
      }
    }
  }

  /// Nothing is lost: a refused spec gets no key twice, and of others the server reads the same.
  private static func isBetter(
    _ after: DecodedSpec, than before: DecodedSpec, _ kind: FindingCode.Kind
  ) -> Bool {
    let duplicates = { (spec: DecodedSpec) in spec.findings.count { $0.code == .duplicateKey } }
    // Fixing a key may uncover what is wrong after it, so refusals may even grow in number.
    guard kind == .advice else { return duplicates(after) <= duplicates(before) }
    let values = { (spec: DecodedSpec) in spec.declared.map { [$0.field.name: $0.value] } }
    return after.isValid == before.isValid && after.decodes == before.decodes
      && after.version == before.version && values(after) == values(before)
  }

  private static func fixed(_ finding: Finding, _ text: SourceText) -> Fixed {
    let place = text.position(at: finding.span?.lowerBound ?? 0)
    return Fixed(
      code: finding.code, message: exchange(finding, text) ?? finding.fix?.message ?? "",
      line: place.line, column: place.column)
  }

  /// The old text and the new text; nil if something was only added or removed.
  private static func exchange(_ finding: Finding, _ text: SourceText) -> String? {
    guard let fix = finding.fix, fix.edits.count == 1, let edit = fix.edits.first,
      !edit.span.isEmpty, !edit.replacement.isEmpty
    else { return nil }
    let old = String(scalars: text.scalars[edit.span])
    guard old.utf8.count <= exchangeLimit else { return nil }
    return "`\(old.shownSafely)` → `\(edit.replacement.shownSafely)`"
  }

  /// What is longer is not repeated in a message.
  private static let exchangeLimit = 80
}
