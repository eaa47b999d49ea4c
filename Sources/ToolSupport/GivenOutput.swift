/// Colour and `--quiet` as the command line gives them, read before anything is parsed.
///
/// A failure of the parsing is printed by them as well, wherever they are on the command line.
struct GivenOutput: Equatable {
  var color = ColorMode.auto
  var isQuiet = false

  init(_ arguments: some Sequence<String>) {
    var isColorNext = false
    for word in arguments.prefix(while: { $0 != "--" }) {
      if isColorNext, let mode = ColorMode(rawValue: word) { color = mode }
      isColorNext = word == "--color"
      if let mode = Self.color(in: word) { color = mode }
      if word == "--quiet" || Self.isShortQuiet(word) { isQuiet = true }
    }
  }

  /// The console of a failure.
  var console: Console { Console(color: color, quiet: isQuiet) }

  private static func color(in word: String) -> ColorMode? {
    let prefix = "--color="
    guard word.utf8.starts(with: prefix.utf8) else { return nil }
    return ColorMode(
      rawValue: String(decoding: word.utf8.dropFirst(prefix.utf8.count), as: UTF8.self))
  }

  /// Whether the word is `-q`, alone or among other short flags (`-yq`).
  private static func isShortQuiet(_ word: String) -> Bool {
    guard word.utf8.first == UInt8(ascii: "-") else { return false }
    let letters = word.utf8.dropFirst()
    return letters.contains(UInt8(ascii: "q"))
      && letters.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
  }
}
