import GitSpecs
package import TinyforgeCore

/// Finds out why fields drift: which side changed since the last sync, the commit that last
/// touched the spec's line, the audit row that last synced the field.
package struct CauseSearch: Sendable {
  private let audit: SyncAuditIndex
  /// How many commits are read back at most, for one workload.
  private let historyLimit: Int
  /// How long commits are read back at most, for one workload.
  private let historyTimeout: TimeSpan

  /// Creates one from its parts.
  package init(audit: SyncAuditIndex, historyLimit: Int, historyTimeout: TimeSpan) {
    self.audit = audit
    self.historyLimit = historyLimit
    self.historyTimeout = historyTimeout
  }

  /// The default time limit for searching a workload's history.
  package static let usualTimeout = TimeSpan(seconds: 10)

  private var outOfTime: String {
    "the history was not read to its end within \(historyTimeout.text); "
      + "--history-timeout sets another time"
  }

  /// The causes by field, of a report with changes.
  ///
  /// Never fails: what cannot be found out is said in the cause.
  func find(
    for report: WorkloadReport, _ subject: GitOpsWorkload, in place: SpecSource,
    _ locator: SpecLocator
  ) async -> [String: FieldCause] {
    guard let plan = report.plan, let spec = report.spec else { return [:] }
    let history = history(of: spec, in: place)
    let base = await base(of: report, subject, in: place, locator, history)
    var causes: [String: FieldCause] = [:]
    let text = Self.text(of: spec)
    for entry in plan.changes {
      let record = audit.last(setting: entry.field, of: report.workload)
      var cause = record?.cause(of: entry) ?? base.cause(of: entry)
      let touch = touch(of: FieldLine(entry.declared, in: text), spec, history)
      cause.touched = try? touch.get()
      if case .failure(let reason) = touch { cause.untold = reason.text }
      cause.syncedBy = record?.event
      causes[entry.field.name] = cause
    }
    return causes
  }

  /// The spec's text with its credentials: earlier texts are compared with it.
  private static func text(of spec: SpecSnapshot) -> SourceText {
    guard case .file(let bytes) = spec.content else { return .empty }
    return SourceText(bytes)
  }

  // MARK: The base

  private func base(
    of report: WorkloadReport, _ subject: GitOpsWorkload, in place: SpecSource,
    _ locator: SpecLocator, _ history: SpecHistory?
  ) async -> SyncBase {
    let workload = report.workload
    // A revert of the first sync takes its mark from the row; the log still has the sync.
    let marked = workload.lastSyncCommit
    let commit = marked.isEmpty ? audit.commit(ofLastSyncOf: workload) ?? "" : marked
    if commit.isEmpty { return .none }
    guard ObjectID.isWhole(commit) else {
      return .unknown(
        "the commit of the last sync (\(short(commit))) is not the full id of a commit")
    }
    if let moved = movedPath(of: workload, since: commit) { return .unknown(moved) }
    if commit == report.spec?.commit?.id {
      return .spec(report.plan?.managed ?? [], commit: commit)
    }
    do {
      if let doubt = try doubt(about: commit, report, subject, in: place, locator, history) {
        return .unknown(doubt)
      }
      let spec = try await locator.read(workload, commit: commit, from: place)
      return Self.base(spec, subject.sourceKind, commit: commit)
    } catch {
      return .unknown(
        "the spec as of the last sync (\(short(commit))) cannot be read: \(error.message)")
    }
  }

  /// The audit knows the path of the last sync, where it has a row of it.
  private func movedPath(of workload: Workload, since commit: String) -> String? {
    guard let path = audit.path(ofSync: commit, of: workload),
      !path.hasSameBytes(as: workload.gitopsPath)
    else { return nil }
    return "gitops_path was moved: it was \(path.shownSafely) at the last sync"
  }

  /// Why the synced commit says nothing of what the branch holds; nil where it does.
  private func doubt(
    about commit: String, _ report: WorkloadReport, _ subject: GitOpsWorkload,
    in place: SpecSource, _ locator: SpecLocator, _ history: SpecHistory?
  ) throws(Failure) -> String? {
    guard case .repository(let repository) = place, let history,
      let tip = report.spec?.commit?.id
    else { return nil }
    let sync = "the commit of the last sync (\(short(commit)))"
    guard try repository.holdsCommit(commit) else {
      return repository.isShallow
        ? "the clone is shallow, and does not hold \(sync); git fetch --unshallow gets it"
        : "the repository does not hold \(sync): its history was rewritten, or it is another one"
    }
    switch try ancestry(of: commit, from: tip, subject, repository, locator, history) {
    case .ancestor: return nil
    case .cutOff: return "the clone is shallow: whether its history holds \(sync) cannot be told"
    case .beyondLimit:
      return "\(sync) is not among the latest \(historyLimit) commits; --history N looks further"
    case .outOfTime: return "whether the branch holds \(sync) cannot be told: \(outOfTime)"
    case .stranger: return "the history was rewritten: it no longer holds \(sync)"
    }
  }

  /// A revision that was asked for may have left the branch before the sync: then the branch counts.
  private func ancestry(
    of commit: String, from tip: String, _ subject: GitOpsWorkload, _ repository: GitRepository,
    _ locator: SpecLocator, _ history: SpecHistory
  ) throws(Failure) -> SpecHistory.Ancestry {
    let ancestry = try history.ancestry(of: commit, from: tip)
    guard ancestry == .stranger, locator.revision != nil else { return ancestry }
    let branch = subject.liveConfig.coordinates?.branch
    let present = try? repository.read(branch: branch, path: subject.row.gitopsPath)
    guard let branchTip = present?.commit?.id else { return ancestry }
    return try history.ancestry(of: commit, from: branchTip)
  }

  private static func base(_ spec: SpecSnapshot, _ source: SourceKind, commit: String) -> SyncBase {
    let sync = "the last sync (\(ObjectID.short(commit)))"
    switch spec.content {
    case .absent:
      return .unknown(
        "there was no \(spec.path.shownSafely) as of \(sync): gitops_path was moved since")
    case .refused(let obstacle):
      return .unknown("the spec as of \(sync) is none: \(obstacle.message)")
    case .file(let bytes):
      let decoded = SpecReading.read(bytes, source: source)
      guard decoded.decodes, decoded.version == 1 else {
        return .unknown("the spec as of \(sync) is not valid")
      }
      return .spec(
        decoded.declared.filter { $0.field.honouredBy.contains(source) }, commit: commit)
    }
  }

  private func short(_ commit: String) -> String { ObjectID.short(commit).shownSafely }

  // MARK: The commit that touched a line

  private struct Untold: Error {
    var text: String
  }

  private func history(of spec: SpecSnapshot, in place: SpecSource) -> SpecHistory? {
    guard case .repository(let repository) = place, spec.commit != nil else { return nil }
    return try? SpecHistory(
      repository, path: spec.path, limit: historyLimit, timeout: historyTimeout.duration)
  }

  private func touch(of line: FieldLine, _ spec: SpecSnapshot, _ history: SpecHistory?)
    -> Result<ReportedDrift.Touch, Untold>
  {
    guard let history, let tip = spec.commit?.id else {
      return .failure(Untold(text: "the spec was read without its history"))
    }
    do {
      switch try history.lastChange(from: tip, isSame: line.isSame) {
      case .found(let commit):
        return .success(
          ReportedDrift.Touch(
            commit: commit.id, authoredAt: commit.authoredAt,
            author: commit.author.withoutCredentials, subject: commit.subject.withoutCredentials))
      case .cutOff:
        return .failure(Untold(text: "the clone is shallow: the line is older than what it holds"))
      case .beyondLimit:
        return .failure(
          Untold(
            text: "not among the latest \(historyLimit) commits; --history N looks further"))
      case .outOfTime: return .failure(Untold(text: outOfTime))
      }
    } catch {
      return .failure(Untold(text: "the history cannot be read: \(error.message)"))
    }
  }
}
