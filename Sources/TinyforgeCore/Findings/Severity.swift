/// How much a finding weighs.
package enum Severity: String, Sendable, Comparable {
  case info, warning, error

  /// Whether a severity is milder.
  package static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

  private var weight: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}
