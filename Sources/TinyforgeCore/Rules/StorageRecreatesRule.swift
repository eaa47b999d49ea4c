extension FindingCode {
  package static let storageRecreates = FindingCode(
    advice: "storage-recreates", .info,
    "Blue-green on a static site, which its storage may rule out.",
    explanation: """
      A static site of kind deno that has storage accepts `blue-green`, and runs `recreate`: two
      versions must not write to one volume at once. A spec does not tell whether there is storage.
      """,
    bad: "version: 1\ndeploy:\n  deploy_strategy: blue-green\n",
    good: "version: 1\ndeploy:\n  deploy_strategy: recreate\n", source: .staticSite)
}

extension SpecRule {
  static let storageRecreates = SpecRule(.storageRecreates) { context in
    guard context.source == .staticSite,
      let strategy = context.declared(SpecFieldTable.deployStrategy),
      strategy.value == .text("blue-green")
    else { return [] }
    return [
      Finding(
        .storageRecreates, "a deno site with storage runs recreate, whatever the spec says",
        at: strategy.span, help: "write `recreate` if the site has storage")
    ]
  }
}
