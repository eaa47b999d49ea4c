import TinyforgeCore

/// What a pipeline's form calls a kind of issue: a cause of drift, or what is wrong with a workload.
enum DriftRule: String, CaseIterable {
  case fetchFailed = "fetch_failed"
  case invalid
  case noFile = "no_file"
  case liveEdited = "live_edited"
  case specMoved = "spec_moved"
  case both
  case reverted
  case neverSynced = "never_synced"
  case unknown, refused, stale, note

  init(_ cause: DriftCause) {
    switch cause {
    case .liveEdited: self = .liveEdited
    case .specMoved: self = .specMoved
    case .both: self = .both
    case .reverted: self = .reverted
    case .neverSynced: self = .neverSynced
    case .unknown: self = .unknown
    }
  }

  /// The cause of drift that the rule stands for.
  var cause: DriftCause? { DriftCause.allCases.first { DriftRule($0) == self } }

  var severity: Severity {
    switch self {
    case .fetchFailed, .invalid, .noFile: .error
    case .liveEdited, .specMoved, .both, .reverted, .neverSynced, .unknown, .refused, .stale:
      .warning
    case .note: .info
    }
  }
}

/// One thing in a drift report that a pipeline's form tells by itself.
struct DriftIssue {
  var rule: DriftRule
  var workload: ReportedWorkload
  /// What it is about in one sentence, the workload's name first.
  var summary: String
  /// Further sentences.
  var details: [String]
  /// The field, or what else tells it from others of the rule in the workload.
  var subject: String
  var range: SourceRange?

  /// How many before it in the report are about the same.
  var occurrence = 0

  /// What it is known by from one run to the next: neither line numbers nor values are in it, and
  /// who moved may change while the drift stays.
  fileprivate var identity: String {
    let kind = rule.cause == nil ? rule.rawValue : "drift"
    return "\(workload.id)\0\(kind)\0\(subject)"
  }

  var fingerprint: String { FindingFingerprint.of("\(identity)\0\(occurrence)") }
}

/// Takes a report apart.
struct DriftIssues {
  private let phrases: Phrases
  private let details: DriftDetails

  init(phrases: Phrases) {
    self.phrases = phrases
    details = DriftDetails(phrases: phrases) { $0.shownSafely }
  }

  /// The issues of all workloads, in the order of the report.
  func list(_ report: DriftReport) -> [DriftIssue] {
    var seen: [String: Int] = [:]
    return report.workloads.flatMap(list).map { issue in
      var issue = issue
      // By its bytes: two ids may differ in their normal form alone.
      let key = FindingFingerprint.of(issue.identity)
      issue.occurrence = seen[key, default: 0]
      seen[key, default: 0] += 1
      return issue
    }
  }

  /// The issues of one workload, its own trouble first.
  func list(_ original: ReportedWorkload) -> [DriftIssue] {
    let workload = original.told(in: phrases)
    let faults = workload.mergeFaults.enumerated().map { index, fault in
      issue(.refused, workload, "\(phrases.wouldBeRefused): \(fault)", subject: "#\(index)")
    }
    let stale =
      workload.isStale
      ? [issue(.stale, workload, phrases.staleMirror)] : []
    // What a note is known by does not change with the language.
    let notes = zip(workload.notes, original.notes).map {
      issue(.note, workload, $0, subject: $1)
    }
    return trouble(workload) + workload.drift.map { drift($0, workload) } + faults + stale + notes
  }

  private func trouble(_ workload: ReportedWorkload) -> [DriftIssue] {
    let rule: DriftRule
    switch workload.status {
    case .ok, .disabled, .ineligible: return []
    case .fetchFailed: rule = .fetchFailed
    case .noFile: rule = .noFile
    case .invalid: rule = .invalid
    }
    let words = phrases.verdict(on: workload)
    var trouble = issue(
      rule, workload, workload.message.isEmpty ? words : "\(words): \(workload.message)")
    let errors = workload.findings.filter { $0.severity == .error }
    trouble.range = errors.first?.range
    trouble.details = errors.compactMap(\.help)
    return [trouble]
  }

  private func drift(_ entry: ReportedDrift, _ workload: ReportedWorkload) -> DriftIssue {
    let sides = phrases.sides(
      spec: ValueText.shown(entry.repo, phrases), live: ValueText.shown(entry.live, phrases))
    var drift = issue(
      DriftRule(entry.cause), workload, "\(entry.field): \(sides)", subject: entry.field)
    drift.range = entry.range
    drift.details = details.sentences(entry)
    return drift
  }

  private func issue(
    _ rule: DriftRule, _ workload: ReportedWorkload, _ words: String, subject: String = ""
  ) -> DriftIssue {
    DriftIssue(
      rule: rule, workload: workload, summary: "\(workload.shownName): \(words)".shownSafely,
      details: [], subject: subject)
  }
}

extension ReportedDrift {
  /// Both ends in the spec's text; the offsets in it are not known.
  var range: SourceRange {
    SourceRange(
      start: SourcePosition(offset: 0, line: line, column: column),
      end: SourcePosition(offset: 0, line: endLine, column: endColumn))
  }
}

/// What a report's files are called where all of a pipeline's findings are about one repository.
struct DriftPaths {
  private let isOneRepository: Bool

  init(_ report: DriftReport) {
    isOneRepository = Set(report.workloads.compactMap { $0.spec?.repository }).count <= 1
  }

  /// The path in the repository, where the whole report is about that one; nil elsewhere, for a
  /// path in another repository would be taken for one in this.
  func inRepository(_ workload: ReportedWorkload) -> String? {
    isOneRepository ? workload.spec?.path : nil
  }

  /// A path for forms that must have one: apart from that one repository, the repository's name
  /// stands before it, or the workload's where no repository was read.
  func always(_ workload: ReportedWorkload) -> String {
    if let path = inRepository(workload) { return path }
    let parts = (workload.spec?.repository ?? workload.shownName).splitAtScalar(
      "/", omittingEmpty: true
    ).suffix(2)
    let place = parts.map { part in
      part.endsWithBytes(of: ".git") && part != ".git" ? String(part.dropLast(4)) : String(part)
    }
    return (place + [workload.spec?.path ?? ".tinyforge.yml"]).joined(separator: "/")
  }
}
