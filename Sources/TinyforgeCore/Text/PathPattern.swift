/// A path, or a glob that matches several.
///
/// `*` and `?` match within one segment, `**` as a whole segment matches any number of them, `[a-z]`
/// and `[!a-z]` match one character. A path without these is itself alone.
package struct PathPattern: Sendable, Equatable {
  /// The pattern as it was written.
  package let text: String
  /// Whether the path matches itself alone.
  package let isLiteral: Bool
  private let segments: [[Unicode.Scalar]]

  /// Reads a pattern.
  package init(_ text: String) {
    self.text = text
    isLiteral = !text.unicodeScalars.contains { "*?[".unicodeScalars.contains($0) }
    segments = Self.segments(of: text)
  }

  /// Whether the pattern matches the whole path.
  package func matches(_ path: String) -> Bool {
    isLiteral
      ? path.hasSameBytes(as: text) : Self.match(segments[...], Self.segments(of: path)[...])
  }

  /// Whether the pattern matches the path's end, from the start of a segment.
  package func matchesEnd(of path: Substring) -> Bool {
    if isLiteral {
      guard path.endsWithBytes(of: text) else { return false }
      let before = path.utf8.dropLast(text.utf8.count)
      return before.isEmpty || before.last == UInt8(ascii: "/")
    }
    if segments.count == 1, segments[0] != ["*", "*"] {
      let end = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) }
      return Self.match(segments[0], Array(path[(end ?? path.startIndex)...].unicodeScalars))
    }
    let path = Self.segments(of: path)
    return path.indices.contains { Self.match(segments[...], path[$0...]) }
  }

  /// Why a text cannot be a path from the root of a repository; nil where it can.
  package static func fault(_ text: String) -> String? {
    fault(text, PathSegment.all(in: text))
  }

  /// The same of a text whose segments are known.
  package static func fault(_ text: String, _ segments: [String]) -> String? {
    if text.isEmpty { return "is empty" }
    if text.utf8.contains(0) { return "holds a NUL character" }
    if text.utf8.first == UInt8(ascii: "/") { return "is absolute" }
    return PathSegment.fault(in: segments, quote: "'")
  }

  /// Why a text cannot be a pattern that matches what it was meant for; nil where it can.
  ///
  /// Each of these would match one odd name alone, or nothing.
  package static func patternFault(_ text: String) -> String? {
    if let fault = fault(text) { return fault }
    if text.startsWithBytes(of: "!") { return "begins with '!', which excludes nothing here" }
    let scalars = Array(text.unicodeScalars)
    let end: Unicode.Scalar = "]"
    for open in scalars.indices where scalars[open] == "[" {
      let inside = scalars[(open + 1)...].prefix { $0 != "/" }
      guard let close = inside.dropFirst().firstIndex(of: end) else {
        let isWithin = scalars[..<open].last { $0 == "[" || $0 == "]" } == "["
        if isWithin { continue }
        return "holds '[' without ']'"
      }
      if isReversed(scalars[(open + 1)..<close]) {
        return "holds a range that ends before it begins"
      }
    }
    if text.utf8.contains(UInt8(ascii: "{")), text.utf8.contains(UInt8(ascii: "}")) {
      return "holds {}, which has no meaning here; write one path for each"
    }
    return nil
  }

  private static func isReversed(_ set: ArraySlice<Unicode.Scalar>) -> Bool {
    set.indices.dropFirst().dropLast().contains { place in
      set[place] == "-" && set[place - 1] > set[place + 1]
    }
  }

  /// The pattern's last segment.
  package var name: String { String(scalars: (segments.last ?? [])[...]) }

  private static func segments(of path: some StringProtocol) -> [[Unicode.Scalar]] {
    path.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map { Array($0) }
  }

  /// Matches whole segments: of two `**` only the later is ever tried again, so no pattern costs more than
  /// its segments times those of the path.
  private static func match(
    _ pattern: ArraySlice<[Unicode.Scalar]>, _ path: ArraySlice<[Unicode.Scalar]>
  ) -> Bool {
    // At the end, `**` needs a segment, and takes any number of them.
    let isOpen = pattern.last == anySegments
    let pattern = Array(isOpen ? pattern.dropLast() + [anySegments, ["*"]] : pattern)
    var (at, place) = (0, path.startIndex)
    var star: (pattern: Int, path: Int)?
    while place < path.endIndex {
      if at < pattern.count, pattern[at] == anySegments {
        at += 1
        star = (at, place)
      } else if at < pattern.count, match(pattern[at], path[place]) {
        (at, place) = (at + 1, place + 1)
      } else if let last = star {
        star = (last.pattern, last.path + 1)
        (at, place) = (last.pattern, last.path + 1)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == anySegments }
  }

  private static let anySegments: [Unicode.Scalar] = ["*", "*"]

  /// Matches one segment: of two stars only the later is ever tried again, so this is quadratic.
  private static func match(_ pattern: [Unicode.Scalar], _ text: [Unicode.Scalar]) -> Bool {
    var (at, place) = (0, 0)
    var star: (pattern: Int, text: Int)?
    while place < text.count {
      if at < pattern.count, pattern[at] == "*" {
        star = (at + 1, place)
        at += 1
      } else if let next = one(pattern, at, text[place]) {
        (at, place) = (next, place + 1)
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        (at, place) = (last.pattern, last.text + 1)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == "*" }
  }

  /// Where the pattern goes on if it takes the character; nil where it does not.
  private static func one(_ pattern: [Unicode.Scalar], _ at: Int, _ scalar: Unicode.Scalar) -> Int?
  {
    guard at < pattern.count else { return nil }
    if pattern[at] == "?" { return at + 1 }
    guard pattern[at] == "[", let close = pattern[(at + 1)...].dropFirst().firstIndex(of: "]")
    else {
      return pattern[at] == scalar ? at + 1 : nil
    }
    var inside = pattern[(at + 1)..<close]
    let isNegated = inside.first == "!" || inside.first == "^"
    if isNegated { inside = inside.dropFirst() }
    return holds(inside, scalar) != isNegated ? close + 1 : nil
  }

  private static func holds(_ set: ArraySlice<Unicode.Scalar>, _ scalar: Unicode.Scalar) -> Bool {
    var rest = set
    while let low = rest.popFirst() {
      if rest.count >= 2, rest.first == "-" {
        let high = rest[rest.startIndex + 1]
        rest = rest.dropFirst(2)
        if low <= scalar, scalar <= high { return true }
      } else if low == scalar {
        return true
      }
    }
    return false
  }
}
