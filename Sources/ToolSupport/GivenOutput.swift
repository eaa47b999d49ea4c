import Reporting
import RunningProcess

/// Colour, `--quiet`, the format and the language as the command line gives them, read before anything is parsed.
///
/// A failure of the parsing is printed by them as well, wherever they are on the command line.
struct GivenOutput: Equatable {
  var color = ColorMode.auto
  var isQuiet = false
  /// The format of the report; empty where none is given.
  var format = ""
  /// The language of text for people.
  var language = Language.preferred { Environment.variable($0) }
  /// Whether the report goes into a file.
  var hasFile = false

  init(_ arguments: some Sequence<String>) {
    var last = ""
    for word in arguments.prefix(while: { $0 != "--" }) {
      if let mode = Self.value(of: "--color", in: word, after: last).flatMap(ColorMode.init) {
        color = mode
      }
      if let name = Self.value(of: "--format", in: word, after: last) { format = name }
      if let code = Self.value(of: "--lang", in: word, after: last).flatMap(Language.init) {
        language = code
      }
      if Self.value(of: "--output", in: word, after: last) != nil { hasFile = true }
      last = word
      if word == "--quiet" || Self.isShortQuiet(word) { isQuiet = true }
    }
  }

  /// The console of a failure.
  var console: Console { Console(color: color, quiet: isQuiet) }

  /// An option's value: the word after it, or what is joined to it by `=`.
  private static func value(of option: String, in word: String, after last: String) -> String? {
    if last == option { return word }
    let prefix = option + "="
    guard word.utf8.starts(with: prefix.utf8) else { return nil }
    return String(decoding: word.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
  }

  /// Whether the word is `-q`, alone or among other short flags (`-yq`).
  private static func isShortQuiet(_ word: String) -> Bool {
    guard word.utf8.first == UInt8(ascii: "-") else { return false }
    let letters = word.utf8.dropFirst()
    return letters.contains(UInt8(ascii: "q"))
      && letters.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
  }
}
