import TinyforgeCore

/// Stretches of a text in its order.
enum SortedMarks {
  /// Of two that overlap the earlier stays, and of two that begin at one place the later in the list.
  static func withoutOverlaps<Kind>(_ marks: [(Range<Int>, Kind)]) -> [(Range<Int>, Kind)] {
    var kept: [(Range<Int>, Kind)] = []
    for mark in marks.reversed().sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) {
      if let last = kept.last, mark.0.lowerBound < last.0.upperBound { continue }
      kept.append(mark)
    }
    return kept
  }
}
