import ServerYAML

/// Writes one field's value into a spec, and nothing else.
///
/// Several ways are tried, the one that keeps most of what is written first; each is read again, and only one after
/// which the server reads this value and every other as before is made.
struct SpecValueEdit {
  private let bytes: [UInt8]
  private let field: SpecField
  private let value: FieldValue
  private let text: EditableText
  private let document: YAMLDocument
  private let before: DecodedSpec

  /// `bytes` is a spec that the server takes.
  init(of field: SpecField, in bytes: [UInt8], to value: FieldValue) throws(SpecExport.Refusal) {
    let analysis = SpecReading.analyze(bytes, source: nil)
    guard let text = EditableText(bytes), let document = analysis.document else {
      throw SpecExport.Refusal(
        message: "the spec holds bytes that are not text", place: nil,
        remedy: "save the file as UTF-8")
    }
    (self.bytes, self.field, self.value) = (bytes, field, value)
    (self.text, self.document, before) = (text, document, analysis.spec)
  }

  /// The bytes with the value written.
  func edited() throws(SpecExport.Refusal) -> [UInt8] {
    for edits in candidates {
      guard let edited = text.applying(edits), isWanted(edited) else { continue }
      return edited
    }
    throw refusal
  }

  /// Whether the server reads the value out of a text, and all else as before.
  private func isWanted(_ edited: [UInt8]) -> Bool {
    let after = SpecReading.read(edited)
    guard edited.count <= SpecObstacle.sizeLimit, after.isValid, after.version == before.version
    else {
      return false
    }
    return SpecFieldTable.all.allSatisfy { each in
      let wanted = each == field ? value : declared(each, before)?.value
      return declared(each, after)?.value == wanted
    }
  }

  private func declared(_ field: SpecField, _ spec: DecodedSpec) -> DeclaredField? {
    spec.declared.first { $0.field == field }
  }

  // MARK: What is there

  private var root: YAMLNode { document.nodes[document.root] }

  /// The key and the value that a mapping itself has under a name; what a merge brings in is not its own.
  private func pair(_ name: String, in mapping: YAMLNode) -> (key: YAMLNode, value: YAMLNode)? {
    guard mapping.kind == .mapping else { return nil }
    for (key, value) in mapping.pairs where self.name(of: document.nodes[key]) == Array(name.utf8) {
      return (document.nodes[key], document.nodes[value])
    }
    return nil
  }

  private func name(of key: YAMLNode) -> [UInt8]? {
    let node = key.target.map { document.nodes[$0] } ?? key
    guard node.kind == .scalar, let value = try? node.resolved().value, value != .null else {
      return nil
    }
    return value.binaryBytes ?? node.value
  }

  /// The edits to try, in this order.
  private var candidates: [[SourceEdit]] {
    let deploy = pair("deploy", in: root)
    if let deploy, let own = pair(field.name, in: deploy.value) {
      return SpecNodeText(own.value, after: own.key, in: text.source).replacements(by: value)
    }
    // A value that a merge brings in is not added beside it without being asked for.
    guard declared(field, before) == nil else { return [] }
    let line = "\(field.name): \(YAMLText.scalar(value))"
    let insertion = SpecInsertion(document, text.source)
    guard let deploy else { return insertion.candidates(of: line, inNew: "deploy", of: root) }
    if deploy.value.kind == .mapping { return insertion.candidates(of: line, in: deploy.value) }
    return insertion.candidates(of: line, inEmpty: deploy.value, after: deploy.key, of: root)
  }

  private var refusal: SpecExport.Refusal {
    let span = declared(field, before)?.span ?? pair("deploy", in: root)?.key.span ?? root.span
    let place = text.source.position(at: span.lowerBound)
    let line = "\(field.name): \(YAMLText.scalar(value))".shownSafely
    guard declared(field, before) != nil else {
      return SpecExport.Refusal(
        message: "\(field.name) cannot be added without changing what else is there", place: place,
        remedy: "write `\(line)` under `deploy` by hand")
    }
    return SpecExport.Refusal(
      message:
        "\(field.name) cannot be changed alone: an anchor, an alias, a merge or a comment within prevents it",
      place: place, remedy: "write `\(line)` under `deploy` by hand")
  }
}
