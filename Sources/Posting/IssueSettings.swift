package import Forges

/// The issue that a report is posted as.
package struct IssueSettings: Sendable {
  /// The pipeline that the tool runs in.
  let pipeline: Pipeline
  /// The repository's issues.
  let tracker: IssueTracker
  /// What distinguishes the issue from others of the pipeline.
  let name: String?
  /// The labels of a new issue.
  let labels: [String]
  /// The account that the token is of, where it may not be asked for.
  let author: String?
  /// Whether the requests are shown, and none of them is sent.
  let isDryRun: Bool

  /// Creates one from its parts.
  package init(
    pipeline: Pipeline, tracker: IssueTracker, name: String?, labels: [String], author: String?,
    isDryRun: Bool
  ) {
    self.pipeline = pipeline
    self.tracker = tracker
    self.name = name
    self.labels = labels
    self.author = author
    self.isDryRun = isDryRun
  }
}
