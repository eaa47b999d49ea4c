// Findings on declared values: what the server refuses or ignores after decoding.

extension FindingCode {
  package static let portRange = FindingCode(
    refusal: "port-range", "`port` is not between 1 and 65535.",
    explanation: """
      The number decodes, but a sync is refused: the config that it would make is not valid.
      """,
    bad: "version: 1\ndeploy:\n  port: 70000\n",
    good: "version: 1\ndeploy:\n  port: 7000\n")

  package static let healthcheckForm = FindingCode(
    refusal: "healthcheck-form", "`healthcheck` is neither empty nor a path that starts with `/`.",
    explanation: """
      The probe asks for this path on the container's own port: no scheme, no host, no spaces. An
      empty text turns the probe off. The server reads any plain value as its text, so `5` and `yes`
      decode too, and are refused here.
      """,
    bad: "version: 1\ndeploy:\n  healthcheck: healthz\n",
    good: "version: 1\ndeploy:\n  healthcheck: /healthz\n")

  package static let unknownStrategy = FindingCode(
    refusal: "unknown-strategy", "`deploy_strategy` is none of those that the server knows.",
    explanation: """
      `recreate` stops the old version before the new one starts, and is what the empty text means.
      `blue-green` starts the new one beside the old one and switches over when it is healthy.
      """,
    fix: "writes a strategy that is meant but for the case of its letters or `-`, `_` and spaces",
    bad: "version: 1\ndeploy:\n  deploy_strategy: bluegreen\n",
    good: "version: 1\ndeploy:\n  deploy_strategy: blue-green\n")

  package static let ignoredField = FindingCode(
    advice: "ignored-field", .warning, "A field that workloads of this source ignore.",
    explanation: """
      A `static` workload honours `deploy_strategy` alone. The server reads `port` and
      `healthcheck` without a word, and does nothing with them.
      """,
    bad: "version: 1\ndeploy:\n  port: 8080\n",
    good: "version: 1\ndeploy:\n  deploy_strategy: recreate\n", source: .staticSite)
}

/// The rules on declared values, all told by the field table.
enum ValueRules {
  static func check(_ declared: [DeclaredField], source: SourceKind?) -> [Finding] {
    declared.flatMap { [fault(in: $0), ignored($0, by: source)].compactMap(\.self) }
  }

  private static func fault(in declared: DeclaredField) -> Finding? {
    let field = declared.field
    guard let fault = field.fault(declared.value) else { return nil }
    return Finding(
      field.faultCode, "\(field.name) \(fault)", at: declared.span,
      help: nearestHelp(for: declared), fix: fix(for: declared))
  }

  private static func fix(for declared: DeclaredField) -> Finding.Fix? {
    guard let allowed = declared.field.allowed, case .text(let name) = declared.value,
      !name.isEmpty, let same = NearestName.same(name, among: allowed), declared.isWrittenAlone
    else { return nil }
    return .init("write `\(same)`", [SourceEdit(declared.span, same)])
  }

  private static func nearestHelp(for declared: DeclaredField) -> String? {
    guard let allowed = declared.field.allowed, case .text(let name) = declared.value else {
      return pathHelp(for: declared) ?? declared.field.advice
    }
    let named = allowed.filter { !$0.isEmpty }
    if let nearest = NearestName.find(name, among: named) { return "did you mean `\(nearest)`?" }
    return declared.field.advice
  }

  /// The path of a whole address, which is what is meant of it.
  private static func pathHelp(for declared: DeclaredField) -> String? {
    guard case .text(let address) = declared.value, address.utf8.count <= 200,
      let scheme = address.firstRange(of: "://")
    else { return nil }
    let path = address[scheme.upperBound...].drop { $0 != "/" }
    return "write its path alone: `\(path.isEmpty ? "/" : String(path).shownSafely)`"
  }

  private static func ignored(_ declared: DeclaredField, by source: SourceKind?) -> Finding? {
    guard let source, !declared.field.honouredBy.contains(source) else { return nil }
    return Finding(
      .ignoredField, "a \(source.rawValue) workload ignores \(declared.field.name)",
      at: declared.span, help: "remove it, or check that the workload is what you think it is")
  }
}
