import TinyforgeCore

extension Phrases {
  /// A message that is made elsewhere, in this language; one that no translation is known of stays as it is.
  package func message(_ english: String) -> String {
    guard language == .ru else { return english }
    return Translations.russian(english) ?? english
  }

  /// The word before a failure.
  package var errorLabel: String { say(en: "error:", ru: "ошибка:") }
  /// The word before a finding.
  func label(_ severity: Severity) -> String {
    switch severity {
    case .error: errorLabel
    case .warning: warningLabel
    case .info: say(en: "info:", ru: "сведения:")
    }
  }

  /// A place in the text above.
  func line(_ number: Int) -> String { say(en: "line \(number)", ru: "строка \(number)") }

  /// The word before a warning on standard error.
  package var warningLabel: String { say(en: "warning:", ru: "предупреждение:") }
}
