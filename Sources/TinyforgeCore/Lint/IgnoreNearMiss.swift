/// A comment that was surely meant to ignore findings, and is not written in the form that does.
///
/// Such a comment has no effect, and its author should know: `# tinyforge: disable[octal-number]`,
/// `# Tinyforge ignore(octal-number)`, or one that begins within another comment.
enum IgnoreNearMiss {
  private static let markers = ["tinyforge", "lint-spec"].map { Array($0.utf8) }
  private static let verbs: Set<String> = [
    "ignore", "ignored", "ignores", "ignoring", "disable", "disabled", "suppress", "skip", "off",
    "noqa",
    "nolint", "allow", "disable-line", "disable-next-line", "ignore-line", "ignore-next-line",
  ]

  /// The finding for what stands in `span` of the text; nil for an ordinary comment.
  static func find(in span: Range<Int>, of text: SourceText) -> Finding? {
    let line = text.scalars[span].map { scalar in
      scalar.isASCII ? UInt8(truncatingIfNeeded: scalar.value).lowercasedASCII : UInt8(ascii: "?")
    }
    guard let start = line.indices.first(where: { isMeant(line[...], at: $0) }) else { return nil }
    let codes = Self.codes(in: line[start...])
    let names = codes.isEmpty ? "CODE" : codes.joined(separator: ", ")
    return Finding(
      .badIgnore, "this looks like an ignore comment, and has no effect",
      at: (span.lowerBound + start)..<span.upperBound,
      help: "write `# tinyforge: ignore[\(names)] reason` as a comment of its own")
  }

  /// Whether a marker at `start` is followed by a verb and a list, or by a list of known codes.
  private static func isMeant(_ line: ArraySlice<UInt8>, at start: Int) -> Bool {
    guard start == 0 || !line[start - 1].isSmallLetter,
      let marker = markers.first(where: { line[start...].starts(with: $0) })
    else { return false }
    let afterMarker = line[(start + marker.count)...]
    let words = afterMarker.drop { " \t:-_=".utf8.contains($0) }
    // `tinyforge.yml` and the like go on as one word.
    guard words.startIndex > afterMarker.startIndex else { return false }
    let verb = words.prefix { $0.isSmallLetter || $0 == UInt8(ascii: "-") }
    let rest = line[verb.endIndex...]
    let list = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let isVerb = Self.isVerb(String(decoding: verb, as: UTF8.self))
    if isVerb, rest.first == UInt8(ascii: "[") { return true }
    guard isVerb || list.first == UInt8(ascii: "[") else { return false }
    return Self.words(in: list).first.flatMap(FindingCatalog.named) != nil
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
  fileprivate var isSmallLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self }

  fileprivate var lowercasedASCII: UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
  }
}
