import ServerYAML

extension FindingCode {
  package static let otherReader = FindingCode(
    advice: "other-reader", .info, "Something that another YAML reader reads in another way.",
    explanation: """
      The server's reader decides. Editors, hooks and scripts have others, and show something else than
      what is deployed where these differ.

      libyaml is what PyYAML, Ruby and many editors read YAML with. A spec that holds more than plain
      block mappings with values on one line is read with it too, where it is installed
      (`libyaml-0.so.2`), and the finding says what it refuses, what it takes that the server refuses,
      and where it reads another value or another structure. A spec with hundreds of brackets in one
      another is not read with it.

      Merge keys (`<<`) are of YAML 1.1 alone, as is the server. A YAML 1.2 reader takes `<<` for a
      key like any other, and misses what is merged. Other differences of the two are reported where they
      matter: leading zeros, underscores in numbers, numbers to base 60.
      """,
    bad: "version: 1\ndeploy:\n  <<: {port: 8080}\n",
    good: "version: 1\ndeploy:\n  port: 8080\n")
}

extension SpecRule {
  static let otherReader = SpecRule(.otherReader) { context in
    merges(context) + (OtherReadingFinding(context).map { [$0.finding] } ?? [])
  }

  private static func merges(_ context: RuleContext) -> [Finding] {
    guard let document = context.document else { return [] }
    guard document.nodes.contains(where: \.isMerge) else { return [] }
    let mappings = document.nodes.filter { $0.kind == .mapping }
    return mappings.flatMap { mapping in
      mapping.pairs.map(\.key).filter { document.nodes[$0].isMerge }.map { key in
        Finding(
          .otherReader, "the server merges here; a YAML 1.2 reader takes `<<` for a usual key",
          at: document.nodes[key].span, help: "write the fields themselves")
      }
    }
  }
}

/// Where libyaml reads something else than the server.
private struct OtherReadingFinding {
  var finding: Finding
  /// Whether values may be quoted: a credential in another spelling would not be masked.
  private let quotesValues: Bool

  /// Nil where both read the same, or nothing else is to be expected.
  init?(_ context: RuleContext) {
    guard let read = context.readOtherwise, !context.isReadAlike, context.isShallow else {
      return nil
    }
    quotesValues = context.credentials.isEmpty
    finding = Finding(.otherReader, "", at: nil)
    let found: (message: String, span: Range<Int>?)? =
      switch read().withResolvedAliases {
      case .unavailable: nil
      case .refused(let problem, let place):
        isRefused(context) ? nil : ("libyaml refuses this: \(problem)", place..<place + 1)
      case .document(let theirs):
        isRefused(context)
          ? (Self.isReadMessage, context.spec.findings.first?.span)
          : difference(between: context.document?.nodes ?? [], and: theirs)
      }
    guard let found else { return nil }
    finding = Finding(.otherReader, found.message, at: found.span, help: Self.help)
  }

  private static let isReadMessage =
    "libyaml reads the file: what is built on it, such as an editor or a hook, sees no fault here"
  private static let help = "write block mappings with values on one line, which all read alike"

  /// Whether the server's reader refuses the text; an empty one is refused later.
  private func isRefused(_ context: RuleContext) -> Bool {
    context.document == nil && context.spec.findings.first?.code != .emptySpec
  }

  private func difference(
    between ours: [YAMLNode], and theirs: [OtherReading.Node]
  ) -> (message: String, span: Range<Int>?)? {
    let depths = OtherReading.depths(of: ours)
    for index in 0..<min(ours.count, theirs.count) {
      let our = OtherReading.Node(ours[index], depth: depths[index])
      guard let message = message(our, theirs[index]) else { continue }
      return (message, our.span)
    }
    if ours.count > theirs.count {
      let rest = OtherReading.Node(ours[theirs.count], depth: depths[theirs.count])
      return ("the server reads \(name(rest)) here, libyaml nothing", rest.span)
    }
    guard theirs.count > ours.count else { return nil }
    let rest = theirs[ours.count]
    return ("libyaml reads \(name(rest)) here, the server nothing", rest.span)
  }

  private func message(_ our: OtherReading.Node, _ their: OtherReading.Node) -> String? {
    if our.kind != their.kind || our.value != their.value {
      let (one, other) = (name(their), name(our))
      return one == other
        ? "libyaml reads another value here than the server"
        : "libyaml reads \(one) here, the server \(other)"
    }
    if our.depth != their.depth { return "libyaml reads another structure from here on" }
    if our.tag != their.tag {
      return "libyaml reads \(tag(their)) here, the server \(tag(our))"
    }
    if our.anchor != their.anchor { return "libyaml reads another anchor here than the server" }
    guard our.isTyped != their.isTyped else { return nil }
    return our.isTyped
      ? "libyaml reads text here, the server what the text looks like, such as a number"
      : "libyaml reads what the text looks like here, such as a number, the server text"
  }

  private func tag(_ node: OtherReading.Node) -> String {
    node.tag.isEmpty ? "no tag" : "the tag \(Quotation.short(node.tag))"
  }

  private func name(_ node: OtherReading.Node) -> String {
    switch node.kind {
    case .scalar: quotesValues ? "the value \(Quotation.short(node.value))" : "a value"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}

extension RuleContext {
  /// Whether the spec holds nothing but block mappings of values on one line, which every reader reads alike.
  fileprivate var isReadAlike: Bool {
    guard text.isASCII, let document, document.nodes.allSatisfy(isReadAlike) else { return false }
    var isLineStart = true
    for scalar in text.scalars {
      switch scalar {
      case "\n": isLineStart = true
      // A directive, or a further document.
      case "%" where isLineStart, "-" where isLineStart, "." where isLineStart: return false
      // An escape, which readers have different ones of.
      case "\\": return false
      case " "..."~": isLineStart = false
      default: return false
      }
    }
    return true
  }

  /// Whether libyaml reads the text in no time: for each token it goes through the flow collections that are open.
  fileprivate var isShallow: Bool {
    var (depth, deepest) = (0, 0)
    for scalar in text.scalars {
      switch scalar {
      case "[", "{": depth += 1
      case "]", "}": depth = max(0, depth - 1)
      default: continue
      }
      deepest = max(deepest, depth)
    }
    return deepest * text.scalars.count < Self.stepLimit
  }

  /// Some 20 ms.
  private static let stepLimit = 4_000_000

  private func isReadAlike(_ node: YAMLNode) -> Bool {
    guard node.anchor == nil, !node.isExplicitlyTagged else { return false }
    switch node.kind {
    case .mapping: return node.style == .block
    case .scalar:
      let isOnOneLine = node.start.line == node.end.line
      // A lone `!` is not a tag to the server.
      let isMarked =
        text.scalars.indices.contains(node.start.index) && text.scalars[node.start.index] == "!"
      return isOnOneLine && !isMarked && node.style != .literal && node.style != .folded
    case .sequence, .alias: return false
    }
  }
}
