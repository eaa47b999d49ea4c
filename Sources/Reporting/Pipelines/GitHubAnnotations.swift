import TinyforgeCore

/// The annotations of a step, of which as many are kept as are ever shown.
package struct GitHubAnnotations: Sendable {
  /// GitHub shows ten annotations of a level for a step, and drops the rest without a word.
  private static let limit = 10
  /// GitHub takes a summary of up to 1 MiB, which has a row for each.
  private static let rowLimit = 500

  private var kept: [Severity: [GitHubAnnotation]] = [:]
  private var counts: [Severity: Int] = [:]

  /// Keeps as many of them as are shown.
  package init(_ annotations: [GitHubAnnotation]) {
    for annotation in annotations {
      counts[annotation.severity, default: 0] += 1
      if kept[annotation.severity, default: []].count < Self.rowLimit {
        kept[annotation.severity, default: []].append(annotation)
      }
    }
  }

  static func += (sum: inout GitHubAnnotations, next: GitHubAnnotations) {
    for (severity, count) in next.counts { sum.counts[severity, default: 0] += count }
    for (severity, more) in next.kept {
      let room = rowLimit - sum.kept[severity, default: []].count
      sum.kept[severity, default: []] += more.prefix(max(0, room))
    }
  }

  /// How many there are, those that are not kept as well.
  var count: Int { counts.values.reduce(0, +) }

  /// As many as a summary has rows, the worst first.
  var forSummary: ArraySlice<GitHubAnnotation> {
    Self.levels.flatMap { kept[$0] ?? [] }.prefix(Self.rowLimit)
  }

  private static let levels = [Severity.error, .warning, .info]

  /// Workflow commands, the worst first; those beyond the limit are counted at the end, where
  /// `rest` says how many there are.
  package func render(tool: String, rest: (Int) -> String) -> String {
    var output = ""
    var hidden = 0
    for severity in Self.levels {
      let all = counts[severity] ?? 0
      // The line that counts the rest is a notice too.
      let isShared = severity == .info && (hidden > 0 || all > Self.limit)
      let room = isShared ? Self.limit - 1 : Self.limit
      output += (kept[severity] ?? []).prefix(room).map(\.line).joined()
      hidden += max(0, all - room)
    }
    guard hidden > 0 else { return output }
    return output + WorkflowCommand.line("notice", [("title", tool)], rest(hidden))
  }
}
