import TestSupport
import TinyforgeCore

/// Text that would like to be something else.
enum Hostile {
  private static let pieces = [
    "::error::x", "\n::set-output name=a::b", "##[error]x", "%0A::warning::", "\u{1B}[31m",
    "\u{202E}",
    "]]>", "<script>", "&amp;", "\"", "'", "|", "`", "*", "[a](b)", "@all", "www.a.b", "<!--",
    "\u{0}",
    "\u{85}", "\u{2028}", "\u{FFFE}", "\u{FFFF}", "\u{1FFFE}", "\u{200B}", "é", "漢", "😀", ",file=x",
    ":",
    "../", "//", " ", "\t", "\r\n", "%", "#", "a", "\\", "$(x)", "{{", "\u{7F}",
    "me@example.org", "#1", "acme/shop#5", "!7", "deadbeef", "0123abc", "OPS-1", ":smile:", "1. x",
    "- x", "~~", "***", "http://x.y", "mailto:a@b.c", "&#64;", "<!-- tinyforge -->", "-->",
    "</script>", "</style>", "</code>", "javascript:alert(1)", "onerror=", "$&", "~x", "_x_",
    "word", "\u{301}", "\"\u{301}", ",\u{301}title=x", ":\u{301}", "\\\u{301}", "'\u{301}",
    "<\u{301}", "&\u{301}",
    "]\u{301}", "%\u{301}", "\n\u{301}", "`\u{301}", "@\u{301}", "\u{FE0F}", "\u{3164}",
    "\u{E0061}", "##vso[x",
  ]

  static func text(_ random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...6, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? "a"
    }.joined()
  }

  static func spec(_ random: inout SeededGenerator) -> [UInt8] {
    let key = text(&random)
    let quoted = key.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let escaped = quoted.unicodeScalars.map { scalar in
      scalar.isUnsafeToShow && scalar.value < 0x100
        ? "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16) : String(scalar)
    }.joined()
    let forms = [
      "version: 1\ndeploy:\n  \"\(escaped)\": 1\n", "version: 1\ndeploy:\n  port: \"\(escaped)\"\n",
      "version: 1\ndeploy:\n  healthcheck: \"\(escaped)\" # \(key)\n", "\(key)\n",
      "version: 1\ndeploy:\n  deploy_strategy: \"\(escaped)\"\n  port: 010\n",
    ]
    return Array((forms.randomElement(using: &random) ?? "").utf8)
  }
}

extension Hostile {
  /// A report in which every text is hostile.
  static func report(_ random: inout SeededGenerator) -> DriftReport {
    DriftReport(
      workloads: (0..<3).map { _ in workload(&random) }, generatedAt: text(&random),
      snapshotTakenAt: text(&random))
  }

  private static func workload(_ random: inout SeededGenerator) -> ReportedWorkload {
    let status = WorkloadReport.Status.allCases.randomElement(using: &random) ?? .ok
    var workload = ReportedWorkload(
      id: text(&random), name: text(&random), sourceKind: text(&random), status: status,
      message: text(&random), managedFields: [text(&random)], mergeFaults: [text(&random)],
      notes: [text(&random)], lastSyncAt: text(&random), lastSyncCommit: text(&random),
      isMirrorStale: Bool.random(using: &random), server: text(&random))
    workload.spec = ReportedSpec(
      path: text(&random), provenance: .commit, repository: text(&random), commit: text(&random),
      committedAt: text(&random), subject: text(&random),
      text: SourceText(Array(text(&random).utf8)))
    if status == .invalid { workload.findings = [finding(&random)] }
    if status == .ok { workload.drift = [drift(&random), drift(&random)] }
    return workload
  }

  private static func drift(_ random: inout SeededGenerator) -> ReportedDrift {
    ReportedDrift(
      field: text(&random), repo: .string(text(&random)),
      live: .object([.init(text(&random), .string(text(&random)))]),
      cause: DriftCause.allCases.randomElement(using: &random) ?? .both, reason: text(&random),
      line: 1, column: 1, endLine: 2, endColumn: 1,
      touched: .init(
        commit: text(&random), authoredAt: text(&random), author: text(&random),
        subject: text(&random)),
      syncedBy: .init(id: 1, at: text(&random), actor: text(&random)))
  }

  private static func finding(_ random: inout SeededGenerator) -> ReportedFinding {
    ReportedFinding(
      code: text(&random), severity: .error, message: text(&random), help: text(&random), line: 1,
      column: 1, endLine: 1, endColumn: 3)
  }
}
