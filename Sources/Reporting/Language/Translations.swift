internal import Synchronization

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
