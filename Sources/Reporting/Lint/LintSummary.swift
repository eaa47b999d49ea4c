package import TinyforgeCore

/// How much of what a lint run found, and in how many files.
package struct LintSummary: Sendable {
  /// Files that were read, or should have been.
  package private(set) var files = 0
  private(set) var errors = 0
  private(set) var warnings = 0
  private var notes = 0
  private var fixed = 0
  private var unread = 0
  private var unwritten = 0

  /// Counts the findings of reports.
  package init(_ reports: [LintReport] = []) {
    for report in reports {
      files += 1
      fixed += report.fixed.count
      // A file that could not be rewritten was read, and has its findings.
      if report.failure != nil {
        if report.verdict == .error { unread += 1 } else { unwritten += 1 }
      }
      for finding in report.decoded.findings {
        switch finding.severity {
        case .error: errors += 1
        case .warning: warnings += 1
        case .info: notes += 1
        }
      }
    }
  }

  /// Adds the counts of another summary.
  package static func += (sum: inout LintSummary, next: LintSummary) {
    sum.files += next.files
    sum.errors += next.errors
    sum.warnings += next.warnings
    sum.notes += next.notes
    sum.fixed += next.fixed
    sum.unread += next.unread
    sum.unwritten += next.unwritten
  }

  /// One sentence on the run as a whole.
  package var sentence: String {
    let files = LintText.count(files - unread, "file")
    let rest =
      (unread > 0 ? ", \(unread) could not be read" : "")
      + (unwritten > 0 ? ", \(unwritten) could not be rewritten" : "")
    let parts = [
      errors > 0 ? LintText.count(errors, "error") : nil,
      warnings > 0 ? LintText.count(warnings, "warning") : nil,
      notes > 0 ? LintText.count(notes, "note") : nil, fixed > 0 ? "\(fixed) fixed" : nil,
    ].compactMap(\.self)
    guard !parts.isEmpty else {
      return "\(files) checked" + (rest.isEmpty ? ", nothing found" : rest)
    }
    return parts.joined(separator: ", ") + " in \(files)\(rest)"
  }
}
