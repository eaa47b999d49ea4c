import TinyforgeCore
/// Reads the header `Link` (RFC 8288).
enum LinkHeader {
  /// Whether one of its links has the relation `next`: quoted, unquoted, or among others.
  static func namesNext(_ text: String) -> Bool {
    parameters(of: text).contains { parameter in
      let parts = parameter.lowercased().splitAtScalar("=", maxSplits: 1, omittingEmpty: true)
      guard parts.count == 2, parts[0].filter({ !$0.isWhitespace }) == "rel" else { return false }
      let words = parts[1].unicodeScalars.split { $0.properties.isWhitespace || $0 == "\"" }
      return words.contains { $0.elementsEqual("next".unicodeScalars) }
    }
  }

  /// The parameters after the addresses, which are in angle brackets and may contain any character.
  private static func parameters(of text: String) -> [String] {
    var parameters = [String.UnicodeScalarView()]
    var isAddress = false
    var isQuoted = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<" where !isQuoted: isAddress = true
      case ">" where isAddress: isAddress = false
      case _ where isAddress: break
      case "\"":
        isQuoted.toggle()
        parameters[parameters.count - 1].append(scalar)
      case ";" where !isQuoted, "," where !isQuoted: parameters.append(.init())
      default: parameters[parameters.count - 1].append(scalar)
      }
    }
    return parameters.map { String($0) }
  }
}
