package import Reporting
import RunningProcess

extension DriftMarkdown {
  /// What a comment of the pipeline that is running may hold, in characters; elsewhere the least
  /// that forges take.
  package static var usualLimit: Int {
    Environment.variable("GITLAB_CI") == "true" ? gitLabCommentLimit : commentLimit
  }
}
