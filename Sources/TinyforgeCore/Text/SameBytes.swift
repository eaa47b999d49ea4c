extension StringProtocol {
  /// Whether two texts are equal to the byte.
  ///
  /// Swift's own equality takes canonically equivalent ones as one.
  @inlinable package func hasSameBytes(as other: some StringProtocol) -> Bool {
    let (own, others) = (utf8, other.utf8)
    guard own.count == others.count else { return false }
    // Nearly every text lies in one piece, and bytes are compared faster than characters are walked.
    let isSame = own.withContiguousStorageIfAvailable { own in
      others.withContiguousStorageIfAvailable { own.elementsEqual($0) }
    }
    return isSame.flatMap(\.self) ?? own.elementsEqual(others)
  }
}
