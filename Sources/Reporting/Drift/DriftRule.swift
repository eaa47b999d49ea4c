package import TinyforgeCore

/// What a pipeline's form calls a kind of issue: a cause of drift, or what is wrong with a workload.
package enum DriftRule: String, CaseIterable {
  case fetchFailed = "fetch_failed"
  case invalid
  case noFile = "no_file"
  case liveEdited = "live_edited"
  case specMoved = "spec_moved"
  case both
  case reverted
  case neverSynced = "never_synced"
  case unknown, refused
  case staleMirror = "stale"
  case note

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

  /// The cause of drift that the rule is about; nil if it is about none.
  var cause: DriftCause? { DriftCause.allCases.first { DriftRule($0) == self } }

  /// How bad it is.
  package var severity: Severity {
    switch self {
    case .fetchFailed, .invalid, .noFile: .error
    case .liveEdited, .specMoved, .both, .reverted, .neverSynced, .unknown, .refused, .staleMirror:
      .warning
    case .note: .info
    }
  }
}
