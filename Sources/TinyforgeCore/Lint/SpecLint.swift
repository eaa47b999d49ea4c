/// Lints a spec: the server's verdict, and the findings that the rules add to it.
package enum SpecLint {
  /// What a run asks for beside the spec itself.
  package struct Settings: Sendable {
    /// What the workload is; findings that hold for one source only are left out without it.
    package var source: SourceKind?
    /// The names that a spec may have, without folders.
    package var usualNames: [String]
    /// Severities other than the usual ones, for advice only; nil turns it off.
    package var severities: [String: Severity?]
    /// Reads a spec as another reader does, where it holds more than every reader reads alike; nil: none is asked.
    package var secondReader: (@Sendable ([UInt8]) -> OtherReading)?
    /// Whether the file has nearly the name of the configuration, and is checked for that alone.
    package var isMisnamedConfiguration = false

    /// Creates one from its parts.
    package init(
      source: SourceKind? = nil, usualNames: [String] = [FindingCode.usualName],
      severities: [String: Severity?] = [:]
    ) {
      self.source = source
      self.usualNames = usualNames
      self.severities = severities
    }

    /// The severity of an advice; nil where it is turned off.
    func severity(of code: FindingCode) -> Severity? {
      guard !severities.isEmpty, code.kind == .advice, let chosen = severities[code.id] else {
        return code.severity
      }
      return chosen
    }
  }

  /// Reads the spec, runs the rules, and leaves out what the spec's comments ignore.
  ///
  /// `path` is the file's path, of which the last segment counts; nil where the bytes have none.
  package static func check(_ bytes: [UInt8], path: String? = nil, settings: Settings = Settings())
    -> LintedSpec
  {
    if settings.isMisnamedConfiguration { return misnamedConfiguration(bytes, path, settings) }
    guard bytes.count <= SpecObstacle.sizeLimit else {
      return LintedSpec(decoded: SpecReading.read(bytes), text: .empty)
    }
    let text = SourceText(bytes)
    let analysis = SpecReading.analyze(bytes, text, source: settings.source)
    let isSearched = settings.severity(of: .credential) != nil
    let context = RuleContext(
      text: text, analysis: analysis, source: settings.source,
      fileName: path.flatMap(PathSegment.last),
      usualNames: settings.usualNames,
      credentials: isSearched ? CredentialSearch.find(in: text, analysis.document) : [],
      readOtherwise: settings.secondReader.map { reader in { reader(bytes) } })
    var spec = analysis.spec
    let findings = findings(context, settings)
    spec.findings = limited(findings)
    let credentials = reported(context.credentials, in: findings)
    guard !credentials.isEmpty else { return LintedSpec(decoded: spec, text: text) }
    return Redaction(credentials, in: text, analysis.document).redacted(spec)
  }

  /// The credentials that are masked: where its author says that something is not one, it is shown.
  private static func reported(_ credentials: [Credential], in findings: [Finding]) -> [Credential]
  {
    guard !credentials.isEmpty else { return [] }
    let reported = Set(findings.filter { $0.code == .credential }.compactMap(\.span))
    return credentials.filter { reported.contains($0.span) }
  }

  /// A configuration without effect; its text is not a spec's.
  private static func misnamedConfiguration(_ bytes: [UInt8], _ path: String?, _ settings: Settings)
    -> LintedSpec
  {
    var spec = DecodedSpec(decodes: true, version: 1, declared: [], findings: [])
    if let severity = settings.severity(of: .fileName) {
      var finding = Finding.misnamedConfiguration(path ?? "")
      finding.severity = severity
      spec.findings = [finding]
    }
    return LintedSpec(decoded: spec, text: SourceText(bytes))
  }

  /// Reads the spec without the rules: the values as the server takes them, and those that may be shown.
  package static func read(_ bytes: [UInt8], source: SourceKind?) -> (
    decoded: DecodedSpec, shown: LintedSpec
  ) {
    guard bytes.count <= SpecObstacle.sizeLimit else {
      let spec = SpecReading.read(bytes)
      return (spec, LintedSpec(decoded: spec, text: .empty))
    }
    let text = SourceText(bytes)
    let analysis = SpecReading.analyze(bytes, text, source: source)
    let spec = analysis.spec
    let credentials = CredentialSearch.find(in: text, analysis.document)
    guard !credentials.isEmpty else { return (spec, LintedSpec(decoded: spec, text: text)) }
    return (spec, Redaction(credentials, in: text, analysis.document).redacted(spec))
  }

  /// All findings that stay, in the order of the text.
  private static func findings(_ context: RuleContext, _ settings: Settings) -> [Finding] {
    var findings = context.spec.findings
    for rule in RuleCatalog.all where settings.severity(of: rule.code) != nil {
      let found = rule.check(context)
      if !found.isEmpty { findings += found }
    }
    findings = IgnoreComments(context).filter(findings) { settings.severity(of: $0) != nil }
    if !settings.severities.isEmpty {
      findings = findings.compactMap { finding in
        guard let severity = settings.severity(of: finding.code) else { return nil }
        var finding = finding
        if finding.code.kind == .advice { finding.severity = severity }
        return finding
      }
    }
    // Findings at one place keep their order: the standard library's sort is stable.
    findings.sort { ($0.span?.lowerBound ?? -1) < ($1.span?.lowerBound ?? -1) }
    return findings
  }

  /// More findings of one kind than anyone reads; hostile input has thirteen thousand.
  private static let limitOfEach = 250

  /// At most 250 of each code, the last of which says how many there are beyond.
  private static func limited(_ findings: [Finding]) -> [Finding] {
    guard findings.count > limitOfEach else { return findings }
    var counts: [String: Int] = [:]
    for finding in findings { counts[finding.code.id, default: 0] += 1 }
    var listed: [String: Int] = [:]
    return findings.compactMap { finding in
      let (id, all) = (finding.code.id, counts[finding.code.id, default: 0])
      let number = listed[id, default: 0] + 1
      listed[id] = number
      guard number == limitOfEach, all > number else { return number > limitOfEach ? nil : finding }
      var last = finding
      let rest = "\(all - number) more of these are not listed"
      last.help = last.help.map { "\($0); \(rest)" } ?? rest
      return last
    }
  }
}
