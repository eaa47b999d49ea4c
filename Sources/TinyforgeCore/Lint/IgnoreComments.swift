/// The comments of a spec that ask for a finding to be left out: `# tinyforge: ignore[CODE] reason`.
///
/// Behind something, a comment is about the pair that starts on its line. On a line of its own it is
/// about the next pair with all that belongs to it; before the first pair also about the file as a
/// whole.
struct IgnoreComments {
  private let directives: [IgnoreDirective]
  private let nearMisses: [Finding]
  private let text: SourceText

  init(_ context: RuleContext) {
    text = context.text
    let text = context.text
    let comments = context.document.map { Comment.all(in: $0, text) } ?? []
    guard let document = context.document, !comments.isEmpty else {
      directives = []
      nearMisses = []
      return
    }
    directives = comments.compactMap { IgnoreDirective($0, in: document, text) }
    let reasons = directives.map(\.reason)
    let others = comments.map(\.span).filter { span in
      !reasons.contains { $0.upperBound == span.upperBound }
    }
    nearMisses = (reasons + others).compactMap { IgnoreNearMiss.find(in: $0, of: text) }
  }

  /// The findings that stay, with one for each comment that is not right or not needed.
  func filter(_ findings: [Finding], isOn: (FindingCode) -> Bool) -> [Finding] {
    guard !directives.isEmpty else {
      return nearMisses.isEmpty ? findings : findings + nearMisses
    }
    var used = directives.map { _ in Set<String>() }
    let kept = findings.filter { finding in
      guard finding.code.kind == .advice else { return true }
      var isIgnored = false
      for (index, directive) in directives.enumerated() where directive.covers(finding) {
        used[index].insert(finding.code.id)
        isIgnored = true
      }
      return !isIgnored
    }
    let faults = zip(directives, used).flatMap { directive, used in
      directive.faults(in: text) + directive.unused(used, in: text, isOn: isOn)
    }
    return kept + faults + nearMisses
  }
}
