package import TinyforgeCore

/// Renders workloads for people: a heading for each, its spec, findings and fields below.
///
/// `plan`, `apply`, `drift` and the question before a sync all render by it.
package struct WorkloadText {
  /// What a text on a workload is about, which decides how its verdict and its fields read.
  package enum Subject: Sendable {
    /// What a sync would change, or has changed.
    case sync
    /// Whether to sync: each change with its cause.
    case question
    /// Which fields drift, with the cause of each.
    case drift
  }

  private let style: TextStyle
  let phrases: Phrases
  private let listing: WorkloadListing
  let subject: Subject
  private let details: DriftDetails

  /// Creates a renderer for a language, with or without colours, which lists these workloads.
  package init(
    phrases: Phrases, style: TextStyle, listing: WorkloadListing = .all, subject: Subject = .sync
  ) {
    self.listing = listing
    self.phrases = phrases
    self.style = style
    self.subject = subject
    details = DriftDetails(phrases: phrases) { $0.shownSafely }
  }

  // MARK: A run of plan or apply

  /// The line that ends a report; `untried` workloads are not among the reports, since the run had stopped.
  package func summaryLine(_ reports: [WorkloadReport], untried: Int = 0) -> String {
    style.wrapped(
      style.paint(WorkloadCounts(reports, untried: untried).sentence(phrases), .strong) + "\n")
  }

  /// The workloads that are listed.
  package func list(_ reports: [WorkloadReport]) -> String {
    var text = ""
    for report in reports where listing.lists(report) { text += render(report) }
    return text
  }

  /// That the database's file was replaced, with the applied workloads that the new one lacks.
  package func render(_ replacement: DatabaseReplacement) -> String {
    let lacking = replacement.lacking
    let sentence =
      if let failure = replacement.failure {
        phrases.replacedUnread(phrases.message(failure).shownSafely)
      } else {
        lacking.isEmpty ? phrases.replacedWhole : phrases.replaced(lacking: lacking.count)
      }
    let role: TextStyle.Role = lacking.isEmpty ? .warning : .error
    return style.wrapped(
      style.paint(sentence, role) + "\n"
        + lacking.map { "  \($0.title.shownSafely)\n" }.joined())
  }

  /// One workload of plan or apply.
  package func render(_ report: WorkloadReport) -> String { render(ReportedWorkload(report)) }

  // MARK: A workload

  /// One workload.
  ///
  /// A pipeline's runner reads the log too: no text in it may be a command of its old form.
  package func render(_ workload: ReportedWorkload) -> String {
    let workload = workload.translated(by: phrases)
    let found = Set(workload.findings.map(\.message))
    var lines = TextBuffer()
    writeHeading(of: workload, to: &lines)
    if let spec = workload.spec { writeProvenance(of: spec, to: &lines) }
    if !found.contains(workload.message) { lines += sentence(workload.message) }
    lines += findings(workload)
    writeFields(of: workload, to: &lines)
    lines += faults(workload, found)
    // The heading says that the sync was refused, and the faults above say why.
    if let outcome = workload.outcome, workload.mergeFaults.isEmpty || outcome.result != .refused {
      lines += sentence(outcome.message)
    }
    lines += notes(workload)
    return style.wrapped(lines.text)
  }

  /// Adds the line that a workload begins with.
  func writeHeading(of workload: ReportedWorkload, to lines: inout TextBuffer) {
    let (words, role) = verdict(on: workload)
    lines += style.title(of: workload, workload.sourceKind)
    lines += style.paint(words, role)
    lines += "\n"
  }

  /// Adds where the spec was read: its path, its commit and its repository.
  private func writeProvenance(of spec: ReportedSpec, to lines: inout TextBuffer) {
    lines += "  "
    style.paint(.faint, to: &lines) { lines in
      lines += spec.path.shownSafely
      if let commit = spec.commit {
        let short = ObjectID.short(commit).shownSafely
        lines += " "
        lines += phrases.at(commit: short, of: spec.committedAt?.shownSafely)
      }
      if let repository = spec.repository {
        lines += " "
        lines += phrases.inRepository(repository.shownSafely)
      }
    }
    lines += "\n"
  }

  /// A line of its own; nothing for an empty message.
  private func sentence(_ message: String, after label: String = "") -> String {
    message.isEmpty ? "" : "  \(label)\(message.shownSafely)\n"
  }

  func findings(_ workload: ReportedWorkload) -> String {
    guard !workload.findings.isEmpty else { return "" }
    let renderer = FindingText(style: style, phrases: phrases, showsRelated: subject != .drift)
    let path = (workload.spec?.path ?? "").shownSafely
    var lines = TextBuffer()
    for finding in workload.findings {
      renderer.write(finding, in: path, workload.spec?.text, to: &lines)
    }
    return lines.text.indented(by: "  ")
  }

  /// Why a sync would be refused; what a finding says is not said again.
  private func faults(_ workload: ReportedWorkload, _ found: Set<String>) -> String {
    workload.mergeFaults.map { fault in
      if !found.contains(fault) {
        return sentence(fault, after: style.paint(phrases.refusedLabel, .error) + " ")
      }
      return subject == .drift ? "  \(style.paint(phrases.wouldBeRefused, .error))\n" : ""
    }.joined()
  }

  /// What should be known besides.
  func notes(_ workload: ReportedWorkload) -> String {
    workload.notes.map { sentence($0, after: style.paint(phrases.note, .info) + " ") }.joined()
  }

  // MARK: Fields

  /// Adds the fields that differ, each with both values.
  func writeFields(of workload: ReportedWorkload, to lines: inout TextBuffer) {
    let width = workload.drift.map { DisplayWidth.of($0.field.shownSafely) }.max() ?? 0
    for entry in workload.drift { write(entry, width, workload.spec?.path ?? "", to: &lines) }
  }

  private func write(
    _ entry: ReportedDrift, _ width: Int, _ path: String, to lines: inout TextBuffer
  ) {
    let name = entry.field.shownSafely
    lines += "    "
    lines += name
    lines.append(" ", times: width - DisplayWidth.of(name) + 2)
    writeValues(of: entry, to: &lines)
    if subject != .question {
      style.paint(.faint, to: &lines) { lines in
        lines += "  ("
        lines += path.shownSafely
        lines += ":"
        lines += String(entry.line)
        lines += ":"
        lines += String(entry.column)
        lines += ")"
      }
    }
    lines += "\n"
    guard subject != .sync else { return }
    for sentence in details.sentences(entry) {
      lines += "      "
      lines += style.paint(sentence, .faint)
      lines += "\n"
    }
  }

  private func writeValues(of entry: ReportedDrift, to lines: inout TextBuffer) {
    let live = style.paint(ValueText.shown(entry.live, phrases), .removed)
    let spec = style.paint(ValueText.shown(entry.repo, phrases), .added)
    if subject == .drift {
      lines += phrases.sides(spec: spec, live: live)
    } else {
      lines += live
      lines += " → "
      lines += spec
    }
  }
}

extension TextStyle {
  /// How a line on a workload begins: its name and id, and its source kind.
  func title(of workload: some WorkloadNamed, _ sourceKind: String) -> String {
    "\(paint(workload.title.shownSafely, .strong)) \(paint(sourceKind.shownSafely, .faint)): "
  }
}
