/// A scalar's value as the server's decoder reads it.
package enum YAMLScalar: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int64)
  /// A number that only an unsigned integer holds.
  case uint(UInt64)
  case float(Double)
  /// The node's text, also under a tag that the decoder does not know.
  case string
  /// A date or a time; wherever a string is wanted it is the node's text.
  case timestamp
  /// The bytes that `!!binary` encodes.
  case binary([UInt8])
  /// A node tagged `!!merge`; as a value it is the node's text.
  case merge
}

extension YAMLNode {
  /// The short form of the tag; an alias has the tag of the node that it refers to.
  package func shortTag(in document: YAMLDocument) -> String {
    guard let target else { return tag }
    return document.nodes[target].tag
  }

  /// Whether the node is a string whatever its text looks like: quoted, a block scalar or `!!str`.
  package var isIndicatedString: Bool {
    kind == .scalar && tag == YAMLTag.string
  }

  /// Whether the node, as a key, merges its value into the mapping.
  package var isMerge: Bool {
    Self.isMergeName(value) && kind == .scalar && tag == YAMLTag.merge
  }

  /// Whether a text is `<<`.
  static func isMergeName(_ text: [UInt8]) -> Bool {
    text.count == 2 && text[0] == 0x3C && text[1] == 0x3C
  }

  /// Interprets a scalar under its tag.
  ///
  /// Throws where the text does not fit the tag (`!!int x`), and for `!!binary` that is not base64.
  package func resolved() throws(YAMLError) -> (tag: String, value: YAMLScalar) {
    if tag == YAMLTag.binary {
      guard let bytes = YAMLBase64.decode(value) else {
        throw YAMLError(.composer, "the text of !!binary is not valid base64", at: start)
      }
      return (tag, .binary(bytes))
    }
    guard YAMLTag.isResolvable(tag) else { return (tag, tag == YAMLTag.merge ? .merge : .string) }
    if tag == YAMLTag.string { return (tag, .string) }
    // An untagged scalar's tag is what its text looks like, so this finds the same again.
    let mayBeTimestamp = !isExplicitlyTagged || tag == YAMLTag.timestamp
    let found = YAMLScalar.resolve(value, mayBeTimestamp: mayBeTimestamp)
    if found.tag == tag { return found }
    if tag == YAMLTag.float, case .int(let number) = found.value {
      return (tag, .float(Double(number)))
    }
    throw YAMLError(
      .composer, "cannot decode \(found.tag) `\(value)` as a \(tag)", at: start)
  }
}

extension YAMLScalar {
  /// Finds out what an untagged plain scalar is.
  static func resolve(
    _ text: [UInt8], mayBeTimestamp: Bool = true
  ) -> (tag: String, value: YAMLScalar) {
    guard let first = text.first else { return (YAMLTag.null, .null) }
    // The first character decides what it may be.
    switch first {
    case "n", "N", "t", "T", "f", "F", "~": return word(text) ?? (YAMLTag.string, .string)
    case ".":
      if let found = word(text) { return found }
      if let number = YAMLNumber.floatFromPoint(text) { return (YAMLTag.float, .float(number)) }
    case "+", "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9":
      if !first.isDigit, let found = word(text) { return found }
      if mayBeTimestamp && YAMLTimestamp.isTimestamp(text) {
        return (YAMLTag.timestamp, .timestamp)
      }
      if let found = YAMLNumber.resolve(text) { return found }
    default: break
    }
    return (YAMLTag.string, .string)
  }

  /// The words with a meaning.
  private static func word(_ text: [UInt8]) -> (tag: String, value: YAMLScalar)? {
    guard text.count <= 5 else { return nil }
    switch String(decoding: text, as: UTF8.self) {
    case "true", "True", "TRUE": return (YAMLTag.bool, .bool(true))
    case "false", "False", "FALSE": return (YAMLTag.bool, .bool(false))
    case "~", "null", "Null", "NULL": return (YAMLTag.null, .null)
    case ".nan", ".NaN", ".NAN": return (YAMLTag.float, .float(.nan))
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF":
      return (YAMLTag.float, .float(.infinity))
    case "-.inf", "-.Inf", "-.INF": return (YAMLTag.float, .float(-.infinity))
    default: return nil
    }
  }
}
