/// The line that declares a field, to be found again in earlier texts of the same spec.
package struct FieldLine: Sendable, Equatable {
  private let field: SpecField
  private let value: FieldValue
  /// The text from the line on which the value begins to the one on which it ends.
  private let lines: [[Unicode.Scalar]]

  /// `text` is what the field was declared in.
  package init(_ declared: DeclaredField, in text: SourceText) {
    let range = text.range(of: declared.span)
    field = declared.field
    value = declared.value
    lines = (range.start.line...range.end.line).map { Array(text.line($0)) }
  }

  /// Whether the earlier text declares the field by the same line.
  ///
  /// A text that does not decode declares nothing, so the line is looked for as it is.
  package func isSame(in before: [UInt8]) -> Bool {
    let text = SourceText(before)
    let decoded = SpecReading.analyze(before, text, source: nil).spec
    guard decoded.decodes else { return isThere(in: text) }
    guard let declared = decoded.declared.first(where: { $0.field == field }) else { return false }
    return FieldLine(declared, in: text) == self
  }

  private func isThere(in text: SourceText) -> Bool {
    let last = text.position(at: text.scalars.count).line
    return (1...last).contains { start in
      lines.enumerated().allSatisfy { text.line(start + $0.offset).elementsEqual($0.element) }
    }
  }
}
