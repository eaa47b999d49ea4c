extension TokenScrubber {
  /// Whether a spec holds a token in a form that its reading would show: in another encoding than
  /// UTF-8, or written with escapes.
  package func finds(inSpec bytes: [UInt8]) -> Bool {
    if finds(in: bytes) { return true }
    let text = SourceText(bytes)
    let spec = SpecReading.analyze(bytes, text, source: nil).spec
    let values = spec.declared.map { declared in
      if case .text(let text) = declared.value { text } else { "" }
    }
    let words = spec.findings.flatMap { [$0.message, $0.help ?? "", $0.fix?.message ?? ""] }
    return ([text.text] + values + words).contains { finds(in: Array($0.utf8)) }
  }
}
