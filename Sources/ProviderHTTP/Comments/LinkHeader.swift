import TinyforgeCore
/// Reads the header `Link` (RFC 8288).
enum LinkHeader {
  /// Whether one of its links has the relation `next`: quoted, unquoted, or among others.
  static func namesNext(_ text: String) -> Bool {
    parameters(of: text).contains { parameter in
      let parts = parameter.lowercased().splitAtScalar("=", maxSplits: 1, omittingEmpty: true)
      guard parts.count == 2, parts[0].filter({ !$0.isWhitespace }) == "rel" else { return false }
      return parts[1].split { $0.isWhitespace || $0 == "\"" }.contains("next")
    }
  }

  /// What stands after the addresses, which are in angle brackets and may hold any mark.
  private static func parameters(of text: String) -> [String] {
    var parameters = [""]
    var isAddress = false
    var isQuoted = false
    for character in text {
      switch character {
      case "<" where !isQuoted: isAddress = true
      case ">" where isAddress: isAddress = false
      case _ where isAddress: break
      case "\"":
        isQuoted.toggle()
        parameters[parameters.count - 1].append(character)
      case ";" where !isQuoted, "," where !isQuoted: parameters.append("")
      default: parameters[parameters.count - 1].append(character)
      }
    }
    return parameters
  }
}
