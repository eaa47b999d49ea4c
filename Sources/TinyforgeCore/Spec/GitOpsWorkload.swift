/// A row that GitOps can work on: the one place that reads a row's source kind and live config.
package struct GitOpsWorkload: Sendable {
  /// The row.
  package let row: Workload
  /// What the workload is built from.
  package let sourceKind: SourceKind
  /// The values that the server works with.
  package let liveConfig: LiveConfig

  /// Reads a row; `includingDisabled` takes one that is not opted in as well.
  package init(_ row: Workload, includingDisabled: Bool = false) throws(Refusal) {
    guard let sourceKind = row.servedKind else { throw .ineligible(row) }
    guard row.gitopsEnabled || includingDisabled else { throw .disabled(row) }
    self.row = row
    self.sourceKind = sourceKind
    do throws(Failure) { liveConfig = try row.liveConfig() } catch { throw .unusableConfig(error) }
  }

  /// Why GitOps cannot work on a row.
  package enum Refusal: Error, Sendable {
    /// GitOps does not serve the source kind.
    case ineligible(Workload)
    /// The workload is not opted in.
    case disabled(Workload)
    /// The live config cannot be read.
    case unusableConfig(Failure)

    /// The reason in a sentence, with what to do about it.
    package var message: String {
      switch self {
      case .ineligible(let row):
        "GitOps serves dockerfile and static sources, not \(row.sourceKind.shownSafely)"
      case .disabled(let row):
        "the workload is not opted in to GitOps; to opt it in: apply enable \(ShellWord(row.id))"
      case .unusableConfig(let failure): failure.sentence
      }
    }

    /// The status of a workload that is refused.
    package var status: WorkloadReport.Status {
      switch self {
      case .ineligible: .ineligible
      case .disabled: .disabled
      case .unusableConfig: .fetchFailed
      }
    }
  }
}

extension Workload {
  /// What the workload is built from; nil for a source that GitOps does not serve.
  package var servedKind: SourceKind? { SourceKind(rawValue: sourceKind) }

  /// The live config, which may not be text at all; the failure says how to make it usable.
  package func liveConfig() throws(Failure) -> LiveConfig {
    do throws(JSONFault) {
      if let configFault { throw JSONFault(problem: configFault, offset: 0) }
      return try LiveConfig(sourceConfig)
    } catch {
      throw Failure(
        .database, "the live config (source_config) cannot be used: \(error.sentence)",
        remedy: "save the workload once in Tinyforge's own form")
    }
  }
}
