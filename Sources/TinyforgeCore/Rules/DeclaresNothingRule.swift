extension FindingCode {
  package static let declaresNothing = FindingCode(
    advice: "declares-nothing", .info, "A valid spec that manages no field.",
    explanation: """
      A spec with `version: 1` alone is valid, and leaves every field as it is in Tinyforge. That may
      be meant, as a place to begin.
      """,
    bad: "version: 1\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")
}

extension SpecRule {
  static let declaresNothing = SpecRule(.declaresNothing) { context in
    let spec = context.spec
    guard spec.decodes, spec.version == 1, spec.declared.isEmpty else { return [] }
    let fields = SpecFieldTable.all.map { "`\($0.name)`" }.joined(separator: ", ")
    return [
      Finding(
        .declaresNothing, "the spec declares nothing: every field stays unmanaged",
        at: context.document?.rootStart, help: "declare one under `deploy`: \(fields)")
    ]
  }
}
