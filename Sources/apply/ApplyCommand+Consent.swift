import FleetReading
import Reporting
import TinyforgeCore
import ToolSupport
import WorkloadStore

/// The question that a person is asked before anything is changed.
extension ApplyCommand {
  /// What a sync is based on.
  enum Consent {
    /// No question was asked: `--yes`, or nothing changes.
    case given
    /// A person has seen the changes, and wants these and no others.
    case toWhatWasShown
  }

  /// An inspection that finds the causes of changes as well, where a person will be asked.
  func inspectionToShow(
    _ inspection: Inspection, _ rows: [Workload], _ databases: FleetDatabases
  ) throws(Failure) -> Inspection {
    guard !sync.consent.yes, !sync.consent.dryRun, Console.canAsk else { return inspection }
    let audit = try SyncAuditIndex(databases.all, of: rows)
    return Inspection(
      locator: inspection.locator,
      causes: CauseSearch(
        audit: audit, historyLimit: 10_000, historyTimeout: CauseSearch.usualTimeout),
      volumeOwners: inspection.volumeOwners)
  }

  /// Asks, where asking is due; nil where the answer was not `yes`.
  func askForConsent(to shown: [WorkloadReport], _ console: Console) throws(Failure) -> Consent? {
    guard !sync.consent.yes, shown.contains(where: { $0.plan?.changes.isEmpty == false }) else {
      return .given
    }
    try sync.consent.requireAnswerable()
    let question = SyncQuestion(
      phrases: language.phrases, style: console.error, listing: listing)
    return console.confirms(question.render(shown)) ? .toWhatWasShown : nil
  }
}
