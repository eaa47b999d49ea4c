/// Finds what somebody probably meant to write.
package enum NearestName {
  /// The candidate fewest edits away from `name`, unless even that one is too far to be meant.
  ///
  /// Letters' case and the choice of `-` or `_` do not count. At most a third of the longer name
  /// may differ. The earlier of two equally near candidates wins. Where none is near, it is the one
  /// that has `name` for its beginning or for one of its words.
  package static func find(_ name: String, among candidates: [String]) -> String? {
    let wanted = folded(name)
    // A name beyond any candidate's length is not compared: it is data, and may be 64 KiB long.
    guard wanted.count <= 64 else { return nil }
    let names = candidates.map { (name: $0, folded: folded($0)) }
    let ranked = names.map { (name: $0.name, distance: distance(wanted, $0.folded)) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
    let limit = max(1, max(wanted.count, best.name.utf8.count) / 3)
    return best.distance <= limit ? best.name : part(wanted, of: names)
  }

  /// The one candidate that begins with these letters, or has them for a word; three at least.
  private static func part(
    _ wanted: [Unicode.Scalar], of names: [(name: String, folded: [Unicode.Scalar])]
  ) -> String? {
    guard wanted.count >= 3 else { return nil }
    let holding = names.filter { _, folded in
      folded.starts(with: wanted) || folded.split { $0 == "_" }.contains(wanted[...])
    }
    return holding.count == 1 ? holding[0].name : nil
  }

  /// The candidate that `name` is but for letters' case and the choice of `-`, `_`, space or nothing
  /// between words; nil unless there is just one.
  package static func same(_ name: String, among candidates: [String]) -> String? {
    guard name.utf8.count <= 64 else { return nil }
    let wanted = folded(name).filter { $0 != "_" }
    let same = candidates.filter { folded($0).lazy.filter { $0 != "_" }.elementsEqual(wanted) }
    return same.count == 1 ? same[0] : nil
  }

  private static func folded(_ name: String) -> [Unicode.Scalar] {
    name.lowercased().unicodeScalars.map { $0 == "-" || $0 == " " ? "_" : $0 }
  }

  /// The optimal string alignment distance: insert, delete, replace, swap two neighbours.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    // Three rows of the table, each used again for the third after it.
    var current = Array(0...right.count)
    var previous = current
    var twoBack = current
    for (row, a) in left.enumerated() {
      (twoBack, previous, current) = (previous, current, twoBack)
      current[0] = row + 1
      for (column, b) in right.enumerated() {
        var best = min(
          previous[column] + (a == b ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, a == right[column - 1], left[row - 1] == b {
          best = min(best, twoBack[column - 1] + 1)
        }
        current[column + 1] = best
      }
    }
    return current[right.count]
  }
}
