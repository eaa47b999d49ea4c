/// A comment that was surely meant to ignore findings, and is not written in the form that does.
///
/// Such a comment has no effect, and its author should know: `# tinyforge: disable[octal-number]`,
/// `# Tinyforge ignore(octal-number)`, or one that begins within another comment.
enum IgnoreNearMiss {
  private static let markers = [
    "tinyforge", "tiny-forge", "tiny_forge", "tiny forge", "lint-spec", "lint_spec", "lintspec",
  ].map { Array($0.utf8) }
  /// Words that mean it where nothing but the end of the comment, or a list, follows.
  private static let commands: Set<String> = [
    "ignore", "disable", "suppress", "skip", "off", "noqa", "nolint", "no-lint", "disable-line",
    "disable-next-line", "ignore-line", "ignore-next-line", "ignore-file", "disable-file",
  ]
  private static let verbs = commands.union(["ignored", "ignores", "ignoring", "disabled", "allow"])

  /// The finding for the text in `span`; nil for an ordinary comment.
  static func find(in span: Range<Int>, of text: SourceText) -> Finding? {
    let line = text.scalars[span].map { scalar in
      scalar.isASCII ? UInt8(truncatingIfNeeded: scalar.value).lowercasedASCII : UInt8(ascii: "?")
    }
    let start =
      line.indices.first { isMeant(line[...], at: $0) } ?? unmarkedCommand(in: line[...])
    guard let start else { return nil }
    let codes = Self.codes(in: line[start...])
    let names = codes.isEmpty ? "CODE" : codes.joined(separator: ", ")
    return Finding(
      .badIgnore, "this looks like an ignore comment, and has no effect",
      at: (span.lowerBound + start)..<span.upperBound,
      help: "write `# tinyforge: ignore[\(names)] reason` as a comment of its own")
  }

  /// Whether a marker at `start` is followed by a verb and a list, or by a list of known codes.
  ///
  /// Where the comment begins with it, a command alone is enough. Prose goes on with words.
  private static func isMeant(_ line: ArraySlice<UInt8>, at start: Int) -> Bool {
    guard start == 0 || !line[start - 1].isSmallLetter,
      let marker = markers.first(where: { line[start...].starts(with: $0) })
    else { return false }
    let afterMarker = line[(start + marker.count)...]
    let words = afterMarker.drop { " \t:-_=./".utf8.contains($0) }
    let verb = words.prefix { $0.isSmallLetter || $0 == UInt8(ascii: "-") }
    let word = String(decoding: verb, as: UTF8.self)
    let rest = line[verb.endIndex...]
    // `tinyforge.yml` and the like go on as one word.
    guard words.startIndex > afterMarker.startIndex else {
      return verbs.contains(word) && rest.first == UInt8(ascii: "[")
    }
    let list = rest.drop(while: \.isSpace)
    let isVerb = Self.isVerb(word)
    if isVerb, rest.first == UInt8(ascii: "[") { return true }
    if isLeading(start, in: line) {
      if commands.contains(word), isWhole(rest) { return true }
      if word.utf8.contains(UInt8(ascii: "-")), FindingCatalog.named(word) != nil { return true }
    }
    return (isVerb || list.first == UInt8(ascii: "[")) && startsWithCode(list)
  }

  /// Where a comment begins that other tools would understand, such as `# nolint` or `# noqa: octal-number`.
  private static func unmarkedCommand(in line: ArraySlice<UInt8>) -> Int? {
    guard line.first == UInt8(ascii: "#") else { return nil }
    let words = line.drop { $0.isSpace || $0 == UInt8(ascii: "#") }
    let verb = words.prefix { $0.isSmallLetter || $0 == UInt8(ascii: "-") }
    let word = String(decoding: verb, as: UTF8.self)
    let rest = line[verb.endIndex...]
    if ["nolint", "noqa"].contains(word), rest.allSatisfy(\.isSpace) { return words.startIndex }
    let names = Self.words(in: rest).first.map { $0 == "tinyforge" || $0 == "lint-spec" } ?? false
    let isList = rest.first.map { ":([".utf8.contains($0) } ?? false
    guard commands.contains(word), isList, names || startsWithCode(rest) else { return nil }
    return words.startIndex
  }

  /// Whether nothing but the comment's sign and white space precedes; a reason has no sign.
  private static func isLeading(_ start: Int, in line: ArraySlice<UInt8>) -> Bool {
    line.first == UInt8(ascii: "#")
      && line[..<start].allSatisfy { $0.isSpace || $0 == UInt8(ascii: "#") }
  }

  /// Whether a command ends here: with the comment, with a list or a colon, or with the line that it is about.
  private static func isWhole(_ rest: ArraySlice<UInt8>) -> Bool {
    if let first = rest.first, ":([{=".utf8.contains(first) { return true }
    if rest.allSatisfy({ $0.isSpace || ".,;!-".utf8.contains($0) }) { return true }
    let next = words(in: rest).joined(separator: " ")
    return ["this line", "next line", "the next line", "line"].contains(next)
  }

  private static func startsWithCode(_ list: ArraySlice<UInt8>) -> Bool {
    words(in: list).first.flatMap(FindingCatalog.named) != nil
  }

  private static func isVerb(_ word: String) -> Bool {
    verbs.contains(word) || NearestName.find(word, among: ["ignore"]) != nil
  }

  private static func codes(in line: ArraySlice<UInt8>) -> [String] {
    Self.words(in: line).filter { FindingCatalog.named($0)?.kind == .advice }
  }

  private static func words(in line: ArraySlice<UInt8>) -> [String] {
    line.split { !$0.isSmallLetter && $0 != UInt8(ascii: "-") }.map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

  fileprivate var isSmallLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self }

  fileprivate var lowercasedASCII: UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
  }
}
