package import TinyforgeCore

/// The pipeline that a tool runs in, as its forge describes it in environment variables.
package struct Pipeline: Sendable, Equatable {
  /// Which of the repository's pipelines it is; two that post keep a comment each.
  package var name: String
  /// The page of the run; nil where none is known.
  package var runPage: String?
  /// The pull or merge request that runs, or why there is none.
  package var target: Result<PullRequest, NoTarget>
  /// The forge that runs it; nil outside of a pipeline.
  package var forge: ForgeKind?
  /// The base address of that forge's API, as the environment names it.
  package var api: String?
  /// The path of the repository that it is of, such as `acme/shop`.
  package var repository: String?

  /// Why a run belongs to no pull or merge request.
  package struct NoTarget: Error, Sendable, Equatable {
    /// A sentence without its full stop.
    package var reason: String
    /// What can be done, where something can.
    package var remedy: String?

    /// Creates one from its parts.
    package init(reason: String, remedy: String?) {
      self.reason = reason
      self.remedy = remedy
    }
  }

  /// Creates one from its parts.
  package init(
    name: String, runPage: String?, target: Result<PullRequest, NoTarget>, forge: ForgeKind? = nil,
    api: String? = nil, repository: String? = nil
  ) {
    self.forge = forge
    self.api = api
    self.repository = repository
    self.name = name
    self.runPage = runPage
    self.target = target
  }

  /// The pipeline that the environment describes.
  ///
  /// `variable` gives a variable's value, nil if it is unset or empty; `file` a file's bytes.
  package static func running(
    variable: ForgePipeline.Variable, file: ForgePipeline.File
  ) -> Pipeline {
    if let kind = ForgeKind(pipeline: variable) {
      return kind.definition.pipeline.describe(variable, file)
    }
    return Pipeline(
      name: "manual", runPage: nil,
      target: .failure(
        NoTarget(
          reason: "this runs in no pipeline of GitHub, Gitea or GitLab",
          remedy: "name the pull or merge request with --post-to URL")))
  }

  /// The addresses of the forge that the pipeline runs on, of its pages and of its API; nil outside
  /// of a pipeline.
  package static func addresses(variable: ForgePipeline.Variable) -> [String]? {
    ForgeKind(pipeline: variable)?.definition.pipeline.addressVariables.compactMap(variable)
  }
}
