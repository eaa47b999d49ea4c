internal import Forges
package import ProviderHTTP
import RunningProcess
import TinyforgeCore
import ToolSupport

/// The pipeline that this process runs in.
package enum RunningPipeline {
  /// Where its forge is asked and seen; nil outside of a pipeline.
  ///
  /// Empty where the pipeline does not say: then no forge is its own.
  package static var origins: Set<HTTPOrigin>? {
    Pipeline.addresses(variable: Environment.variable).map { addresses in
      Set(addresses.compactMap { BaseURL($0)?.origin })
    }
  }

  /// The token of the job, if the forge gives it one by a variable.
  static var jobToken: TokenBook.JobToken? {
    let pipeline = ForgeKind(pipeline: Environment.variable)?.definition.pipeline
    guard
      let token = pipeline?.jobTokenVariable.flatMap(Environment.variable)
        .flatMap({ Token($0) })
    else { return nil }
    return TokenBook.JobToken(token, for: origins ?? [])
  }
}
