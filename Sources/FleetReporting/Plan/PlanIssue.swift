import TinyforgeCore

/// One thing in a plan that a pipeline's format reports by itself.
struct PlanIssue {
  /// The kind: `change`, or as drift's forms name it.
  var check: String
  var severity: Severity
  var workload: ReportedWorkload
  /// What it is about in one sentence, the workload's name first; then further sentences.
  var sentences: [String]
  var range: SourceRange?
  /// What it is known by from one run to the next.
  var fingerprint: String
}
