import TinyforgeCore

/// A workload in Markdown, as drift and plan tell it in a comment: the parts that they have in common.
struct WorkloadMarkdown {
  let phrases: Phrases

  /// A section: the heading, and the parts that there are.
  func section(_ workload: ReportedWorkload, _ verdict: String, _ parts: [String?]) -> String {
    "#### \(MarkdownText.code(workload.shownName)) — \(verdict)\n"
      + parts.compactMap(\.self).map { "\n" + $0 }.joined()
  }

  /// The spec's file and commit with their pages on the forge.
  func provenance(_ workload: ReportedWorkload) -> String? {
    guard let spec = workload.spec else { return nil }
    var parts = [MarkdownText.code(spec.path, to: spec.links?.file)]
    if let commit = spec.commit {
      let short = MarkdownText.code(ObjectID.short(commit), to: spec.links?.commit)
      parts.append(phrases.at(commit: short, of: spec.committedAt.map { MarkdownText.code($0) }))
    }
    if let links = spec.links {
      let name = MarkdownText.code(links.repositoryName, to: links.repository)
      parts.append(phrases.inRepository(name))
    } else if let repository = spec.repository {
      parts.append(phrases.inRepository(MarkdownText.code(repository)))
    }
    return parts.joined(separator: " ") + "\n"
  }

  /// Why the status is what it is.
  func message(_ workload: ReportedWorkload) -> String? {
    // The message of an invalid spec is that of its first fault, which is listed with its place.
    workload.message.isEmpty || findings(workload) != nil
      ? nil : MarkdownText.message(workload.message) + "\n"
  }

  /// The findings that make the spec invalid; the rest is lint's to tell.
  func findings(_ workload: ReportedWorkload) -> String? {
    let errors = workload.findings.filter { $0.severity == .error }
    guard workload.status == .invalid, !errors.isEmpty else { return nil }
    return errors.map { finding in
      "- \(place(finding.line, finding.column, workload)) "
        + MarkdownText.message(finding.message)
        + (finding.help.map { "; " + MarkdownText.message($0) } ?? "") + "\n"
    }.joined()
  }

  /// A place in the spec with its line on the forge.
  func place(_ line: Int, _ column: Int, _ workload: ReportedWorkload) -> String {
    MarkdownText.code("\(line):\(column)", to: workload.spec?.links?.line(line))
  }

  /// Why a sync would be refused, and what should be known.
  func notes(_ workload: ReportedWorkload) -> String? {
    let faults = workload.mergeFaults.map {
      "- \(phrases.refusedLabel) \(MarkdownText.message($0))\n"
    }
    let notes = workload.notes.map { "- \(phrases.note) \(MarkdownText.message($0))\n" }
    let lines = faults + notes
    return lines.isEmpty ? nil : lines.joined()
  }
}
