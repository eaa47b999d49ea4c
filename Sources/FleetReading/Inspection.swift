package import GitSpecs
import ProviderHTTP
package import TinyforgeCore

/// Looks at one workload: its spec, its live config, and what a sync would change.
package struct Inspection: Sendable {
  /// What finds and reads the specs.
  package let locator: SpecLocator
  /// Where drifted fields come from; nil where nobody asks.
  let origins: OriginSearch?
  /// Whether mirrors were fetched lately; nil where nobody asks.
  let freshness: MirrorFreshness?
  /// Fields whose live values are not known, by the workload's id.
  let withheld: [WorkloadKey: [String]]
  /// Whether workloads are looked at that are not opted in.
  let includesDisabled: Bool
  /// Whether the report says where the forge shows the spec.
  let linksSpecs: Bool

  /// Creates one from its parts.
  package init(
    locator: SpecLocator, origins: OriginSearch? = nil, freshness: MirrorFreshness? = nil,
    withheld: [WorkloadKey: [String]] = [:], includesDisabled: Bool = false,
    linksSpecs: Bool = false
  ) {
    self.includesDisabled = includesDisabled
    self.linksSpecs = linksSpecs
    self.locator = locator
    self.origins = origins
    self.freshness = freshness
    self.withheld = withheld
  }

  /// Never fails: what went wrong is the report's status and message.
  ///
  /// With `commit`, a full object id, the spec is read as of that commit.
  package func report(on workload: Workload, at commit: String? = nil) async -> WorkloadReport {
    switch await begin(workload, at: commit) {
    case .done(let look): look.report
    case .remote(let remote): await finish(remote).report
    }
  }

  /// What was found of a workload.
  package struct Look: Sendable {
    /// What was found.
    package var report: WorkloadReport
    /// What the spec was read at, where that is a local branch.
    package var tip: BranchTip?

    init(_ report: WorkloadReport, _ tip: BranchTip? = nil) {
      self.report = report
      self.tip = tip
    }
  }

  /// A workload that was looked at as far as that goes without asking anybody.
  enum Begun: Sendable {
    case done(Look)
    /// The rest takes a forge.
    case remote(Remote)
  }

  /// What is left to do for a workload whose spec is on a forge.
  struct Remote: Sendable {
    fileprivate var workload: Workload
    fileprivate var source: SourceKind
    fileprivate var live: LiveConfig
    fileprivate var repository: ForgeRepository
    fileprivate var coordinates: RepositoryCoordinates
    /// As of this commit; nil for the present spec.
    fileprivate var commit: String?

    /// Who is asked.
    var origin: HTTPOrigin { repository.forge.api.origin }
  }

  /// Looks at a workload, up to what takes a forge.
  func begin(_ workload: Workload, at commit: String? = nil) async -> Begun {
    guard let source = SourceKind(rawValue: workload.sourceKind) else {
      return .done(
        Look(
          WorkloadReport(
            workload, .ineligible,
            message: "GitOps serves dockerfile and static sources, not "
              + workload.sourceKind.shownSafely)))
    }
    guard workload.gitopsEnabled || includesDisabled else {
      return .done(
        Look(
          WorkloadReport(
            workload, .disabled,
            message: "the workload is not opted in to GitOps; to opt it in: apply enable "
              + ShellWord(workload.id).description)))
    }
    do {
      let live = try Self.liveConfig(of: workload)
      let place = try locator.source(of: live)
      if case .forge(let repository, let coordinates) = place {
        return .remote(
          Remote(
            workload: workload, source: source, live: live, repository: repository,
            coordinates: coordinates, commit: commit))
      }
      let report = try await report(on: workload, at: commit, source, live, in: place)
      return .done(Look(report, tip(of: report, live, in: place)))
    } catch {
      return .done(Look(WorkloadReport(workload, .fetchFailed, message: error.sentence)))
    }
  }

  /// Asks the forge for the rest.
  func finish(_ remote: Remote) async -> Look {
    let place = SpecSource.forge(remote.repository, remote.coordinates)
    do {
      return Look(
        try await report(
          on: remote.workload, at: remote.commit, remote.source, remote.live, in: place))
    } catch {
      return Look(WorkloadReport(remote.workload, .fetchFailed, message: error.sentence))
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

  private func report(
    on workload: Workload, at commit: String?, _ source: SourceKind, _ live: LiveConfig,
    in place: SpecSource
  ) async throws(Failure) -> WorkloadReport {
    let spec =
      if let commit { try await locator.read(workload, commit: commit, from: place) } else {
        try await locator.read(workload, live: live, from: place)
      }
    var report = report(on: workload, source: source, live: live, spec: spec)
    freshness?.note(place, branch: live.branch, in: &report)
    if let origins, report.plan?.changes.isEmpty == false {
      report.origins = await origins.find(for: report, source, in: place, locator)
    }
    return report
  }

  /// The report on a row by the spec that was read for the row as it was before; nil where that spec may be
  /// another one's.
  package func report(on row: Workload, bySpecOf former: WorkloadReport) -> WorkloadReport? {
    let before = former.workload
    guard let spec = former.spec, row.gitopsEnabled || includesDisabled,
      row.sourceKind.hasSameBytes(as: before.sourceKind),
      row.gitopsPath.hasSameBytes(as: before.gitopsPath),
      let source = SourceKind(rawValue: row.sourceKind),
      let live = try? Self.liveConfig(of: row),
      let former = try? Self.liveConfig(of: before),
      live.coordinates == former.coordinates,
      (live.branch ?? "").hasSameBytes(as: former.branch ?? ""),
      (live.branch == nil) == (former.branch == nil)
    else { return nil }
    return report(on: row, source: source, live: live, spec: spec)
  }

  /// The live config of a row; the failure says how to make it usable.
  package static func liveConfig(of workload: Workload) throws(Failure) -> LiveConfig {
    do {
      return try LiveConfig(of: workload)
    } catch {
      throw Failure(
        .database, "the live config (source_config) cannot be used: \(error.sentence)",
        remedy: "save the workload once in Tinyforge's own form")
    }
  }

  private func report(
    on workload: Workload, source: SourceKind, live: LiveConfig, spec: SpecSnapshot
  ) -> WorkloadReport {
    var report = WorkloadReport(workload, .ok)
    report.spec = spec
    switch spec.content {
    case .absent(let reason):
      report.status = .noFile
      report.message = reason
    case .refused(let obstacle):
      report.status = .invalid
      report.message = "\(obstacle.message); \(obstacle.help)"
    case .file(let bytes):
      let (decoded, told) = SpecLint.read(bytes, source: source)
      report.decoded = told.decoded
      report.text = told.text
      report.isTextMasked = told.isMasked
      guard decoded.decodes, decoded.version == 1 else {
        report.status = .invalid
        report.message = told.decoded.findings.first?.message ?? "the spec is not valid"
        break
      }
      report.plan = plan(decoded, source, live, noting: &report)
    }
    // Of a workload in sync nobody follows a link.
    if linksSpecs, report.hasFindings { report.links = Self.links(to: spec, live) }
    return report
  }

  private static func links(to spec: SpecSnapshot, _ live: LiveConfig) -> SpecLinks? {
    guard let commit = spec.commit, let coordinates = live.coordinates else { return nil }
    return (try? ForgeRepository(coordinates))?.links(to: spec.path, at: commit.id)
  }

  private func plan(
    _ decoded: DecodedSpec, _ source: SourceKind, _ live: LiveConfig,
    noting report: inout WorkloadReport
  ) -> SyncPlan {
    var comparable = decoded
    for field in withheld[report.workload.key] ?? [] {
      comparable.declared.removeAll { $0.field.name.hasSameBytes(as: field) }
      report.notes.append(
        "\(field.shownSafely) is not compared: its live value looks like a credential, and so is "
          + "not in the snapshot")
    }
    let plan = SyncPlan(comparable, source: source, live: live)
    let mistyped = ConfigValidation.mistyped(in: live, source: source)
    if !mistyped.isEmpty {
      report.notes.append(
        "the server's decoder refuses the whole live config: \(mistyped.joined(separator: "; "))")
    }
    if let note = ForcedRecreate.note(on: plan.managed, source: source, live: live) {
      report.notes.append(note)
    }
    return plan
  }
}
