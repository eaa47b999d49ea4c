/// A language that reports and questions are told in.
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

/// The three forms of a Russian noun, by the rules that Unicode's CLDR states for whole numbers.
enum RussianPlural {
  /// `one` beside 1, 21, 101; `few` beside 2 to 4, 22; `many` beside 0, 5 to 20, 111.
  static func form(_ number: Int, one: String, few: String, many: String) -> String {
    let rest = number.magnitude % 100
    guard !(11...14).contains(rest) else { return many }
    switch rest % 10 {
    case 1: return one
    case 2...4: return few
    default: return many
    }
  }
}
