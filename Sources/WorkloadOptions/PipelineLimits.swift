internal import Forges
package import Reporting
import RunningProcess
import TinyforgeCore

extension DriftMarkdown {
  /// What a comment of the pipeline that is running may hold, in characters; elsewhere the least
  /// that forges take.
  package static var usualLimit: Int {
    ForgeKind(pipeline: Environment.variable)?.definition.comments.limit ?? commentLimit
  }
}
