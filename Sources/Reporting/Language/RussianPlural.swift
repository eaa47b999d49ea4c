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
