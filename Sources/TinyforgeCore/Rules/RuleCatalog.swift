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
