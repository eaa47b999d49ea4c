package import TinyforgeCore

/// Writes a finding for people: its place and message, the line of the spec, and how to fix it.
struct FindingText {
  let style: TextStyle
  let phrases: Phrases
  /// Whether the other places that belong to a finding are written.
  var showsRelated = true

  /// Adds the lines of a finding, whose texts are in the language already.
  ///
  /// `path` must be safe to show; without `text` no line of the spec is shown.
  func write(
    _ finding: ReportedFinding, in path: String, _ text: SourceText?, to lines: inout String
  ) {
    let role = finding.severity.role
    let position = finding.isOnWholeFile ? "" : ":\(finding.line):\(finding.column)"
    lines += style.paint("\(path)\(position): ", .strong)
    lines += style.paint("\(phrases.label(finding.severity)) ", role)
    lines += finding.message.shownSafely
    lines += style.paint(" [\(finding.code.shownSafely)]", .faint) + "\n"
    let snippet = text.flatMap { $0.scalars.isEmpty ? nil : Snippet($0, style: style) }
    if !finding.isOnWholeFile { snippet?.write(finding.range, role: role, to: &lines) }
    for related in finding.related where showsRelated {
      lines += "   \(style.paint(phrases.note, .info)) \(related.message.shownSafely) "
      lines += "(\(phrases.line(related.line)))\n"
      snippet?.write(related.range, role: .info, to: &lines)
    }
    if let help = finding.help {
      lines += "   \(style.paint(phrases.help, .good)) \(help.shownSafely)\n"
    }
  }
}

extension ReportedFinding {
  /// Both ends in the spec's text; the offsets in it are not known.
  package var range: SourceRange {
    SourceRange(from: (line, column), to: (endLine, endColumn))
  }
}

extension ReportedFinding.Related {
  /// Both ends in the spec's text; the offsets in it are not known.
  var range: SourceRange {
    SourceRange(from: (line, column), to: (endLine, endColumn))
  }
}

extension SourceRange {
  /// A range of which lines and columns are known, and no offsets.
  init(from start: (line: Int, column: Int), to end: (line: Int, column: Int)) {
    self.init(
      start: SourcePosition(offset: 0, line: start.line, column: start.column),
      end: SourcePosition(offset: 0, line: end.line, column: end.column))
  }
}
