/// The one table of findings: what `--list-codes`, `--explain`, the docs and the tests read.
package enum FindingCatalog {
  /// All findings, in the order of the manual.
  package static let all: [FindingCode] =
    reading + structure + values + RuleCatalog.all.map(\.code) + comments + places

  /// The finding of that name.
  package static func named(_ id: String) -> FindingCode? { all.first { $0.id == id } }

  private static let reading: [FindingCode] = [
    .syntax, .encoding, .emptySpec, .aliasLoop, .mergeValue, .tagMismatch,
  ]
  private static let structure: [FindingCode] = [
    .unsupportedVersion, .unknownKey, .reservedKey, .duplicateKey, .wrongType,
  ]
  private static let values: [FindingCode] = [
    .portRange, .healthcheckForm, .unknownStrategy, .ignoredField,
  ]
  private static let comments: [FindingCode] = [.unusedIgnore, .badIgnore]
  private static let places: [FindingCode] = [
    .notAFile, .lfsPointer, .tooLarge, .unmerged, .intentToAdd, .noSpec,
  ]
}
