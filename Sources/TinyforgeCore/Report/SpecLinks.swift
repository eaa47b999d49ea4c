/// Where a forge shows a spec: its repository, its commit, its text.
package struct SpecLinks: Sendable, Equatable {
  /// The repository's page.
  package let repository: String
  /// The page of the commit that the spec was read at.
  package let commit: String
  /// The page of the file as of that commit.
  package let file: String

  /// Nil unless all are addresses that can be put into any document as they are.
  package init?(repository: String, commit: String, file: String) {
    guard [repository, commit, file].allSatisfy(Self.isPlain) else { return nil }
    self.repository = repository
    self.commit = commit
    self.file = file
  }

  /// The place of a line in the file; the three forges write it alike.
  package func line(_ number: Int) -> String { "\(file)#L\(number)" }

  /// The page of another commit of the repository; nil if that is not a commit's full id.
  package func commit(_ id: String) -> String? {
    guard let slash = commit.utf8.lastIndex(of: UInt8(ascii: "/")), ObjectID.isWhole(id) else {
      return nil
    }
    return commit[...slash] + id
  }

  /// `OWNER/NAME`, as the address ends.
  package var repositoryName: String {
    repository.splitAtScalar("/").suffix(2).joined(separator: "/")
  }

  /// HTTP or HTTPS, and no character with a meaning in the document that holds the address.
  private static func isPlain(_ address: String) -> Bool {
    guard address.startsWithBytes(of: "https://") || address.startsWithBytes(of: "http://") else {
      return false
    }
    var (hasOpening, hasClosing) = (false, false)
    for byte in address.utf8 {
      switch byte {
      case UInt8(ascii: "["): hasOpening = true
      case UInt8(ascii: "]"): hasClosing = true
      case _ where byte.isASCIILetterOrDigit || "-._~/:%".utf8.contains(byte): break
      default: return false
      }
    }
    return hasOpening == hasClosing
  }
}
