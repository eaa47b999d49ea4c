import ServerYAML

/// Masks credentials in everything that is reported of a spec.
struct Redaction {
  private let text: SourceText
  private let spans: SortedSpans
  /// The credentials as they are written and as they are read, the longest first, by how they begin.
  private let secrets: [ArraySlice<Character>: [[Character]]]

  /// How many of a credential's first characters are enough to be taken for it.
  private static let shortest = 6

  init(_ credentials: [Credential], in text: SourceText, _ document: YAMLDocument?) {
    self.text = text
    let spans = SortedSpans(credentials.map(\.span))
    let written = spans.all.map { String(scalars: text.scalars[$0]) }
    let read = (document?.nodes ?? []).filter { node in
      node.kind == .scalar && spans.overlap(node.span)
    }.flatMap { node in
      [node.value, (try? node.resolved())?.value.binaryBytes ?? []].map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    self.spans = spans
    let secrets = Set(written + read).map { Array($0.shownSafely) }
      .filter { $0.count >= Self.shortest }.sorted { $0.count > $1.count }
    self.secrets = Dictionary(grouping: secrets) { $0.prefix(Self.shortest) }
  }

  /// The text with `*` for every character of a credential, its line breaks kept.
  private var maskedText: SourceText {
    let masked = spans.all.reduce(into: text.scalars) { scalars, span in
      for index in span where scalars[index] != "\n" && scalars[index] != "\r" {
        scalars[index] = "*"
      }
    }
    return SourceText(scalars: masked)
  }

  /// The spec and its text without the credentials.
  func redacted(_ spec: DecodedSpec) -> LintedSpec {
    LintedSpec(decoded: redacted(spec), text: maskedText, isMasked: true)
  }

  private func redacted(_ spec: DecodedSpec) -> DecodedSpec {
    var spec = spec
    spec.findings = spec.findings.map { finding in
      var finding = finding
      finding.message = redacted(finding.message)
      finding.help = finding.help.map(redacted)
      finding.fix = finding.fix.map { .init(redacted($0.message), $0.edits) }
      return finding
    }
    spec.declared = spec.declared.map { declared in
      guard case .text(let value) = declared.value, spans.overlap(declared.span) else {
        return declared
      }
      var declared = declared
      let masked = value.withoutCredentials
      // What only its place in the text gives away is masked as a whole.
      declared.value = .text(
        masked.hasSameBytes(as: value) ? String(repeating: "*", count: value.count) : masked)
      return declared
    }
    return spec
  }

  /// A message with `***` for a credential, also where only its beginning is quoted.
  func redacted(_ message: String) -> String {
    let characters = Array(message)
    var shown = ""
    var index = 0
    while index < characters.count {
      let length = secrets[characters[index...].prefix(Self.shortest)]?.lazy
        .map { Self.agreement($0, characters[index...]) }.max()
      shown += length == nil ? String(characters[index]) : "***"
      index += length ?? 1
    }
    return shown
  }

  private static func agreement(_ secret: [Character], _ rest: ArraySlice<Character>) -> Int {
    zip(secret, rest).prefix { $0 == $1 }.count
  }
}
