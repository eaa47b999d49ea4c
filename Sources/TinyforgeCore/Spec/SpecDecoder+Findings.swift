import ServerYAML

extension SpecDecoder {
  /// Reports a node of the wrong type.
  mutating func report(_ node: YAMLNode, unlike target: Target) {
    let number = quotedNumber(node, target)
    findings.append(
      Finding(
        .wrongType, "\(target.name) must be \(target.wanted), not \(describe(node))", at: node.span,
        help: number.map { "remove the quotes: `\($0)`" } ?? target.advice,
        fix: number.flatMap { node.fix("remove the quotes", writing: $0) }))
  }

  /// The number in quotes, if it reads the same without them.
  private func quotedNumber(_ node: YAMLNode, _ target: Target) -> String? {
    let text = String(decoding: node.value, as: UTF8.self)
    guard target.isNumber, node.kind == .scalar, node.isIndicatedString,
      let number = Int64(text), String(number) == text
    else { return nil }
    return text
  }

  private func describe(_ node: YAMLNode) -> String {
    guard node.kind == .scalar else { return "a \(node.kindName)" }
    return node.isIndicatedString
      ? "the text \(Quotation.short(node.value))" : Quotation.short(node.value)
  }

  mutating func reportUnknown(
    _ key: Int, _ bytes: [UInt8], among fields: [String], in target: Target
  ) {
    let span = document.nodes[key].span
    let name = String(decoding: bytes, as: UTF8.self)
    if let reason = SpecKeys.reserved[name] {
      findings.append(
        Finding(.reservedKey, "\(name) is not part of a version 1 spec", at: span, help: reason))
      return
    }
    let same = NearestName.same(name, among: fields)
    findings.append(
      Finding(
        .unknownKey, "unknown key \(Quotation.short(bytes)) \(target.place)", at: span,
        help: keyHelp(name, among: fields),
        fix: same.flatMap { document.nodes[key].fix("write `\($0)`", writing: $0) }))
  }

  /// A letter that may only look like one of those that keys are made of, in a sentence.
  private static func foreignLetter(in name: String) -> String {
    guard let scalar = name.unicodeScalars.first(where: { $0.value > 0x7E }) else { return "" }
    return " It holds \(scalar.described)"
  }

  private func keyHelp(_ name: String, among fields: [String]) -> String {
    if let nearest = NearestName.find(name, among: fields) {
      return "did you mean `\(nearest)`?\(Self.foreignLetter(in: name))"
    }
    let isTop = fields == SpecKeys.top.map(\.name)
    let elsewhere = isTop ? SpecKeys.deploy : SpecKeys.top
    if elsewhere.contains(where: { $0.name.hasSameBytes(as: name) }) {
      return isTop ? "move it under `deploy`" : "move it to the top level"
    }
    return "known here: \(fields.joined(separator: ", "))"
  }

  /// Reports every key that is there twice, and returns how many are.
  ///
  /// Keys are compared as the server compares them: by kind and text, so that two mappings as keys
  /// are always duplicates.
  mutating func reportDuplicates(in node: YAMLNode) -> Int {
    // A handful of keys is the rule, and comparing each with each is cheaper than one hash table.
    guard node.children.count > 16 || hasDuplicates(node) else { return 0 }
    var seen: [DuplicateKey: Int] = [:]
    var count = 0
    for (key, _) in node.pairs {
      let keyNode = document.nodes[key]
      let identity = DuplicateKey(kind: keyNode.kind, text: keyNode.value)
      if let first = seen[identity] {
        reportDuplicate(key, of: first, name: keyNode.value)
        count += 1
      } else {
        seen[identity] = key
      }
    }
    return count
  }

  private func hasDuplicates(_ node: YAMLNode) -> Bool {
    let keys = stride(from: 0, to: node.children.count - 1, by: 2)
    return keys.contains { later in
      stride(from: 0, to: later, by: 2).contains { earlier in
        let (one, other) = (node.children[earlier], node.children[later])
        return document.nodes[one].kind == document.nodes[other].kind
          && document.nodes[one].value == document.nodes[other].value
      }
    }
  }

  mutating func reportDuplicate(_ key: Int, of first: Int, name: [UInt8]) {
    let firstNode = document.nodes[first]
    let line = firstNode.start.line + 1
    findings.append(
      Finding(
        .duplicateKey, "\(Quotation.short(name)) is already set on line \(line)",
        at: document.nodes[key].span, help: "keep one of the two",
        related: [Finding.Related(message: "first set here", span: firstNode.span)]))
  }

  private struct DuplicateKey: Hashable {
    var kind: YAMLNode.Kind
    var text: [UInt8]
  }
}

extension SpecDecoder.Target {
  var name: String {
    switch self {
    case .spec: "the spec"
    case .deploy: "deploy"
    case .version: "version"
    case .field(let field): field.name
    }
  }

  /// Whether a single value is wanted, not a mapping.
  var isScalar: Bool {
    switch self {
    case .version, .field: true
    case .spec, .deploy: false
    }
  }

  var isNumber: Bool {
    switch self {
    case .version: true
    case .field(let field): field.form == .integer
    case .spec, .deploy: false
    }
  }

  fileprivate var wanted: String {
    switch self {
    case .spec, .deploy: "a mapping"
    case .version, .field: isNumber ? "a whole number" : "text"
    }
  }

  /// What to write in place of a value of another type.
  fileprivate var advice: String {
    switch self {
    case .spec: "begin with `version: 1`, and `deploy:` below it"
    case .deploy: "write its fields below it, each as `name: value`"
    case .version: "write `version: 1`"
    case .field(let field): field.advice
    }
  }

  fileprivate var place: String {
    if case .spec = self { return "at the top level" }
    return "under deploy"
  }
}

extension YAMLNode {
  /// Writes `text` in the node's place; nil if the node has an anchor or a tag.
  func fix(_ message: String, writing text: String) -> Finding.Fix? {
    isWrittenAlone ? Finding.Fix(message, [SourceEdit(span, text)]) : nil
  }

  /// Whether it is a value that has no anchor and no tag, and is not a block scalar.
  var isWrittenAlone: Bool {
    kind == .scalar && anchor == nil && !isExplicitlyTagged && style != .literal && style != .folded
  }

  /// The node's place, as offsets into the ``SourceText``.
  var span: Range<Int> { start.index..<max(start.index, end.index) }

  /// What the node is called.
  var kindName: String {
    switch kind {
    case .scalar: "value"
    case .mapping: "mapping"
    case .sequence: "list"
    case .alias: "alias"
    }
  }

  /// A mapping's keys and values, as indices.
  var pairs: some Sequence<(key: Int, value: Int)> {
    stride(from: 0, to: children.count - 1, by: 2).lazy.map { [children] in
      (key: children[$0], value: children[$0 + 1])
    }
  }
}

extension YAMLScalar {
  /// The value as Go's decoder puts it into an int: a float loses its fraction.
  ///
  /// The server runs on amd64 or arm64; a float below the range of an int64 becomes the least one
  /// on both, and one just above it is refused by the decoder's own comparison.
  var asInteger: Int64? {
    switch self {
    case .int(let number): number
    case .uint(let number): Int64(exactly: number)
    case .float(let number):
      // Go compares with float64(MaxInt64), which is 2^63 itself.
      number <= 0x1p63 ? Int64(exactly: number.rounded(.towardZero)) ?? Int64.min : nil
    default: nil
    }
  }

  /// Whether a number has no fraction.
  var isWhole: Bool {
    switch self {
    case .int, .uint: true
    case .float(let number): number.isFinite && number == number.rounded(.towardZero)
    default: false
    }
  }

  var binaryBytes: [UInt8]? {
    if case .binary(let bytes) = self { return bytes }
    return nil
  }

  /// Whether Go would hold the value as a string.
  var isText: Bool {
    switch self {
    case .string, .merge: true
    default: false
    }
  }
}
