extension FindingCode {
  package static let blueGreenWithoutHealthcheck = FindingCode(
    advice: "blue-green-without-healthcheck", .warning, "Blue-green without a health probe.",
    explanation: """
      With `blue-green` the new version takes over when its probe answers. Without a probe it takes
      over as soon as it runs, healthy or not. Where the spec declares no `healthcheck`, the live one
      counts, which the spec then should declare as well.
      """,
    bad: "version: 1\ndeploy:\n  port: 8080\n  deploy_strategy: blue-green\n",
    good:
      "version: 1\ndeploy:\n  port: 8080\n  healthcheck: /healthz\n  deploy_strategy: blue-green\n")
}

extension SpecRule {
  static let blueGreenWithoutHealthcheck = SpecRule(.blueGreenWithoutHealthcheck) { context in
    guard let strategy = context.declared(SpecFieldTable.deployStrategy),
      strategy.value == .text("blue-green"), runsContainer(context)
    else { return [] }
    let probe = context.declared(SpecFieldTable.healthcheck)
    guard probe == nil || probe?.value == .text("") else { return [] }
    let message =
      probe == nil
      ? "blue-green, but no healthcheck is declared to tell when the new version is healthy"
      : "blue-green with the probe turned off: the new version takes over, healthy or not"
    return [
      Finding(
        .blueGreenWithoutHealthcheck, message, at: strategy.span,
        help: "declare a healthcheck, such as `healthcheck: /healthz`",
        related: probe.map { [.init(message: "turned off here", span: $0.span)] } ?? [])
    ]
  }

  /// A static site has no probe.
  ///
  /// Where the source is not known, other fields tell.
  private static func runsContainer(_ context: RuleContext) -> Bool {
    guard let source = context.source else {
      return context.declared(SpecFieldTable.port) != nil
        || context.declared(SpecFieldTable.healthcheck) != nil
    }
    return SpecFieldTable.healthcheck.honouredBy.contains(source)
  }
}
