internal import Synchronization
import TinyforgeCore

/// Translations of the messages that are made far below the reports.
///
/// A tool that speaks more than English brings them along (`RussianMessages`); lint-spec is smaller without.
package enum Translations {
  private static let known = Mutex<(@Sendable (String) -> String?)?>(nil)

  /// Uses these from now on: each gives the message in Russian, or nil.
  package static func use(_ russian: @escaping @Sendable (String) -> String?) {
    known.withLock { $0 = russian }
  }

  static func russian(_ english: String) -> String? { known.withLock { $0 }?(english) }
}

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
