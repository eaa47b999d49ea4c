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
    _ finding: ReportedFinding, in path: String, _ text: SourceText?, to lines: inout TextBuffer
  ) {
    let role = finding.severity.role
    writePlace(of: finding, in: path, to: &lines)
    style.paint(role, to: &lines) { lines in
      lines += phrases.label(finding.severity)
      lines.append(" ")
    }
    lines += finding.message.shownSafely
    style.paint(.faint, to: &lines) { lines in
      lines += " ["
      lines += finding.code.shownSafely
      lines.append("]")
    }
    lines.append("\n")
    let snippet = text.flatMap { $0.scalars.isEmpty ? nil : Snippet($0, style: style) }
    if !finding.isOnWholeFile { snippet?.write(finding.range, role: role, to: &lines) }
    for related in finding.related where showsRelated {
      writeRemark(phrases.note, .info, related.message, to: &lines)
      lines += " (\(phrases.line(related.line)))\n"
      snippet?.write(related.range, role: .info, to: &lines)
    }
    if let help = finding.help {
      writeRemark(phrases.help, .good, help, to: &lines)
      lines.append("\n")
    }
  }

  private func writePlace(
    of finding: ReportedFinding, in path: String, to lines: inout TextBuffer
  ) {
    style.paint(.strong, to: &lines) { lines in
      lines += path
      if !finding.isOnWholeFile {
        lines.append(":")
        lines += String(finding.line)
        lines.append(":")
        lines += String(finding.column)
      }
      lines += ": "
    }
  }

  /// Adds what a finding says beside its message, without a line break.
  private func writeRemark(
    _ label: String, _ role: TextStyle.Role, _ words: String, to lines: inout TextBuffer
  ) {
    lines += "   "
    style.paint(role, to: &lines) { $0 += label }
    lines.append(" ")
    lines += words.shownSafely
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
