/// A rule beyond the decoder's own: the finding that it makes, and how.
///
/// Each has a file of its own.
struct SpecRule: Sendable {
  let code: FindingCode
  /// Findings in any order; what a spec ignores is left out later.
  let check: @Sendable (RuleContext) -> [Finding]

  init(_ code: FindingCode, _ check: @escaping @Sendable (RuleContext) -> [Finding]) {
    self.code = code
    self.check = check
  }
}

/// All rules.
enum RuleCatalog {
  static let all: [SpecRule] = numbers + texts + structure + meaning + safety

  private static let numbers: [SpecRule] = [
    .octalNumber, .truncatedNumber, .numberUnderscore, .unusualNumber, .sexagesimalNumber,
  ]
  private static let texts: [SpecRule] = [.booleanText, .numberAsText, .binaryText]
  private static let structure: [SpecRule] = [
    .nullAsOmitted, .nullKey, .ignoredDocument, .hiddenByMerge, .customTag, .otherReader,
  ]
  private static let meaning: [SpecRule] = [
    .declaresNothing, .fileName, .blueGreenWithoutHealthcheck, .storageRecreates,
  ]
  private static let safety: [SpecRule] = [
    .credential, .invisibleCharacter, .bidirectionalCharacter,
  ]
}
