package import Forges

/// The comment that a report is posted as.
package struct PostSettings: Sendable {
  /// The pipeline that the tool runs in, with the request that is commented.
  let pipeline: Pipeline
  /// What distinguishes the comment from others of the pipeline.
  let name: String?
  /// The account that the token is of, where it may not be asked for.
  let author: String?
  /// Whether the requests are shown, and none of them is sent.
  let isDryRun: Bool

  /// Creates one from its parts.
  package init(pipeline: Pipeline, name: String?, author: String?, isDryRun: Bool) {
    self.pipeline = pipeline
    self.name = name
    self.author = author
    self.isDryRun = isDryRun
  }
}
