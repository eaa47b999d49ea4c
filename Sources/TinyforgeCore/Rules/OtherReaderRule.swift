import ServerYAML

extension FindingCode {
  package static let otherReader = FindingCode(
    advice: "other-reader", .info, "A merge key, which a YAML 1.2 reader takes for a usual key.",
    explanation: """
      The server honours merge keys (`<<`), which only YAML 1.1 has. A YAML 1.2 reader (an editor, a
      linter, another tool) takes `<<` for a key like any other, and misses what is merged. Other
      differences of the two are told where they matter: leading zeros, underscores in numbers,
      numbers to base 60.
      """,
    bad: "version: 1\ndeploy:\n  <<: {port: 8080}\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")
}

extension SpecRule {
  static let otherReader = SpecRule(.otherReader) { context in
    guard let document = context.document else { return [] }
    guard document.nodes.contains(where: \.isMerge) else { return [] }
    let mappings = document.nodes.filter { $0.kind == .mapping }
    return mappings.flatMap { mapping in
      mapping.pairs.map(\.key).filter { document.nodes[$0].isMerge }.map { key in
        Finding(
          .otherReader, "the server merges here; a YAML 1.2 reader takes `<<` for a usual key",
          at: document.nodes[key].span, help: "write the fields themselves")
      }
    }
  }
}
