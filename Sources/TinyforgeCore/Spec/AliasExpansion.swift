/// The server's guard against documents that aliases blow up.
///
/// Up to 400,000 visits 99 in 100 may come through aliases; the share falls to one in ten at
/// 4,000,000. Source: gopkg.in/yaml.v3 v3.0.1, `allowedAliasRatio`.
struct AliasExpansion {
  /// How many aliases are being followed.
  var depth = 0
  private var visits = 0
  private var visitsThroughAliases = 0

  mutating func count() {
    visits += 1
    if depth > 0 { visitsThroughAliases += 1 }
  }

  var isExcessive: Bool {
    guard visitsThroughAliases > 100, visits > 1000 else { return false }
    return Double(visitsThroughAliases) / Double(visits) > allowedShare
  }

  private var allowedShare: Double {
    let low = 400_000
    let high = 4_000_000
    if visits <= low { return 0.99 }
    if visits >= high { return 0.10 }
    return 0.99 - 0.89 * (Double(visits - low) / Double(high - low))
  }
}
