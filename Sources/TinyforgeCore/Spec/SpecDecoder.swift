import ServerYAML

/// Decodes the first document into a spec, by the rules of the server's decoder.
///
/// The server decodes with gopkg.in/yaml.v3 v3.0.1, known fields on, into two structs: `version`
/// (an int) and `deploy`, which holds a pointer for each field. Faults of type and of keys are
/// collected there; a few others end the decoding at once. Both make the spec invalid, and here
/// both become findings.
struct SpecDecoder {
  /// The Go type that a node is decoded into.
  enum Target {
    case spec
    case deploy
    case version
    case field(SpecField)
  }

  /// Ends the decoding, as the server's decoder does on a fault that it cannot step over.
  struct Abort: Error { var finding: Finding }

  let document: YAMLDocument
  var findings: [Finding] = []
  var version: Int64 = 0
  /// The place of the value of `version`; nil while there is none.
  private(set) var versionSpan: Range<Int>?
  /// The fields that were read, in any order, each once; what the server yields only if nothing is found.
  private(set) var declared: [DeclaredField] = []

  /// How the values came about, for rules.
  var facts = SpecFacts()

  /// The names that a merge must not set again; nil outside of merges.
  var mergedNames: Set<[UInt8]>?
  /// The mapping whose merge is going on.
  var mergingMapping: Int?
  private var openAliases: Set<Int> = []
  private var expansion = AliasExpansion()

  init(_ document: YAMLDocument) {
    self.document = document
    declared.reserveCapacity(SpecFieldTable.all.count)
    facts.uses.reserveCapacity(SpecFieldTable.all.count + 1)
  }

  mutating func decode() -> DecodedSpec {
    // The server's decoder visits the document before its root.
    expansion.count()
    do {
      try decode(document.root, into: .spec)
    } catch {
      findings.append(error.finding)
    }
    let decodes = findings.isEmpty
    return DecodedSpec(
      decodes: decodes, version: version,
      declared: decodes
        ? SpecFieldTable.all.compactMap { field in declared.first { $0.field == field } } : [],
      findings: findings)
  }

  /// Decodes one node; every visit counts towards the limit on aliases.
  mutating func decode(_ index: Int, into target: Target) throws(Abort) {
    try count(index)
    let node = document.nodes[index]
    switch node.kind {
    case .alias: try decodeAlias(index, into: target)
    case .scalar: try decodeScalar(index, into: target)
    case .mapping: try decodeMapping(index, into: target)
    case .sequence: report(node, unlike: target)
    }
  }

  mutating func count(_ index: Int) throws(Abort) {
    expansion.count()
    guard expansion.isExcessive else { return }
    throw Abort(
      finding: Finding(
        .aliasLoop, "nearly all of the document comes from repeated aliases",
        at: document.nodes[index].span))
  }

  private mutating func decodeAlias(_ index: Int, into target: Target) throws(Abort) {
    try throughAlias(index) { (decoder, anchored) throws(Abort) in
      try decoder.decode(anchored, into: target)
    }
  }

  /// Visits the node of an alias; an alias inside its own anchor is an error.
  mutating func throughAlias<Value>(
    _ index: Int, _ visit: (inout SpecDecoder, Int) throws(Abort) -> Value
  ) throws(Abort) -> Value {
    let node = document.nodes[index]
    guard let anchored = node.target, openAliases.insert(index).inserted else {
      throw Abort(
        finding: Finding(
          .aliasLoop, "the anchor \(Quotation.short(node.value)) contains itself", at: node.span))
    }
    expansion.depth += 1
    defer {
      expansion.depth -= 1
      openAliases.remove(index)
    }
    return try visit(&self, anchored)
  }

  // MARK: Scalars

  private mutating func decodeScalar(_ index: Int, into target: Target) throws(Abort) {
    let node = document.nodes[index]
    let resolved = try resolve(node)
    facts.uses.append(SpecFacts.Use(target: target, node: index, value: resolved.value))
    if case .null = resolved.value { return setNull(target) }
    switch target {
    case .spec, .deploy: report(node, unlike: target)
    case .version: setVersion(node, resolved.value)
    case .field(let field): setField(field, node, resolved.value)
    }
  }

  func resolve(_ node: YAMLNode) throws(Abort) -> (tag: String, value: YAMLScalar) {
    do {
      return try node.resolved()
    } catch {
      throw Abort(finding: Finding(.tagMismatch, error.sentence, at: node.span))
    }
  }

  /// Null leaves a number as it is and clears a pointer, which is what "omitted" means.
  private mutating func setNull(_ target: Target) {
    if case .field(let field) = target { declared.removeAll { $0.field == field } }
  }

  private mutating func setVersion(_ node: YAMLNode, _ value: YAMLScalar) {
    guard let number = value.asInteger else { return report(node, unlike: .version) }
    version = number
    versionSpan = node.span
  }

  private mutating func setField(_ field: SpecField, _ node: YAMLNode, _ value: YAMLScalar) {
    guard let decoded = Self.value(of: value, node, as: field.form) else {
      return report(node, unlike: .field(field))
    }
    declared.removeAll { $0.field == field }
    declared.append(
      DeclaredField(
        field: field, value: decoded, span: node.span,
        isWrittenAlone: node.isWrittenAlone))
  }

  /// Text takes any scalar as it is written, except binary, which it takes decoded.
  private static func value(of value: YAMLScalar, _ node: YAMLNode, as form: SpecField.Form)
    -> FieldValue?
  {
    switch form {
    case .integer: value.asInteger.map { .integer($0) }
    case .text: .text(String(goText: value.binaryBytes ?? node.value))
    }
  }

  // MARK: Mappings

  private mutating func decodeMapping(_ index: Int, into target: Target) throws(Abort) {
    let node = document.nodes[index]
    guard reportDuplicates(in: node) == 0 else { return }
    switch target {
    case .spec: try decodeFields(of: index, into: target, fields: SpecKeys.top)
    // The decoder leaves a pointer unset for a node tagged as null, and a mapping does not fit a pointer.
    // What is merged goes into the struct itself, which takes it whatever its tag.
    case .deploy where mergedNames == nil && node.shortTag(in: document) == "!!null":
      report(node, unlike: target)
    case .deploy: try decodeFields(of: index, into: target, fields: SpecKeys.deploy)
    case .version, .field: report(node, unlike: target)
    }
  }

  private mutating func decodeFields(
    of index: Int, into target: Target, fields: [Target]
  ) throws(Abort) {
    let node = document.nodes[index]
    // Values are decoded outside of the merge that this mapping may be part of.
    var names = mergedNames
    mergedNames = nil
    let merging = mergingMapping
    var merged: Int?
    // By the field's place in `fields`.
    var done = [Int?](repeating: nil, count: fields.count)
    for (key, value) in node.pairs {
      if document.nodes[key].isMerge {
        merged = value
        continue
      }
      guard let name = try decodeName(key) else {
        if document.nodes[key].kind != .mapping, document.nodes[key].kind != .sequence {
          facts.nullKeys.append(key)
        }
        continue
      }
      if names != nil, names?.insert(name).inserted == false {
        facts.hidden.append(SpecFacts.Hidden(key: key, name: name, mapping: merging ?? index))
        continue
      }
      try decodeField(
        (key, name, value), into: target, among: fields, done: &done)
    }
    mergedNames = names
    if let merged { try merge(merged, from: index, into: target) }
  }

  private mutating func decodeField(
    _ pair: (key: Int, name: [UInt8], value: Int), into target: Target, among fields: [Target],
    done: inout [Int?]
  ) throws(Abort) {
    guard let field = fields.firstIndex(where: { $0.name.utf8.hasSameBytes(as: pair.name) }) else {
      return reportUnknown(pair.key, pair.name, among: fields.map(\.name), in: target)
    }
    // One name in two spellings (an alias, base64) passes the comparison of keys, and fails here.
    if let first = done[field] { return reportDuplicate(pair.key, of: first, name: pair.name) }
    done[field] = pair.key
    try decode(pair.value, into: fields[field])
  }

  /// A key as text; nil where it is null, which the server passes over with its value.
  private mutating func decodeName(_ key: Int) throws(Abort) -> [UInt8]? {
    try count(key)
    let node = document.nodes[key]
    switch node.kind {
    case .alias:
      return try throughAlias(key) { (decoder, anchored) throws(Abort) in
        try decoder.decodeName(anchored)
      }
    case .mapping, .sequence:
      findings.append(
        Finding(.wrongType, "a key must be text, not a \(node.kindName)", at: node.span))
      return nil
    case .scalar:
      let value = try resolve(node).value
      if case .null = value { return nil }
      return value.binaryBytes ?? node.value
    }
  }
}
