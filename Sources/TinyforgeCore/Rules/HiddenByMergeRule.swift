import ServerYAML

extension FindingCode {
  package static let hiddenByMerge = FindingCode(
    advice: "hidden-by-merge", .warning,
    "A merged value without effect, where a person may expect one.",
    explanation: """
      A merge key (`<<`) adds only keys that the mapping does not have. That is reported where it
      surprises: a `<<` behind the key that wins over it; a list of merges, of which the earliest
      wins and not the latest; and two mappings named `deploy`, which are not blended: the merged one
      is dropped whole.
      """,
    bad: "version: 1\ndeploy:\n  port: 8080\n  <<: {port: 9090}\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")
}

extension SpecRule {
  static let hiddenByMerge = SpecRule(.hiddenByMerge) { context in
    guard let document = context.document else { return [] }
    // An alias that is merged again hides the same keys again.
    var reported: Set<SpecFacts.Hidden> = []
    return context.analysis.facts.hidden.compactMap { hidden in
      guard reported.insert(hidden).inserted, let reason = surprise(of: hidden, in: document) else {
        return nil
      }
      let key = document.nodes[hidden.key]
      return Finding(
        .hiddenByMerge, "\(Quotation.short(hidden.name)) has no effect here: \(reason.words)",
        at: key.span, help: "keep the one that is meant",
        related: reason.winner.map { [.init(message: "this one counts", span: $0.span)] } ?? [])
    }
  }

  /// Why the hidden key is not what a person expects; nil for a default that is plainly overridden.
  private static func surprise(of hidden: SpecFacts.Hidden, in document: YAMLDocument)
    -> (words: String, winner: YAMLNode?)?
  {
    let mapping = document.nodes[hidden.mapping]
    var own: YAMLNode?
    var merge: YAMLNode?
    for (key, _) in mapping.pairs {
      let node = document.nodes[key]
      if node.isMerge { merge = node } else if node.value == hidden.name { own = node }
    }
    guard let own else { return ("the earliest of several merges wins", nil) }
    if let merge, merge.start.index > own.start.index {
      return ("the mapping's own key wins, although `<<` follows it", own)
    }
    guard hidden.name == Array("deploy".utf8) else { return nil }
    return ("mappings are not blended, so the whole of it is dropped", own)
  }
}
