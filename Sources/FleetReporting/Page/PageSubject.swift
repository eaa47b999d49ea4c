import Reporting
import TinyforgeCore

/// What a page is about, which decides how verdicts and fields read.
enum PageSubject: String {
  /// Which fields drift, with the cause of each.
  case drift
  /// What a sync would change.
  case plan

  /// The verdict on a workload; a plan whose sync would be refused changes nothing.
  func verdict(on workload: ReportedWorkload) -> WorkloadVerdict {
    let isRefused = workload.status == .ok && !workload.mergeFaults.isEmpty
    return self == .plan && isRefused ? .refused : WorkloadVerdict(workload)
  }

  /// The verdicts, the worst first.
  var verdicts: [WorkloadVerdict] {
    guard self == .plan else { return WorkloadVerdict.allCases }
    return WorkloadVerdict.allCases.filter { $0 < .drifted } + [.refused, .drifted]
      + WorkloadVerdict.allCases.filter { $0 > .drifted && $0 != .refused }
  }

  /// A workload's result in a few words.
  func words(on workload: ReportedWorkload, _ phrases: Phrases) -> String {
    switch self {
    case .drift: phrases.verdict(on: workload)
    case .plan:
      WorkloadText(phrases: phrases, style: TextStyle(coloured: false)).verdict(on: workload).words
    }
  }

  /// A verdict in a word.
  func pill(_ verdict: WorkloadVerdict, _ phrases: Phrases) -> String {
    self == .plan && verdict == .drifted ? phrases.changes : phrases.pill(verdict)
  }

  /// What the page is called.
  func heading(_ phrases: Phrases) -> String {
    self == .plan ? phrases.planHeading : phrases.driftHeading
  }

  /// What fields whose two values differ are called, as a heading.
  func fieldsHeading(_ phrases: Phrases) -> String {
    self == .plan ? phrases.changesHeading : phrases.driftHeading
  }

  /// What such a field is called.
  func differingField(_ phrases: Phrases) -> String {
    self == .plan ? phrases.changedField : phrases.driftedField
  }
}
