import ServerYAML

/// Reads a spec's bytes as the server does, and reports what its author should know.
package enum SpecReading {
  /// Decodes `bytes` and checks what they declare.
  ///
  /// `source` is what the workload is, where that is known: findings that hold for one source
  /// only are left out without it.
  package static func read(_ bytes: [UInt8], source: SourceKind? = nil) -> DecodedSpec {
    analyze(bytes, source: source).spec
  }

  /// Decodes a spec whose text is decoded already.
  package static func read(_ text: SourceText, source: SourceKind? = nil) -> DecodedSpec {
    analyze(Array(text.text.utf8), text, source: source).spec
  }

  /// The decoded spec with its YAML document and the facts that rules check.
  ///
  /// `text` is that of the bytes, if it is decoded already; a spec without a syntax error needs none.
  static func analyze(_ bytes: [UInt8], _ text: SourceText? = nil, source: SourceKind?)
    -> SpecAnalysis
  {
    guard bytes.count <= SpecObstacle.sizeLimit else {
      return refused(.obstacle(.tooLarge(bytes.count)))
    }
    do {
      guard let document = try YAMLReader.read(bytes) else { return refused(emptySpec) }
      var decoder = SpecDecoder(document)
      var spec = decoder.decode()
      // What was read beside a fault is checked all the same, so that one run finds everything.
      spec.findings += versionFindings(spec, decoder, document, bytes)
      spec.findings += ValueRules.check(decoder.declared, source: source)
      spec.findings.sort { ($0.span?.lowerBound ?? 0) < ($1.span?.lowerBound ?? 0) }
      return SpecAnalysis(spec: spec, document: document, facts: decoder.facts)
    } catch {
      return refused(finding(for: error, in: bytes, text ?? SourceText(bytes)))
    }
  }

  private static func refused(_ finding: Finding) -> SpecAnalysis {
    SpecAnalysis(
      spec: DecodedSpec(decodes: false, version: 0, declared: [], findings: [finding]))
  }

  private static var emptySpec: Finding {
    Finding(
      .emptySpec, "the file is empty: the server refuses it", at: 0..<0,
      help: "write `version: 1`, or remove the file")
  }

  private static func versionFindings(
    _ spec: DecodedSpec, _ decoder: SpecDecoder, _ document: YAMLDocument, _ bytes: [UInt8]
  ) -> [Finding] {
    guard spec.version != 1, spec.decodes || decoder.versionSpan != nil || document.lacksVersion
    else { return [] }
    let span = decoder.versionSpan ?? document.rootStart
    let message =
      decoder.versionSpan == nil
      ? "version is missing; it must be 1" : "version must be 1, not \(spec.version)"
    let fix = decoder.versionSpan == nil ? insertion(in: document, bytes) : nil
    return [Finding(.unsupportedVersion, message, at: span, help: "write `version: 1`", fix: fix)]
  }

  /// Puts `version: 1` before the first key, in the layout that is there.
  private static func insertion(in document: YAMLDocument, _ bytes: [UInt8]) -> Finding.Fix? {
    let root = document.nodes[document.root]
    let hasVersion = root.pairs.contains { document.nodes[$0.key].value == Array("version".utf8) }
    guard root.kind == .mapping, root.anchor == nil, !root.isExplicitlyTagged, !hasVersion,
      let first = root.children.first
    else { return nil }
    let start = document.nodes[first].start
    let lineBreak = bytes.contains(0x0D) ? "\r\n" : "\n"
    let separator =
      root.style == .flow ? ", " : lineBreak + String(repeating: " ", count: start.column)
    return .init(
      "write `version: 1`", [SourceEdit(start.index..<start.index, "version: 1" + separator)])
  }

  private static func finding(for error: YAMLError, in bytes: [UInt8], _ text: SourceText)
    -> Finding
  {
    let start =
      error.mark?.index ?? error.byteOffset.map { SourceText.offset(ofByte: $0, in: bytes) }
    let span = start.map { $0..<($0 + 1) }
    guard error.kind != .reader else {
      return Finding(
        .encoding, error.sentence, at: span,
        help: "save the file as UTF-8 and remove control characters")
    }
    let message =
      error.kind == .scanner && isTab(at: start, in: text) ? tabMessage : error.sentence
    if let place = beginning(of: error, noticedAt: start, in: text) {
      return Finding(
        .syntax, "\(withoutHere(message)), \(place.context) that begins here", at: place.span,
        help: help(for: message), related: span.map { [.init(message: message, span: $0)] } ?? [])
    }
    return Finding(
      .syntax, message, at: span, help: help(for: message),
      related: context(of: error, besides: span))
  }

  /// Where a fault begins that the reader notices lines later: an unclosed quote, an unclosed bracket, a key without
  /// its colon.
  ///
  /// A block mapping is not such a place: a fault in one is reported where it is noticed.
  private static func beginning(of error: YAMLError, noticedAt offset: Int?, in text: SourceText)
    -> (span: Range<Int>, context: String)?
  {
    guard let mark = error.contextMark, let offset, let context = error.context,
      !context.utf8.starts(with: "in a block".utf8)
    else { return nil }
    let isLater = text.position(at: offset).line > text.position(at: mark.index).line
    let isAtEnd = offset >= text.scalars.count
    return isLater || isAtEnd ? (mark.index..<(mark.index + 1), context) : nil
  }

  /// Where the construct began that could not be read to its end.
  private static func context(of error: YAMLError, besides span: Range<Int>?)
    -> [Finding.Related]
  {
    guard let mark = error.contextMark, mark.index != span?.lowerBound else { return [] }
    return [
      Finding.Related(
        message: "\(error.context ?? "in what") that begins here",
        span: mark.index..<(mark.index + 1))
    ]
  }

  /// What is expected somewhere else than where the message now points to.
  private static func withoutHere(_ message: String) -> String {
    message.endsWithBytes(of: " here") ? String(message.dropLast(" here".count)) : message
  }

  private static func help(for message: String) -> String? {
    if message == tabMessage { return "indent with spaces" }
    return message.endsWithBytes(of: "the %YAML directive")
      ? "remove the line: the server reads YAML 1.1 without it too" : nil
  }

  private static let tabMessage = "a tab cannot indent or start a value"

  private static func isTab(at offset: Int?, in text: SourceText) -> Bool {
    guard let offset else { return false }
    return text.scalars.indices.contains(offset) && text.scalars[offset] == "\t"
  }
}

extension YAMLDocument {
  /// Whether the root holds no key that is `version`, or may be meant as it.
  fileprivate var lacksVersion: Bool {
    let root = nodes[root]
    return root.kind == .mapping
      && root.pairs.allSatisfy { nodes[$0.key].value == Array("deploy".utf8) }
  }

  /// An empty span where the first document's content starts.
  var rootStart: Range<Int> {
    let start = nodes[root].start.index
    return start..<start
  }
}
