import Reporting
import TinyforgeCore

/// The spec's text on the page, with line numbers, and the declared fields and the faults marked.
struct SpecPreview {
  /// Specs have a handful of lines; of a long one the beginning is shown.
  private static let lineLimit = 200
  /// In scalars.
  private static let widthLimit = 500

  let phrases: Phrases
  let subject: PageSubject

  /// What a stretch of the text is; a later one wins over an earlier at the same place.
  private enum Kind: String {
    case managed = ""
    case drifted = "off"
    case fault = "bad"
  }

  private struct Mark {
    var span: Range<Int>
    var kind: Kind
  }

  /// Empty where there is no text.
  func render(_ workload: ReportedWorkload) -> String {
    guard let spec = workload.spec, let text = spec.text, !text.scalars.isEmpty else { return "" }
    let marks = marks(workload, text)
    let lines = lines(text, marks)
    return "<figure><figcaption><h4>\(PageText.code(spec.path))</h4></figcaption>\n"
      + "<pre tabindex=\"0\" role=\"group\" aria-label=\"\(HTMLText.encoded(spec.path))\"><code>\(lines)</code></pre>\n"
      + legend(marks) + "</figure>\n"
  }

  // MARK: Marks

  private func marks(_ workload: ReportedWorkload, _ text: SourceText) -> [Mark] {
    let drifted = Set(workload.drift.map(\.field))
    let managed = Set(workload.managedFields)
    let source = SourceKind(rawValue: workload.sourceKind)
    let declared = SpecReading.read(text, source: source).declared.filter {
      managed.contains($0.field.name)
    }
    let fields = declared.map { entry in
      Mark(span: entry.span, kind: drifted.contains(entry.field.name) ? .drifted : .managed)
    }
    let faults = workload.findings.filter { $0.severity == .error }.map { finding in
      Mark(span: text.span(of: finding.range), kind: .fault)
    }
    return SortedMarks.withoutOverlaps((fields + faults).map { ($0.span, $0.kind) })
      .map { Mark(span: $0.0, kind: $0.1) }
  }

  private func legend(_ marks: [Mark]) -> String {
    let kinds = [Kind.managed, .drifted, .fault].filter { kind in
      marks.contains { $0.kind == kind }
    }
    guard !kinds.isEmpty else { return "" }
    let keys = kinds.map { "<span><mark\(look($0))>\(word($0))</mark></span>" }
    return "<p class=\"key\" aria-hidden=\"true\">\(keys.joined())</p>\n"
  }

  private func look(_ kind: Kind) -> String {
    kind == .managed ? "" : " class=\"\(kind.rawValue)\""
  }

  private func word(_ kind: Kind) -> String {
    switch kind {
    case .managed: phrases.managedField
    case .drifted: subject.differingField(phrases)
    case .fault: phrases.faultyPlace
    }
  }

  // MARK: Text

  private func lines(_ text: SourceText, _ marks: [Mark]) -> String {
    var last = text.position(at: text.scalars.count).line
    // A final line break opens no line.
    if text.line(last).isEmpty, last > 1 { last -= 1 }
    let shown = (1...min(last, Self.lineLimit)).map { line in
      "<i>\(content(text.line(line).prefix(Self.widthLimit), text, marks))</i>"
    }
    let rest = last - shown.count
    return shown.joined() + (rest > 0 ? "<i>… \(phrases.moreLines(rest))</i>" : "")
  }

  /// A line, with what is marked in it.
  private func content(_ line: ArraySlice<Unicode.Scalar>, _ text: SourceText, _ marks: [Mark])
    -> String
  {
    var output = ""
    var offset = line.startIndex
    for mark in marks where mark.span.lowerBound < line.endIndex {
      let start = max(mark.span.lowerBound, offset)
      let end = min(mark.span.upperBound, line.endIndex)
      guard start < end else { continue }
      output += Self.shown(text.scalars[offset..<start])
      output += "<mark\(look(mark.kind))>\(Self.shown(text.scalars[start..<end]))"
      output += "<span class=\"vh\"> (\(word(mark.kind)))</span></mark>"
      offset = end
    }
    return output + Self.shown(text.scalars[offset..<line.endIndex])
  }

  /// Tabs stay, as in the file.
  private static func shown(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    scalars.split(separator: "\t", omittingEmptySubsequences: false).map { part in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: part)
      return HTMLText.encoded(String(view))
    }.joined(separator: "\t")
  }
}

extension SourceText {
  /// The offsets of a range whose lines and columns are known.
  func span(of range: SourceRange) -> Range<Int> {
    let start = offset(of: range.start)
    return start..<max(start, offset(of: range.end))
  }

  private func offset(of position: SourcePosition) -> Int {
    let content = line(position.line)
    return min(content.startIndex + max(0, position.column - 1), content.endIndex)
  }
}
