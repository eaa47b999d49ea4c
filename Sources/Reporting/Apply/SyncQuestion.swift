package import TinyforgeCore

/// What a person is shown before a sync: where the values come from, what changes and why, what stays,
/// and what happens next.
package struct SyncQuestion {
  private let phrases: Phrases
  private let style: TextStyle
  private let listing: WorkloadListing
  private let plain: WorkloadText
  private let asking: WorkloadText

  /// Creates one for a language and a terminal, which lists these workloads.
  package init(phrases: Phrases, style: TextStyle, listing: WorkloadListing = .changes) {
    self.listing = listing
    self.phrases = phrases
    self.style = style
    plain = WorkloadText(phrases: phrases, style: style)
    asking = WorkloadText(phrases: phrases, style: style, subject: .question)
  }

  /// All of it, up to where the answer is typed.
  package func render(_ reports: [WorkloadReport]) -> String {
    let parts = reports.filter(listing.lists).map { report in
      report.plan?.isValid == true && report.plan?.changes.isEmpty == false
        ? changing(report) : plain.render(report)
    }
    let written = reports.filter { $0.plan?.changes.isEmpty == false }
    let servers = Set(written.compactMap(\.workload.server)).sorted()
    let place = servers.isEmpty ? "" : phrases.onServers(servers.joined(separator: ", ")) + "\n"
    return style.wrapped(
      parts.joined() + style.paint(WorkloadCounts(reports).sentence(phrases), .strong)
        + "\n\(place)\n")
      + style.wrapped(
        phrases.syncDoesNotDeploy + " " + phrases.nextDeployTakesThem + "\n", isParagraph: true)
      + phrases.typeYesToApply
  }

  /// The same before the values of a sync are put back.
  package func render(revert report: WorkloadReport) -> String {
    let text =
      RevertText(phrases: phrases, style: style).render(report)
      + (report.revert.map { undone($0) } ?? origin(ReportedWorkload(report)) + untouched(report))
    return style.wrapped(text + "\n")
      + style.wrapped(
        phrases.syncDoesNotDeploy + " " + phrases.specStaysAsItIs + "\n", isParagraph: true)
      + phrases.typeYesToRevert
  }

  /// Whose sync it was, what was changed since, and what stays.
  private func undone(_ revert: RevertPlan) -> String {
    let event = revert.synced
    let shown = [event.actor, event.createdAt, ObjectID.short(event.commit)].map {
      $0.isEmpty ? "?" : $0.shownSafely
    }
    let moves = revert.moved.map { move in
      let values = [move.synced, move.now].map {
        ValueText.shown(($0 ?? .null).withoutCredentials, phrases)
      }
      return phrases.movedSince(field: move.field.name, synced: values[0], now: values[1])
    }
    let changed = revert.changes.map(\.field)
    let others = revert.config.json.members.count { !changed.contains($0.name) }
    let rest = others > 0 ? [phrases.staysAsItIs(phrases.otherMembers(others))] : []
    return
      ([phrases.undoes(actor: shown[0], at: shown[1], commit: shown[2])] + moves + rest)
      .map { "  \($0)\n" }.joined()
  }

  private func changing(_ report: WorkloadReport) -> String {
    let workload = ReportedWorkload(report).translated(by: phrases)
    var lines = TextBuffer()
    asking.writeHeading(of: workload, to: &lines)
    lines += origin(workload)
    lines += asking.findings(workload)
    asking.writeFields(of: workload, to: &lines)
    lines += asking.notes(workload)
    lines += untouched(report)
    return lines.text
  }

  private func origin(_ workload: ReportedWorkload) -> String {
    guard let spec = workload.spec else { return "" }
    var text = "  \(spec.path.shownSafely)"
    if let repository = spec.repository {
      text += " " + phrases.inRepository(repository.shownSafely)
    }
    guard let commit = spec.commit else { return text + "\n" }
    let when = phrases.at(
      commit: ObjectID.short(commit).shownSafely, of: spec.committedAt?.shownSafely)
    let subject = spec.subject.map { ": " + style.paint($0.shownSafely, .strong) } ?? ""
    return text + "\n  \(when)\(subject)\n"
  }

  /// Declared fields that are equal already, and how much of the config no spec declares.
  private func untouched(_ report: WorkloadReport) -> String {
    guard let plan = report.plan else { return "" }
    let changed = plan.changes.map(\.field.name)
    let same = plan.managed.map(\.field.name).filter { !changed.contains($0) }
    let managed = plan.managed.map(\.field.name)
    let others = plan.merged.json.members.count { !managed.contains($0.name) }
    let parts = same + (others > 0 ? [phrases.undeclaredMembers(others)] : [])
    guard !parts.isEmpty else { return "" }
    return "  \(phrases.staysAsItIs(parts.joined(separator: ", ")))\n"
  }
}
