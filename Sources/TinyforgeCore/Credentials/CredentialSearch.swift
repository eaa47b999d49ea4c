import ServerYAML

/// Finds credentials in a text, whether it is YAML or not.
enum CredentialSearch {
  /// All that looks like a credential, in the order of the text and without overlaps.
  static func find(in text: SourceText, _ document: YAMLDocument?) -> [Credential] {
    let written = scan(text.scalars)
    guard let document else { return merged(written) }
    // What is found as it is written is shown more precisely than the value around it.
    let shown = SortedSpans(written.map(\.span))
    let read = scan(document, text.scalars.count).filter { !shown.overlap($0.span) }
    return merged(written + read)
  }

  /// Searches each line separately; a private key spans several lines.
  static func scan(_ scalars: [Unicode.Scalar]) -> [Credential] {
    var found: [Credential] = []
    var start = 0
    while start < scalars.count {
      let end = scalars[start...].firstIndex { $0 == "\n" || $0 == "\r" } ?? scalars.count
      let line = CredentialLine(scalars[start..<end])
      line.addCredentials(to: &found)
      start = end + 1
      if line.beginsPrivateKey {
        let span = privateKey(from: end - line.count, in: scalars)
        found.append(Credential(kind: "a private key", span: span))
        start = span.upperBound + 1
      }
    }
    return found
  }

  /// From the line that begins a key to the one that ends it, or to the end of the text.
  private static func privateKey(from start: Int, in scalars: [Unicode.Scalar]) -> Range<Int> {
    let mark = Array("-----END ".unicodeScalars)
    var index = start
    while index + mark.count <= scalars.count {
      if scalars[index] == "-", scalars[index..<(index + mark.count)].elementsEqual(mark) {
        let end = scalars[index...].firstIndex { $0 == "\n" || $0 == "\r" }
        return start..<(end ?? scalars.count)
      }
      index += 1
    }
    return start..<scalars.count
  }

  /// Values as the server reads them: behind escapes, folds, base64, or a key that suggests it.
  private static func scan(_ document: YAMLDocument, _ length: Int) -> [Credential] {
    var found: [Credential] = []
    // By index: reading a node as a value copies it.
    for place in document.nodes.indices
    where document.nodes[place].kind == .scalar && document.nodes[place].isReadOtherwise {
      found += credentials(in: document.nodes[place])
    }
    for place in document.nodes.indices where document.nodes[place].kind == .mapping {
      for (key, value) in document.nodes[place].pairs {
        let (name, held) = (document.nodes[key], document.nodes[value])
        guard name.kind == .scalar, held.kind == .scalar,
          CredentialWord.isAtEnd(of: name.value),
          CredentialWord.isCredible(String(decoding: held.value, as: UTF8.self))
        else { continue }
        let kind = "a credential, the value of \(Quotation.short(name.value))"
        found.append(Credential(kind: kind, span: held.span))
      }
    }
    return found.map {
      Credential(kind: $0.kind, span: $0.span.clamped(to: 0..<length))
    }
  }

  private static func credentials(in node: YAMLNode) -> [Credential] {
    let decoded = (try? node.resolved())?.value.binaryBytes ?? node.value
    let text = Array(String(decoding: decoded, as: UTF8.self).unicodeScalars)
    return scan(text).map { Credential(kind: $0.kind, span: node.span) }
  }

  private static func merged(_ found: [Credential]) -> [Credential] {
    var merged: [Credential] = []
    for next in found.sorted(by: { $0.span.lowerBound < $1.span.lowerBound }) {
      if let last = merged.last, next.span.lowerBound < last.span.upperBound {
        let end = max(last.span.upperBound, next.span.upperBound)
        merged[merged.count - 1].span = last.span.lowerBound..<end
      } else if !next.span.isEmpty {
        merged.append(next)
      }
    }
    return merged
  }
}

extension YAMLNode {
  /// Whether the value may differ from its text in the file.
  fileprivate var isReadOtherwise: Bool {
    switch style {
    case .plain, .singleQuoted: tag == YAMLTag.binary || start.line != end.line
    case .doubleQuoted, .literal, .folded: true
    case .flow, .block: false
    }
  }
}
