import ServerYAML

/// One comment that asks for findings to be left out.
struct IgnoreDirective {
  /// A code as it is written.
  private struct Name {
    var id: String
    var span: Range<Int>
  }

  private let comment: Comment
  private let names: [Name]
  /// The text after the list, up to the comment's end.
  let reason: Range<Int>
  private let hasReason: Bool
  /// What the comment is about.
  private let scope: Range<Int>
  private let isAboutFile: Bool

  /// Nil for a comment that is none of ours.
  init?(_ comment: Comment, in document: YAMLDocument, _ text: SourceText) {
    guard let parts = Self.parse(comment, text) else { return nil }
    self.comment = comment
    names = parts.names
    hasReason = parts.isClosed && !parts.reason.isEmpty
    reason = parts.reason
    let pair = Self.pair(of: comment, in: document, text)
    scope = Self.scope(of: comment, pair, in: text)
    isAboutFile =
      comment.isAlone && comment.span.upperBound <= document.nodes[document.root].start.index
  }

  func covers(_ finding: Finding) -> Bool {
    guard names.contains(where: { $0.id == finding.code.id }) else { return false }
    guard let start = finding.span?.lowerBound else { return isAboutFile }
    return scope.contains(start) || (isAboutFile && finding.code == .declaresNothing)
  }

  // MARK: Reading

  private static func parse(_ comment: Comment, _ text: SourceText)
    -> (names: [Name], isClosed: Bool, reason: Range<Int>)?
  {
    let scalars = text.scalars
    var index = comment.span.lowerBound + 1
    func skipSpaces() {
      while index < comment.span.upperBound, scalars[index] == " " || scalars[index] == "\t" {
        index += 1
      }
    }
    func take(_ word: String) -> Bool {
      let wanted = Array(word.unicodeScalars)
      guard scalars[index..<comment.span.upperBound].starts(with: wanted) else { return false }
      index += wanted.count
      return true
    }
    skipSpaces()
    guard take("tinyforge:") else { return nil }
    skipSpaces()
    guard take("ignore") else { return nil }
    skipSpaces()
    guard take("[") else { return ([], false, index..<comment.span.upperBound) }
    let close = scalars[index..<comment.span.upperBound].firstIndex(of: "]")
    let names = Self.names(index..<(close ?? comment.span.upperBound), scalars)
    index = (close ?? comment.span.upperBound - 1) + 1
    skipSpaces()
    return (names, close != nil, index..<comment.span.upperBound)
  }

  private static func names(_ span: Range<Int>, _ scalars: [Unicode.Scalar]) -> [Name] {
    scalars[span].split(separator: ",").compactMap { part in
      let isSpace: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" }
      let trimmed = part.drop(while: isSpace)
      guard let last = trimmed.lastIndex(where: { !isSpace($0) }) else { return nil }
      let word = trimmed[...last]
      return Name(
        id: String(scalars: word), span: word.startIndex..<(last + 1))
    }
  }

  // MARK: Binding

  /// The key and value that the comment is about.
  private static func pair(of comment: Comment, in document: YAMLDocument, _ text: SourceText)
    -> Range<Int>?
  {
    let line = text.position(at: comment.span.lowerBound).line
    var best: Range<Int>?
    for mapping in document.nodes where mapping.kind == .mapping {
      for (key, value) in mapping.pairs {
        let start = document.nodes[key].start.index
        let fits =
          comment.isAlone
          ? start >= comment.span.upperBound : text.position(at: start).line == line
        guard fits, start < best?.lowerBound ?? Int.max else { continue }
        best = start..<max(start, document.nodes[key].end.index, document.nodes[value].end.index)
      }
    }
    return best
  }

  /// The pair, and the comments on its last line.
  private static func scope(of comment: Comment, _ pair: Range<Int>?, in text: SourceText)
    -> Range<Int>
  {
    let start = min(comment.span.lowerBound, pair?.lowerBound ?? comment.span.lowerBound)
    let end = max(comment.span.upperBound, pair?.upperBound ?? comment.span.upperBound)
    let rest = text.scalars[min(end, text.scalars.count)...]
    let lineEnd = rest.firstIndex { $0 == "\n" || $0 == "\r" } ?? text.scalars.count
    return start..<(lineEnd + 1)
  }

  // MARK: Faults

  func faults(in text: SourceText) -> [Finding] {
    guard !names.isEmpty else {
      return [bad("names no finding", comment.span, "write `# tinyforge: ignore[CODE] reason`")]
    }
    var faults = names.compactMap(fault)
    if !hasReason {
      faults.append(bad("gives no reason", comment.span, "write why behind the bracket"))
    }
    return faults
  }

  private func fault(of name: Name) -> Finding? {
    guard let code = FindingCatalog.named(name.id) else {
      let nearest = NearestName.find(name.id, among: FindingCatalog.all.map(\.id))
      let shown = Quotation.short(Array(name.id.utf8))
      return bad(
        "names \(shown), which is not a finding", name.span,
        nearest.map { "did you mean `\($0)`?" } ?? "`lint-spec --list-codes` lists them all")
    }
    guard code.kind == .refusal else { return nil }
    return bad(
      "names `\(code.id)`, which is the server's own refusal", name.span,
      "fix the spec: the server refuses it whatever a comment says")
  }

  private func bad(_ words: String, _ span: Range<Int>, _ help: String) -> Finding {
    Finding(.badIgnore, "this ignore comment \(words)", at: span, help: help)
  }

  /// One finding for each code that the comment names without need.
  func unused(_ used: Set<String>, in text: SourceText, isOn: (FindingCode) -> Bool) -> [Finding] {
    let unused = names.filter { name in
      guard let code = FindingCatalog.named(name.id), code.kind == .advice, isOn(code) else {
        return false
      }
      return !used.contains(name.id)
    }
    return unused.map { name in
      Finding(
        .unusedIgnore, "nothing here is found as `\(name.id)`, so nothing is ignored",
        at: name.span, help: "remove it",
        fix: unused.count == names.count
          ? .init("remove the comment", [SourceEdit(removal(in: text), "")]) : removing(name))
    }
  }

  /// Takes one name out of the list, with a comma.
  private func removing(_ name: Name) -> Finding.Fix? {
    guard let index = names.firstIndex(where: { $0.span == name.span }) else { return nil }
    let span =
      index + 1 < names.count
      ? name.span.lowerBound..<names[index + 1].span.lowerBound
      : names[index - 1].span.upperBound..<name.span.upperBound
    return .init("remove `\(name.id)`", [SourceEdit(span, "")])
  }

  /// The comment with the white space before it, or its whole line if nothing else is on it.
  private func removal(in text: SourceText) -> Range<Int> {
    let scalars = text.scalars
    var start = comment.span.lowerBound
    while start > 0, scalars[start - 1] == " " || scalars[start - 1] == "\t" { start -= 1 }
    var end = comment.span.upperBound
    guard comment.isAlone, end < scalars.count else { return start..<end }
    end += scalars[end] == "\r" && end + 1 < scalars.count && scalars[end + 1] == "\n" ? 2 : 1
    return start..<end
  }
}
