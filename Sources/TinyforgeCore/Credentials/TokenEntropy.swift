/// How random a token looks.
enum TokenEntropy {
  /// Upper case, lower case and digits in no order that words have.
  static func isRandom(_ token: ArraySlice<Unicode.Scalar>) -> Bool {
    var changes = 0
    var kinds: Set<Int> = []
    var last: Int?
    for scalar in token {
      let kind = kind(of: scalar)
      kinds.insert(kind)
      if let last, last != kind { changes += 1 }
      last = kind
    }
    // `Http2HealthCheckEndpoint` changes its kind twice a word; random text at six of ten places.
    return kinds.isSuperset(of: [0, 1, 2]) && changes * 100 >= token.count * 42
      && bitsPerCharacter(token) >= 3.5
  }

  /// Shannon's entropy of the token's characters.
  static func bitsPerCharacter(_ token: ArraySlice<Unicode.Scalar>) -> Double {
    var counts: [Unicode.Scalar: Int] = [:]
    for scalar in token { counts[scalar, default: 0] += 1 }
    return counts.values.reduce(0) { sum, count in
      let share = Double(count) / Double(token.count)
      return sum - share * logarithm(share)
    }
  }

  private static func logarithm(_ number: Double) -> Double {
    // log2 by halving and squaring: the core links no mathematics library.
    var (rest, whole) = (number, 0.0)
    while rest < 1 { (rest, whole) = (rest * 2, whole - 1) }
    var (fraction, weight) = (0.0, 0.5)
    for _ in 0..<24 {
      rest *= rest
      if rest >= 2 { (rest, fraction) = (rest / 2, fraction + weight) }
      weight /= 2
    }
    return whole + fraction
  }

  private static func kind(of scalar: Unicode.Scalar) -> Int {
    switch scalar {
    case "a"..."z": 0
    case "A"..."Z": 1
    case "0"..."9": 2
    default: 3
    }
  }
}
