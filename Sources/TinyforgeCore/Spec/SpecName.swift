/// A spec's name among file names.
package enum SpecName {
  /// The usual name that `name` differs from only by the case of its letters, by the dot before
  /// it, or by `yaml` for `yml`; nil where it is one of them, or like none.
  package static func nearMiss(_ name: String, of usual: [String]) -> String? {
    guard !usual.contains(where: { $0.hasSameBytes(as: name) }) else { return nil }
    return usual.first { mayBeSame($0, name) && folded($0).hasSameBytes(as: folded(name)) }
  }

  /// Whether two names may be folded to the same one: the last letters tell most apart.
  private static func mayBeSame(_ usual: String, _ name: String) -> Bool {
    guard let last = name.utf8.last, let other = usual.utf8.last, last < 0x80, other < 0x80 else {
      return true
    }
    return last | 0x20 == other | 0x20
  }

  private static func folded(_ name: String) -> String {
    let lower = name.lowercased()
    let folded = lower.startsWithBytes(of: ".") ? lower.droppingBytes(first: 1) : lower
    return folded.endsWithBytes(of: ".yaml") ? folded.droppingBytes(last: 4) + "yml" : folded
  }
}
