import ServerYAML

/// What the reader makes of a text, short: `{"version": !!int 1}`, `[*a, "text"]`, `!!null`, an
/// error's kind and problem, or `nothing`.
func outline(_ bytes: [UInt8]) -> String {
  do throws(YAMLError) {
    guard let document = try YAMLReader.read(bytes) else { return "nothing" }
    return outline(document, document.root)
  } catch {
    return "\(error.kind): \(error.sentence)"
  }
}

func outline(_ text: String) -> String { outline(Array(text.utf8)) }

extension YAMLError {
  /// What is wrong, with text of the document as it is.
  var sentence: String { problem.text { String(decoding: $0, as: UTF8.self) } }
}

private func outline(_ document: YAMLDocument, _ index: Int) -> String {
  let node = document.nodes[index]
  let parts = node.children.map { outline(document, $0) }
  let defaultTag =
    switch node.kind {
    case .scalar: "!!str"
    case .mapping: "!!map"
    case .sequence: "!!seq"
    case .alias: ""
    }
  let tag = node.tag == defaultTag ? "" : node.tag
  let text = String(decoding: node.value, as: UTF8.self)
  let content: String =
    switch node.kind {
    case .scalar: node.tag == defaultTag ? "\"\(text)\"" : text
    case .alias: "*\(text)"
    case .sequence: "[\(parts.joined(separator: ", "))]"
    case .mapping:
      "{"
        + stride(from: 0, to: parts.count, by: 2).map { "\(parts[$0]): \(parts[$0 + 1])" }
        .joined(separator: ", ") + "}"
    }
  return [tag, content].filter { !$0.isEmpty }.joined(separator: " ")
}
