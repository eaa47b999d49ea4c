package import TinyforgeCore

/// Renders what plan and apply found for people: a heading for each workload, its fields below.
package struct WorkloadText {
  private let style: TextStyle
  private let phrases: Phrases
  private let listing: WorkloadListing

  /// Creates a renderer for a language, with or without colours, which lists these workloads.
  package init(phrases: Phrases, style: TextStyle, listing: WorkloadListing = .all) {
    self.listing = listing
    self.phrases = phrases
    self.style = style
  }

  /// The workloads that are listed, and a summary of all.
  package func render(_ reports: [WorkloadReport]) -> String {
    list(reports) + summaryLine(reports)
  }

  /// The line that ends a report; `untried` workloads were not come to, for the run had stopped.
  package func summaryLine(_ reports: [WorkloadReport], untried: Int = 0) -> String {
    style.wrapped(
      style.paint(WorkloadCounts(reports, untried: untried).sentence(phrases), .strong) + "\n")
  }

  /// The workloads that are listed.
  package func list(_ reports: [WorkloadReport]) -> String {
    reports.filter(listing.lists).map(render).joined()
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

  /// One workload.
  ///
  /// A pipeline's runner reads the log too: no text in it may be a command of its old form.
  package func render(_ report: WorkloadReport) -> String {
    var text = heading(report)
    text += origin(report)
    let found = Set(report.decoded?.findings.map(\.message) ?? [])
    let faults = report.plan?.faults ?? []
    if !found.contains(report.message) { text += sentence(report.message) }
    text += findings(report)
    text += fields(report)
    for fault in faults where !found.contains(fault) {
      text += sentence(fault, after: style.paint(phrases.refusedLabel, .error) + " ")
    }
    // The heading says that the sync was refused, and the faults above say why.
    if let outcome = report.outcome, faults.isEmpty || outcome.result != .refused {
      text += sentence(outcome.message)
    }
    return style.wrapped(text + notes(report))
  }

  // MARK: Parts

  /// A line of its own in the language; nothing for an empty message.
  private func sentence(_ message: String, after label: String = "") -> String {
    message.isEmpty ? "" : "  \(label)\(phrases.message(message).shownSafely)\n"
  }

  func heading(_ report: WorkloadReport) -> String {
    let row = report.workload
    let (word, role) = verdict(report)
    return style.paint(row.title.shownSafely, .strong) + " "
      + style.paint(row.sourceKind.shownSafely, .faint) + ": " + style.paint(word, role) + "\n"
  }

  /// What the workload came to, in a few words.
  func verdict(_ report: WorkloadReport) -> (String, TextStyle.Role) {
    if let outcome = report.outcome { return verdict(outcome) }
    switch report.status {
    case .ok: return planVerdict(report)
    case .noFile: return (phrases.noSpec, .warning)
    case .fetchFailed: return (phrases.couldNotBeRead, .error)
    case .invalid: return (phrases.invalidSpec, .error)
    case .disabled: return (phrases.notOptedIn, .faint)
    case .ineligible: return (phrases.notEligible, .faint)
    }
  }

  private func verdict(_ outcome: ApplyOutcome) -> (String, TextStyle.Role) {
    switch outcome.result {
    case .applied:
      return (phrases.applied(event: outcome.eventID), .good)
    case .unchanged: return (phrases.unchanged, .good)
    case .refused: return (phrases.refused, .warning)
    case .failed: return (outcome.isBusy ? phrases.busy : phrases.failed, .error)
    }
  }

  private func planVerdict(_ report: WorkloadReport) -> (String, TextStyle.Role) {
    if report.plan?.isValid == false { return (phrases.refused, .warning) }
    let changes = report.plan?.changes.count ?? 0
    let managed = report.plan?.managed.count ?? 0
    guard managed > 0 else { return (phrases.declaresNothing, .faint) }
    guard changes > 0 else { return inSync(managed, report) }
    return (phrases.wouldChange(changes, of: managed), .warning)
  }

  private func inSync(_ managed: Int, _ report: WorkloadReport) -> (String, TextStyle.Role) {
    if report.plan?.isValid == false { return (phrases.refused, .warning) }
    let isNoted = !report.notes.isEmpty
    return (phrases.inSync(managed, isNoted: isNoted), isNoted ? .warning : .good)
  }

  private func origin(_ report: WorkloadReport) -> String {
    guard let spec = report.spec else { return "" }
    var parts = [spec.path.shownSafely]
    if let commit = spec.commit {
      parts.append(phrases.at(commit: String(commit.id.prefix(12)), of: commit.committedAt))
    }
    if let repository = spec.repository {
      parts.append(phrases.inRepository(repository.shownSafely))
    }
    return "  " + style.paint(parts.joined(separator: " "), .faint) + "\n"
  }

  func findings(_ report: WorkloadReport) -> String {
    guard let decoded = report.decoded, !decoded.findings.isEmpty, let text = report.text
    else { return "" }
    let renderer = LintText(style: style, phrases: phrases, indent: "  ")
    let path = report.spec?.path ?? ""
    return decoded.findings.map { renderer.render($0, path: path, text: text) }.joined()
  }

  func notes(_ report: WorkloadReport) -> String {
    report.notes.map {
      "  \(style.paint(phrases.note, .info)) \(phrases.message($0).shownSafely)\n"
    }.joined()
  }

  private func fields(_ report: WorkloadReport) -> String {
    guard let changes = report.plan?.changes, !changes.isEmpty else { return "" }
    let width = changes.map { $0.field.name.count }.max() ?? 0
    let text = report.text
    return changes.map { change in
      let name = change.field.name.padded(to: width)
      let live = shown(change.live?.withoutCredentials, style: .removed)
      let repo = shown(change.repo.json.withoutCredentials, style: .added)
      return "    \(name)  \(live) → \(repo)\(place(of: change, report.spec, text))\n"
    }.joined()
  }

  private func place(of change: DriftEntry, _ spec: SpecSnapshot?, _ text: SourceText?) -> String {
    guard let spec, let text else { return "" }
    let start = text.position(at: change.declared.span.lowerBound)
    return style.paint("  (\(spec.path.shownSafely):\(start.line):\(start.column))", .faint)
  }

  private func shown(_ value: JSONValue?, style role: TextStyle.Role) -> String {
    style.paint(ValueText.shown(value ?? .null, phrases), role)
  }
}
