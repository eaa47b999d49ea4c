package import TinyforgeCore

/// Renders drift for people: a heading for each workload, and its drifted fields below.
package struct DriftText: DriftParts {
  private let phrases: Phrases
  private let style: TextStyle
  private let listing: WorkloadListing
  private let details: DriftDetails

  /// Creates a renderer for a language, with or without colours, which lists these workloads.
  package init(phrases: Phrases, style: TextStyle, listing: WorkloadListing = .all) {
    self.listing = listing
    self.phrases = phrases
    self.style = style
    details = DriftDetails(phrases: phrases) { $0.shownSafely }
  }

  /// Nothing: the text begins with the first workload.
  package func opening(_ report: DriftReport) -> String { "" }

  /// Nothing: each workload ends its own lines.
  package func separator(isFirst: Bool) -> String { "" }

  /// The lines behind the workloads: the summary, and where the live values are from.
  package func closing(_ report: DriftReport, isEmpty: Bool) -> String {
    let taken = report.snapshotTakenAt.map { phrases.snapshotTaken(at: $0.shownSafely) + "\n" }
    let gaps =
      report.gaps.isEmpty
      ? "" : style.paint(phrases.incompleteTitle(report.gaps), .warning) + "\n"
    return style.wrapped(
      (taken ?? "") + style.paint(phrases.summary(report.summary), .strong) + "\n" + gaps
        + (report.isInterrupted ? phrases.interrupted(report) + "\n" : ""))
  }

  /// One workload; nothing where it is not listed.
  ///
  /// A pipeline's runner reads the log too: no text in it may be a command of its old form.
  package func workload(_ workload: ReportedWorkload) -> String {
    guard listing.lists(workload) else { return "" }
    let workload = workload.told(in: phrases)
    let found = Set(workload.findings.map(\.message))
    var text = heading(workload)
    if let spec = workload.spec { text += "  \(style.paint(origin(spec), .faint))\n" }
    if !workload.message.isEmpty, !found.contains(workload.message) {
      text += "  \(workload.message.shownSafely)\n"
    }
    text += findings(workload)
    text += fields(workload)
    for fault in workload.mergeFaults {
      // A finding told it, with its place.
      text +=
        found.contains(fault)
        ? "  \(style.paint(phrases.wouldBeRefused, .error))\n"
        : "  \(style.paint(phrases.refusedLabel, .error)) \(fault.shownSafely)\n"
    }
    for note in workload.notes {
      text += "  \(style.paint(phrases.note, .info)) \(note.shownSafely)\n"
    }
    return style.wrapped(text)
  }

  // MARK: Parts

  private func heading(_ workload: ReportedWorkload) -> String {
    style.paint(workload.title.shownSafely, .strong) + " "
      + style.paint(workload.sourceKind.shownSafely, .faint) + ": "
      + style.paint(phrases.verdict(on: workload), WorkloadVerdict(workload).role) + "\n"
  }

  private func origin(_ spec: ReportedSpec) -> String {
    var parts = [spec.path.shownSafely]
    if let commit = spec.commit {
      let short = String(commit.prefix(12)).shownSafely
      parts.append(phrases.at(commit: short, of: spec.committedAt?.shownSafely))
    }
    if let repository = spec.repository {
      parts.append(phrases.inRepository(repository.shownSafely))
    }
    return parts.joined(separator: " ")
  }

  private func fields(_ workload: ReportedWorkload) -> String {
    let width = workload.drift.map { DisplayWidth.of($0.field.shownSafely) }.max() ?? 0
    return workload.drift.map { field($0, width, workload.spec?.path ?? "") }.joined()
  }

  private func field(_ entry: ReportedDrift, _ width: Int, _ path: String) -> String {
    let sides = phrases.sides(
      spec: style.paint(ValueText.shown(entry.repo, phrases), .added),
      live: style.paint(ValueText.shown(entry.live, phrases), .removed))
    let place = style.paint("  (\(path.shownSafely):\(entry.line):\(entry.column))", .faint)
    let sentences = details.sentences(entry).map { "      \(style.paint($0, .faint))\n" }
    return "    \(entry.field.shownSafely.padded(to: width))  \(sides)\(place)\n"
      + sentences.joined()
  }

  private func findings(_ workload: ReportedWorkload) -> String {
    guard !workload.findings.isEmpty else { return "" }
    let text = workload.spec?.text
    return workload.findings.map { render($0, workload.spec?.path ?? "", text) }.joined()
      .indented(by: "  ")
  }

  private func render(_ finding: ReportedFinding, _ path: String, _ text: SourceText?) -> String {
    let role = finding.severity.role
    let place = "\(path.shownSafely):\(finding.line):\(finding.column): "
    var lines =
      style.paint(place, .strong) + style.paint("\(phrases.label(finding.severity)) ", role)
      + finding.message.shownSafely + style.paint(" [\(finding.code.shownSafely)]", .faint) + "\n"
    if let text, !text.scalars.isEmpty {
      Snippet(text, style: style).write(finding.range, role: role, to: &lines)
    }
    if let help = finding.help {
      lines += "   \(style.paint(phrases.help, .good)) \(help.shownSafely)\n"
    }
    return lines
  }
}

extension ReportedFinding {
  /// Both ends in the spec's text; the offsets in it are not known.
  var range: SourceRange {
    SourceRange(
      start: SourcePosition(offset: 0, line: line, column: column),
      end: SourcePosition(offset: 0, line: endLine, column: endColumn))
  }
}
