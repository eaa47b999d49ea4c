package import TinyforgeCore

/// Renders lint reports for people, in the style of compilers.
package struct LintText {
  private let style: TextStyle

  package init(style: TextStyle) { self.style = style }

  /// The findings of all files; empty when there are none.
  ///
  /// A pipeline's runner reads the log too: no text in it may be a command of its old form.
  package func render(_ reports: [LintReport]) -> String {
    WorkflowCommand.unarmed(reports.map(render).joined())
  }

  /// One sentence on the run as a whole.
  package func summary(_ reports: [LintReport]) -> String {
    let findings = reports.flatMap(\.decoded.findings)
    let errors = findings.count { $0.severity == .error }
    let warnings = findings.count { $0.severity == .warning }
    // A file that could not be rewritten was read, and has its findings.
    let unread = reports.count { $0.failure != nil && $0.verdict == .error }
    let unwritten = reports.count { $0.failure != nil } - unread
    let files = Self.count(reports.count - unread, "file")
    let rest =
      (unread > 0 ? ", \(unread) could not be read" : "")
      + (unwritten > 0 ? ", \(unwritten) could not be rewritten" : "")
    let notes = findings.count - errors - warnings
    let fixed = reports.reduce(0) { $0 + $1.fixed.count }
    guard errors + warnings + notes + fixed > 0 else {
      return "\(files) checked" + (rest.isEmpty ? ", nothing found" : rest)
    }
    let parts = [
      errors > 0 ? Self.count(errors, "error") : nil,
      warnings > 0 ? Self.count(warnings, "warning") : nil,
      notes > 0 ? Self.count(notes, "note") : nil, fixed > 0 ? "\(fixed) fixed" : nil,
    ]
    return parts.compactMap(\.self).joined(separator: ", ") + " in \(files)\(rest)"
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private func render(_ report: LintReport) -> String {
    let text = SourceText(report.bytes ?? [])
    let findings = report.decoded.findings.map { render($0, path: report.place, text: text) }
    return report.fixed.map { render($0, report) }.joined() + findings.joined()
      + (findings.isEmpty ? "" : otherReferences(report))
  }

  private func render(_ fixed: SpecFix.Fixed, _ report: LintReport) -> String {
    let place = "\(WorkflowCommand.atLineStart(report.path)):\(fixed.line):\(fixed.column): "
    return style.paint(place, .strong) + style.paint("fixed: ", .good) + fixed.message
      + style.paint(" [\(fixed.code.id)]", .faint) + "\n"
  }

  /// A line on the references that hold the same spec, of which the first is shown.
  private func otherReferences(_ report: LintReport) -> String {
    let others = report.references.dropFirst()
    guard !others.isEmpty else { return "" }
    let shown = others.prefix(5).map(\.shownSafely).joined(separator: ", ")
    let rest = others.count > 5 ? " and \(others.count - 5) more" : ""
    return "   \(style.paint("note:", .info)) the same in \(shown)\(rest)\n"
  }

  /// One finding with its snippet, help and related places.
  package func render(_ finding: Finding, path: String, text: SourceText) -> String {
    let role = finding.severity.role
    var place = WorkflowCommand.atLineStart(path)
    if let span = finding.span {
      let start = text.position(at: span.lowerBound)
      place += ":\(start.line):\(start.column)"
    }
    var lines =
      style.paint("\(place): ", .strong) + style.paint("\(finding.severity.rawValue): ", role)
      + finding.message + style.paint(" [\(finding.code.id)]", .faint) + "\n"
    if let span = finding.span, !text.scalars.isEmpty {
      lines += Snippet(text, style: style).render(span, role: role)
    }
    for related in finding.related {
      let start = text.position(at: related.span.lowerBound)
      lines += "   \(style.paint("note:", .info)) \(related.message) (line \(start.line))\n"
      lines += Snippet(text, style: style).render(related.span, role: .info)
    }
    if let help = finding.help { lines += "   \(style.paint("help:", .good)) \(help)\n" }
    return lines
  }
}

extension Severity {
  var role: TextStyle.Role {
    switch self {
    case .error: .error
    case .warning: .warning
    case .info: .info
    }
  }
}
