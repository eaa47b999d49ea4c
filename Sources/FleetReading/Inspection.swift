import GitSpecs
import ProviderHTTP
package import TinyforgeCore

/// Looks at one workload: its spec, its live config, and what a sync would change.
package struct Inspection: Sendable {
  /// What finds and reads the specs.
  package let locator: SpecLocator
  /// Where drifted fields come from; nil if causes are not asked for.
  let causes: CauseSearch?
  /// Whether mirrors were fetched lately; nil if freshness is not asked for.
  let freshness: MirrorFreshness?
  /// Fields whose live values are not known, by the workload's id.
  let withheld: [WorkloadKey: [String]]
  /// The workloads that have volumes, as far as the database says.
  package let volumeOwners: Set<WorkloadKey>
  /// Whether workloads that are not opted in are inspected.
  let includesDisabled: Bool
  /// Whether the report says where the forge shows the spec.
  let linksSpecs: Bool

  /// Creates one from its parts.
  package init(
    locator: SpecLocator, causes: CauseSearch? = nil, freshness: MirrorFreshness? = nil,
    withheld: [WorkloadKey: [String]] = [:], volumeOwners: Set<WorkloadKey> = [],
    includesDisabled: Bool = false, linksSpecs: Bool = false
  ) {
    self.includesDisabled = includesDisabled
    self.linksSpecs = linksSpecs
    self.locator = locator
    self.causes = causes
    self.freshness = freshness
    self.withheld = withheld
    self.volumeOwners = volumeOwners
  }

  /// Never fails: what went wrong is the report's status and message.
  ///
  /// With `commit`, a full object id, the spec is read as of that commit.
  package func report(on workload: Workload, at commit: String? = nil) async -> WorkloadReport {
    switch await begin(workload, at: commit) {
    case .done(let inspected): inspected.report
    case .remote(let remote): await finish(remote).report
    }
  }

  /// The spec as of the workload's branch; nil where it cannot be read.
  package func presentSpec(of workload: Workload, _ live: LiveConfig) async -> SpecSnapshot? {
    guard let place = try? locator.source(of: live) else { return nil }
    return try? await locator.read(workload, live: live, from: place)
  }

  /// A workload as inspected without any request to a forge.
  enum Begun: Sendable {
    case done(InspectedWorkload)
    /// The rest takes a forge.
    case remote(Remote)
  }

  /// What is left to do for a workload whose spec is on a forge.
  struct Remote: Sendable {
    fileprivate var workload: GitOpsWorkload
    fileprivate var repository: ForgeRepository
    fileprivate var coordinates: RepositoryCoordinates
    /// As of this commit; nil for the present spec.
    fileprivate var commit: String?

    /// Who is asked.
    var origin: HTTPOrigin { repository.forge.api.origin }
  }

  /// Looks at a workload, up to what takes a forge.
  func begin(_ workload: Workload, at commit: String? = nil) async -> Begun {
    let subject: GitOpsWorkload
    do throws(GitOpsWorkload.Refusal) {
      subject = try GitOpsWorkload(workload, includingDisabled: includesDisabled)
    } catch {
      return .done(InspectedWorkload(WorkloadReport(workload, refusedFor: error)))
    }
    do throws(Failure) {
      let place = try locator.source(of: subject.liveConfig)
      if case .forge(let repository, let coordinates) = place {
        return .remote(
          Remote(
            workload: subject, repository: repository, coordinates: coordinates, commit: commit))
      }
      let report = try await report(on: subject, at: commit, in: place)
      return .done(InspectedWorkload(report, tip(of: report, subject.liveConfig, in: place)))
    } catch {
      return .done(
        InspectedWorkload(WorkloadReport(workload, .fetchFailed, message: error.sentence)))
    }
  }

  /// Asks the forge for the rest.
  func finish(_ remote: Remote) async -> InspectedWorkload {
    let place = SpecSource.forge(remote.repository, remote.coordinates)
    do throws(Failure) {
      return InspectedWorkload(
        try await report(on: remote.workload, at: remote.commit, in: place))
    } catch {
      return InspectedWorkload(
        WorkloadReport(remote.workload.row, .fetchFailed, message: error.sentence))
    }
  }

  private func tip(of report: WorkloadReport, _ live: LiveConfig, in place: SpecSource)
    -> BranchTip?
  {
    guard case .repository(let repository) = place, locator.revision == nil,
      let branch = live.branch, let commit = report.spec?.commit
    else { return nil }
    return repository.tip(ofBranch: branch, commit: commit.id)
  }

  private func report(on subject: GitOpsWorkload, at commit: String?, in place: SpecSource)
    async throws(Failure) -> WorkloadReport
  {
    let live = subject.liveConfig
    let spec =
      if let commit { try await locator.read(subject.row, commit: commit, from: place) } else {
        try await locator.read(subject.row, live: live, from: place)
      }
    var report = report(on: subject, spec: spec)
    freshness?.note(place, branch: live.branch, in: &report)
    if let causes, report.plan?.changes.isEmpty == false {
      report.causes = await causes.find(for: report, subject, in: place, locator)
    }
    return report
  }

  /// The report on a row by the spec that was read for the row as it was before; nil where that spec may be
  /// another one's.
  package func report(on row: Workload, bySpecOf former: WorkloadReport) -> WorkloadReport? {
    let before = former.workload
    guard let spec = former.spec,
      row.sourceKind.hasSameBytes(as: before.sourceKind),
      row.gitopsPath.hasSameBytes(as: before.gitopsPath),
      let subject = try? GitOpsWorkload(row, includingDisabled: includesDisabled),
      // Not kept in the report, which would be a seventh more memory for each workload of a run.
      let live = try? GitOpsWorkload(before, includingDisabled: true).liveConfig,
      subject.liveConfig.coordinates == live.coordinates,
      (subject.liveConfig.branch ?? "").hasSameBytes(as: live.branch ?? ""),
      (subject.liveConfig.branch == nil) == (live.branch == nil)
    else { return nil }
    return report(on: subject, spec: spec)
  }

  private func report(on subject: GitOpsWorkload, spec: SpecSnapshot) -> WorkloadReport {
    var report = WorkloadReport(subject.row, .ok)
    report.spec = spec
    switch spec.content {
    case .absent(let reason):
      report.status = .noFile
      report.message = reason
    case .refused(let obstacle):
      report.status = .invalid
      report.message = "\(obstacle.message); \(obstacle.help)"
    case .file(let bytes):
      let (decoded, shown) = SpecLint.read(bytes, source: subject.sourceKind)
      report.decoded = shown.decoded
      if shown.isMasked { report.maskedText = shown.text }
      guard decoded.decodes, decoded.version == 1 else {
        report.status = .invalid
        report.message = shown.decoded.findings.first?.message ?? "the spec is not valid"
        break
      }
      report.plan = plan(decoded, subject, noting: &report)
    }
    // A report on a workload in sync shows no link.
    if linksSpecs, report.hasFindings { report.links = Self.links(to: spec, subject.liveConfig) }
    return report
  }

  private static func links(to spec: SpecSnapshot, _ live: LiveConfig) -> SpecLinks? {
    guard let commit = spec.commit, let coordinates = live.coordinates else { return nil }
    return (try? ForgeRepository(coordinates))?.links(to: spec.path, at: commit.id)
  }

  private func plan(
    _ decoded: DecodedSpec, _ subject: GitOpsWorkload, noting report: inout WorkloadReport
  ) -> SyncPlan {
    let (source, live) = (subject.sourceKind, subject.liveConfig)
    let hidden = withheld.isEmpty ? [] : withheld[report.workload.key] ?? []
    for field in hidden {
      report.notes.append(
        "\(field.shownSafely) is not compared: its live value looks like a credential, and so is "
          + "not in the snapshot")
    }
    let plan = SyncPlan(decoded, source: source, live: live, withheld: hidden)
    let mistyped = ConfigValidation.mistyped(in: live, source: source)
    if !mistyped.isEmpty {
      report.notes.append(
        "the server's decoder refuses the whole live config: \(mistyped.joined(separator: "; "))")
    }
    if let note = ForcedRecreate.note(on: plan.managed, source: source, live: live) {
      report.notes.append(note)
    } else if !volumeOwners.isEmpty, volumeOwners.contains(report.workload.key),
      let note = SharedVolume.note(on: plan.managed, live: live)
    {
      report.notes.append(note)
    }
    return plan
  }
}
