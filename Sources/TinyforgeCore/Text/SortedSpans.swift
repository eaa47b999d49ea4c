/// Spans of a text, to be asked often whether one of them is touched.
struct SortedSpans {
  /// In the order of the text, joined where they overlap.
  let all: [Range<Int>]

  init(_ spans: [Range<Int>]) {
    var joined: [Range<Int>] = []
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, span.lowerBound < last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
      } else {
        joined.append(span)
      }
    }
    all = joined
  }

  /// Whether one of them overlaps `span`.
  func overlap(_ span: Range<Int>) -> Bool {
    let next = all.partitioningIndex { $0.upperBound > span.lowerBound }
    return next < all.count && all[next].overlaps(span)
  }
}
