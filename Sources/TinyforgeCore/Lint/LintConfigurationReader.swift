import ServerYAML

/// Reads the nodes of a configuration; whatever it does not know is an error with its place.
struct LintConfigurationReader {
  let document: YAMLDocument
  let text: SourceText

  private static let keys = ["paths", "rules", "strict", "source"]

  func read() throws(Failure) -> LintConfiguration {
    var configuration = LintConfiguration()
    try refuseFurtherDocuments()
    guard !isNull(document.root) else { return configuration }
    for (key, value) in try members(document.root, "the configuration") {
      switch try name(key) {
      case "paths": configuration.paths = try paths(value)
      case "rules": configuration.severities = try severities(value)
      case "strict": configuration.isStrict = try flag(value)
      case "source": configuration.sources = try sources(value)
      case let name: throw unknown("key", name, among: Self.keys, at: key)
      }
    }
    return configuration
  }

  // MARK: Values

  private func paths(_ index: Int) throws(Failure) -> [PathPattern] {
    let list = node(index)
    if isNull(index) { return [] }
    guard list.kind == .sequence else {
      throw failure("`paths` must be a list of paths", at: index)
    }
    var paths: [PathPattern] = []
    for item in list.children { paths.append(try pattern(item)) }
    return paths
  }

  private func pattern(_ index: Int) throws(Failure) -> PathPattern {
    let text = try name(index)
    if let fault = PathPattern.patternFault(text) {
      throw failure("the path \"\(text.shownSafely)\" \(fault)", at: index)
    }
    return PathPattern(text)
  }

  private func severities(_ index: Int) throws(Failure) -> [String: Severity?] {
    var severities: [String: Severity?] = [:]
    if isNull(index) { return severities }
    for (key, value) in try members(index, "`rules`") {
      let id = try name(key)
      guard let code = FindingCatalog.named(id) else {
        throw unknown("rule", id, among: FindingCatalog.all.map(\.id), at: key)
      }
      guard code.kind == .advice else {
        throw failure("`\(id)` is the server's own refusal, which cannot be set", at: key)
      }
      let chosen = try name(value)
      guard chosen == "off" || Severity(rawValue: chosen) != nil else {
        throw unknown("severity", chosen, among: ["off", "info", "warning", "error"], at: value)
      }
      severities[id] = .some(Severity(rawValue: chosen))
    }
    return severities
  }

  private func sources(_ index: Int) throws(Failure) -> [(pattern: PathPattern, source: SourceKind)]
  {
    var sources: [(pattern: PathPattern, source: SourceKind)] = []
    if isNull(index) { return sources }
    for (key, value) in try members(index, "`source`") {
      let kind = try name(value)
      guard let source = SourceKind(rawValue: kind) else {
        throw unknown("source", kind, among: SourceKind.allCases.map(\.rawValue), at: value)
      }
      sources.append((try pattern(key), source))
    }
    return sources
  }

  private func flag(_ index: Int) throws(Failure) -> Bool {
    let text = try name(index)
    switch text {
    case "true": return true
    case "false": return false
    default: break
    }
    var failure = failure("`strict` must be true or false", at: index)
    switch text.lowercased() {
    case "true", "yes", "y", "on", "1": failure.remedy = "write `strict: true`"
    case "false", "no", "n", "off", "0": failure.remedy = "write `strict: false`"
    default: break
    }
    throw failure
  }

  // MARK: Nodes

  private func node(_ index: Int) -> YAMLNode {
    let node = document.nodes[index]
    return node.target.map { document.nodes[$0] } ?? node
  }

  private func isNull(_ index: Int) -> Bool {
    let node = node(index)
    return node.kind == .scalar && node.tag == "!!null"
  }

  /// A scalar's text, whatever YAML's type of it: `off` is not a boolean here.
  private func name(_ index: Int) throws(Failure) -> String {
    let node = node(index)
    guard node.kind == .scalar, let text = String(validating: node.value, as: UTF8.self) else {
      throw failure("a single word or path is wanted here", at: index)
    }
    return text
  }

  private func members(_ index: Int, _ what: String) throws(Failure) -> [(key: Int, value: Int)] {
    let mapping = node(index)
    guard mapping.kind == .mapping else { throw failure("\(what) must be a mapping", at: index) }
    var known: Set<[UInt8]> = []
    for pair in mapping.pairs where !known.insert(node(pair.key).value).inserted {
      throw failure(
        "\"\(try name(pair.key).shownSafely)\" is set twice in \(what)", at: pair.key)
    }
    return Array(mapping.pairs)
  }

  /// What follows the first document would not be read.
  private func refuseFurtherDocuments() throws(Failure) {
    let scalars = text.scalars[min(document.end.index, text.scalars.count)...]
    var at = scalars.startIndex
    let lineBreak: Unicode.Scalar = "\n"
    for line in scalars.split(separator: lineBreak, omittingEmptySubsequences: false) {
      let words = line.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
      guard words.isEmpty || words.first == "#" || line.starts(with: "...".unicodeScalars) else {
        throw Self.failure("only one document is allowed", at: at, in: text)
      }
      at += line.count + 1
    }
  }

  // MARK: Failures

  private func unknown(
    _ kind: String, _ name: String, among names: [String], at index: Int
  ) -> Failure {
    let nearest: Remedy? = NearestName.find(name, among: names).map {
      "did you mean `\(prose: $0)`?"
    }
    let all: Remedy =
      kind == "rule"
      ? "`lint-spec --list-codes` lists all rules"
      : "use \(prose: names.joined(separator: ", "))"
    var failure = failure("unknown \(kind) \"\(name.shownSafely)\"", at: index)
    failure.remedy = nearest ?? all
    return failure
  }

  private func failure(_ problem: String, at index: Int) -> Failure {
    Self.failure(problem, at: document.nodes[index].start.index, in: text)
  }

  static func failure(_ problem: String, at offset: Int, in text: SourceText) -> Failure {
    let place = text.position(at: min(offset, text.scalars.count))
    return Failure(
      .usage, "\(LintConfiguration.fileName):\(place.line):\(place.column): \(problem)",
      remedy: "docs/hooks.md describes the file")
  }
}
