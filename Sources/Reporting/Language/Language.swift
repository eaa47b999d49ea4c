/// A language of reports and questions.
package enum Language: String, Sendable, CaseIterable {
  case en, ru

  /// The language that the environment asks for, by POSIX's order of the variables; English where it
  /// asks for one that is not here.
  ///
  /// `variable` gives a variable's value, nil where it is unset or empty.
  package static func preferred(_ variable: (String) -> String?) -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(variable).first ?? ""
    let code = locale.prefix { $0.isLetter }.lowercased()
    return Language(rawValue: code) ?? .en
  }
}
