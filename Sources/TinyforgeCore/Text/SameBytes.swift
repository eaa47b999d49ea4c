extension StringProtocol {
  /// Whether two texts are equal to the byte.
  ///
  /// Swift's own equality takes canonically equivalent ones as one.
  @inlinable package func hasSameBytes(as other: some StringProtocol) -> Bool {
    utf8.hasSameBytes(as: other.utf8)
  }
}

extension Collection<UInt8> {
  /// Whether other bytes are the same.
  @inlinable package func hasSameBytes(as others: some Collection<UInt8>) -> Bool {
    guard count == others.count else { return false }
    // Nearly every text lies in one piece, and bytes are compared faster than characters are walked.
    let isSame = withContiguousStorageIfAvailable { own in
      others.withContiguousStorageIfAvailable { own.hasSameBytes(as: $0) }
    }
    return isSame.flatMap(\.self) ?? elementsEqual(others)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether as many other bytes are the same: eight are compared at a time, and the rest one by one.
  @inlinable func hasSameBytes(as others: UnsafeBufferPointer<UInt8>) -> Bool {
    let (left, right) = (UnsafeRawBufferPointer(self), UnsafeRawBufferPointer(others))
    let rest = count & ~7
    for place in stride(from: 0, to: rest, by: 8)
    where left.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      != right.loadUnaligned(fromByteOffset: place, as: UInt64.self)
    {
      return false
    }
    for place in rest..<count where left[place] != right[place] { return false }
    return true
  }
}
