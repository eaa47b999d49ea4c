internal import TinyforgeCore

extension PullRequest {
  /// The request of a page's address, whose path says which forge it is; nil if it is of no request.
  package init?(page: String) {
    let plain = page.prefix { $0 != "?" && $0 != "#" }
    guard let scheme = plain.firstRange(of: "://") else { return nil }
    var parts = plain[scheme.upperBound...].splitAtScalar("/", omittingEmpty: true).map(String.init)
    guard !parts.isEmpty else { return nil }
    let root = String(plain[..<scheme.upperBound]) + parts.removeFirst()
    let requests = ForgeKind.allCases.reversed().lazy.compactMap {
      $0.definition.pipeline.requestOfPage(root, parts)
    }
    guard let request = requests.first else { return nil }
    self = request
  }

  /// The place of a word that follows an owner and a name, and the number that follows the word.
  static func place(of word: String, in parts: [String]) -> (Int, Int)? {
    for index in parts.indices.dropLast() where index >= 2 && parts[index] == word {
      if let number = Int(parts[index + 1]) { return (index, number) }
    }
    return nil
  }
}
