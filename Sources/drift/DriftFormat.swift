import DriftTracking
import FleetReporting
import Reporting
import TinyforgeCore
import ToolSupport
import WorkloadOptions

/// How drift is written.
enum DriftFormat: String, FormatChoice {
  case text, json, jsonl, markdown, html, github, gitlab, sarif, junit, prometheus

  /// The form's writer, where it is written part by part as the workloads come.
  func parts(_ phrases: Phrases, _ style: TextStyle, _ listing: WorkloadListing)
    -> (any DriftParts)?
  {
    switch self {
    case .text: DriftText(phrases: phrases, style: style, listing: listing)
    case .json: DriftJSON(.document)
    case .jsonl: DriftJSON(.lines)
    case .markdown, .html, .github, .gitlab, .sarif, .junit, .prometheus: nil
    }
  }

  /// Whether the form is JSON that a later run, or `drift merge`, reads back.
  var isJSON: Bool { self == .json || self == .jsonl }

  /// The document of a report; `changes` are those against an earlier one.
  func document(
    _ report: DriftReport, _ changes: DriftChanges?, _ phrases: Phrases, _ style: TextStyle,
    _ listing: WorkloadListing
  ) -> String {
    switch self {
    case .text, .json, .jsonl: parts(phrases, style, listing)?.render(report) ?? ""
    case .markdown:
      DriftMarkdown(phrases: phrases, listing: listing)
        .render(
          report, limit: DriftMarkdown.usualLimit,
          lead: changes.map { DriftChangesText.markdown($0, phrases) })
    case .html:
      DriftPage(phrases: phrases, version: ToolkitVersion.current)
        .render(report, lead: changes.map { DriftChangesText.html($0, phrases) } ?? "")
    case .github: DriftGitHub(phrases: phrases).render(report)
    case .gitlab: DriftGitLab(phrases: phrases).render(report)
    case .sarif: DriftSARIF(phrases: phrases, of: .built).render(report)
    case .junit: DriftJUnit(phrases: phrases).render(report)
    case .prometheus: DriftPrometheus().render(report)
    }
  }

  /// Whether the document leads to the forge's pages.
  var linksSpecs: Bool {
    switch self {
    case .json, .jsonl, .markdown, .github: true
    case .text, .html, .gitlab, .sarif, .junit, .prometheus: false
    }
  }

  /// Whether an interrupted run is reported as a workload that could not be read.
  var tellsInterruptionAsWorkload: Bool {
    switch self {
    case .github, .gitlab, .sarif, .junit: true
    case .text, .json, .jsonl, .markdown, .html, .prometheus: false
    }
  }

  /// What a pipeline shows of the step beside its log; empty for forms that no pipeline reads so.
  func stepSummary(_ report: DriftReport, _ phrases: Phrases) -> String {
    guard self == .github else { return "" }
    return DriftMarkdown(phrases: phrases).render(report, limit: DriftMarkdown.summaryLimit)
  }
}
