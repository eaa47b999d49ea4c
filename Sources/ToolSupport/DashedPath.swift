/// A path that begins like an option, such as `-h/.tinyforge.yml` among the files of a hook's batch.
///
/// The parser would read `-h` out of it, print help and end in success with nothing checked.
enum DashedPath {
  /// The arguments with `./` before each such path.
  static func resolved(_ arguments: [String]) -> [String] {
    let options = arguments.prefix { $0 != "--" }
    return options.map { isOne($0) ? "./" + $0 : $0 } + arguments.dropFirst(options.count)
  }

  /// The first such path among the arguments.
  static func first(in arguments: [String]) -> String? {
    arguments.prefix { $0 != "--" }.first(where: isOne)
  }

  /// Whether a word begins like an option and cannot be one: before a `=`, no option has a slash or a full stop.
  private static func isOne(_ word: String) -> Bool {
    guard word.utf8.first == UInt8(ascii: "-"), word.utf8.count > 1 else { return false }
    return word.utf8.prefix { $0 != UInt8(ascii: "=") }
      .contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".") }
  }
}
