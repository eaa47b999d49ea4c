internal import TinyforgeCore

/// What addresses of a forge's API may be made of.
enum ForgeAddress {
  /// Whether a text is `OWNER/NAME`, on GitLab a path of any length or a number, in characters that need no encoding.
  static func isProject(_ project: String, on forge: ForgeKind) -> Bool {
    let parts = project.splitAtScalar("/")
    guard parts.allSatisfy({ isSegment($0) }) else { return false }
    return forge.definition.reading.hasNestedOwners || parts.count == 2
  }

  /// Names on all forges consist of these characters, and none of dots alone.
  static func isSegment(_ segment: Substring) -> Bool {
    PathSegment.isName(String(segment))
      && segment.utf8.allSatisfy { $0.isASCIILetterOrDigit || "._-".utf8.contains($0) }
  }

  /// `http` or `https`, a host, and nothing that would change what follows it.
  static func isBase(_ text: String) -> Bool {
    guard let scheme = ["https://", "http://"].first(where: { text.startsWithBytes(of: $0) }) else {
      return false
    }
    let rest = Substring(text.utf8.dropFirst(scheme.utf8.count))
    let isPlain = rest.utf8.allSatisfy {
      $0 > 0x20 && $0 < 0x7F && !"?#@\\\"<>".utf8.contains($0)
    }
    return isPlain && !rest.isEmpty && !rest.startsWithBytes(of: "/")
      && !rest.utf8.contains("/../".utf8)
  }
}
