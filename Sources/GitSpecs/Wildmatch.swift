/// A pattern as git's `wildmatch.c` reads it, compiled.
///
/// All places of the pattern that the text may have led to are kept at once, so that no pattern costs more than
/// its length times that of the text. Git's own matching, and libgit2's, tries them one after the other: with several
/// `**` that takes exponential time.
struct Wildmatch: Sendable {
  private enum Token: Sendable {
    case byte(UInt8)
    /// `?`: one byte; false where a slash is none of them.
    case any(slash: Bool)
    /// `*` and `**`: any number of bytes, among them slashes or not.
    case run(slash: Bool)
    /// The start of `**/`, which may match nothing.
    case folders
    /// Its inside, which ends with a slash.
    case withinFolders
    case set(ByteSet)
    /// What git refuses to match, such as an unfinished set.
    case never
  }

  private var tokens: [Token] = []
  private let foldsCase: Bool

  /// Compiles a pattern; with `isPath`, only `**` between slashes matches slashes.
  init(_ pattern: ArraySlice<UInt8>, isPath: Bool, foldsCase: Bool = false) {
    self.foldsCase = foldsCase
    var parser = Parser(pattern: Array(pattern), isPath: isPath, foldsCase: foldsCase)
    tokens = parser.tokens()
  }

  /// Whether the pattern matches the whole text.
  func matches(_ text: ArraySlice<UInt8>) -> Bool {
    let count = tokens.count
    return withUnsafeTemporaryAllocation(of: Bool.self, capacity: 2 * (count + 1)) { memory in
      memory.initialize(repeating: false)
      let first = memory.baseAddress.map { UnsafeMutableBufferPointer(start: $0, count: count + 1) }
      let second = memory.baseAddress.map {
        UnsafeMutableBufferPointer(start: $0 + count + 1, count: count + 1)
      }
      guard var now = first, var next = second else { return false }
      enter(0, now)
      for byte in text {
        next.update(repeating: false)
        var isAlive = false
        for place in 0..<count where now[place] {
          isAlive = true
          take(foldsCase ? lower(byte) : byte, at: place, next)
        }
        if !isAlive { return false }
        swap(&now, &next)
      }
      return now[count]
    }
  }

  /// Marks a place, and those that it leads to without a byte.
  private func enter(_ place: Int, _ places: UnsafeMutableBufferPointer<Bool>) {
    var place = place
    while !places[place] {
      places[place] = true
      guard place < tokens.count else { return }
      switch tokens[place] {
      case .run: place += 1
      case .folders:
        places[place + 1] = true
        place += 2
      default: return
      }
    }
  }

  private func take(_ byte: UInt8, at place: Int, _ next: UnsafeMutableBufferPointer<Bool>) {
    let isSlash = byte == UInt8(ascii: "/")
    switch tokens[place] {
    case .byte(let wanted): if byte == wanted { enter(place + 1, next) }
    case .any(let slash): if slash || !isSlash { enter(place + 1, next) }
    case .run(let slash): if slash || !isSlash { enter(place, next) }
    // It was entered together with its inside.
    case .folders: break
    case .withinFolders:
      next[place] = true
      if isSlash { enter(place + 1, next) }
    case .set(let set): if set.contains(byte) { enter(place + 1, next) }
    case .never: break
    }
  }
}

extension Wildmatch {
  /// Reads a pattern from its start to its end.
  private struct Parser {
    let pattern: [UInt8]
    let isPath: Bool
    let foldsCase: Bool
    var at = 0

    mutating func tokens() -> [Token] {
      var tokens: [Token] = []
      while at < pattern.count {
        switch pattern[at] {
        case UInt8(ascii: "?"):
          tokens.append(.any(slash: !isPath))
          at += 1
        case UInt8(ascii: "*"): tokens += stars()
        case UInt8(ascii: "["): tokens.append(set())
        case UInt8(ascii: "\\"):
          tokens.append(at + 1 < pattern.count ? literal(pattern[at + 1]) : .never)
          at += 2
        default:
          tokens.append(literal(pattern[at]))
          at += 1
        }
      }
      return tokens
    }

    private func literal(_ byte: UInt8) -> Token { .byte(foldsCase ? lower(byte) : byte) }

    private mutating func stars() -> [Token] {
      let start = at
      while at < pattern.count, pattern[at] == UInt8(ascii: "*") { at += 1 }
      guard isPath else { return [.run(slash: true)] }
      guard at - start > 1, start == 0 || pattern[start - 1] == UInt8(ascii: "/") else {
        return [.run(slash: false)]
      }
      if at == pattern.count { return [.run(slash: true)] }
      if pattern[at] == UInt8(ascii: "/") {
        at += 1
        return [.folders, .withinFolders]
      }
      let isEscapedSlash = pattern[at...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "/")])
      return [.run(slash: isEscapedSlash)]
    }

    /// Reads `[…]`, in which `]` at the start is literal.
    private mutating func set() -> Token {
      var set = ByteSet()
      at += 1
      let isNegated = at < pattern.count && "!^".utf8.contains(pattern[at])
      if isNegated { at += 1 }
      var last: UInt8?
      repeat {
        guard at < pattern.count, let added = element(after: last, &set) else {
          at = pattern.count
          return .never
        }
        last = added == 0 ? nil : added
        at += 1
        guard at < pattern.count else { return .never }
      } while pattern[at] != UInt8(ascii: "]")
      at += 1
      if isNegated { set.invert() }
      if isPath { set.remove(UInt8(ascii: "/")) }
      return .set(set)
    }

    /// Adds one element of a set, of which `at` is the last byte then; returns what a range may start from, 0
    /// for nothing, and nil for what git refuses.
    private mutating func element(after last: UInt8?, _ set: inout ByteSet) -> UInt8? {
      let byte = pattern[at]
      if byte == UInt8(ascii: "\\") {
        at += 1
        guard at < pattern.count else { return nil }
        set.insert(pattern[at])
        return pattern[at]
      }
      if byte == UInt8(ascii: "-"), let last, at + 1 < pattern.count,
        pattern[at + 1] != UInt8(ascii: "]")
      {
        at += 1
        if pattern[at] == UInt8(ascii: "\\") { at += 1 }
        guard at < pattern.count else { return nil }
        set.insert(from: last, to: pattern[at], foldsCase: foldsCase)
        return 0
      }
      if byte == UInt8(ascii: "["), at + 1 < pattern.count, pattern[at + 1] == UInt8(ascii: ":") {
        return named(&set)
      }
      set.insert(byte)
      return byte
    }

    /// Reads `[:alpha:]`; what does not end so is literal.
    private mutating func named(_ set: inout ByteSet) -> UInt8? {
      let start = at + 2
      guard let end = pattern[start...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
      guard end > start, pattern[end - 1] == UInt8(ascii: ":") else {
        set.insert(UInt8(ascii: "["))
        return UInt8(ascii: "[")
      }
      let name = String(decoding: pattern[start..<(end - 1)], as: UTF8.self)
      guard let holds = ByteSet.classes[name] else { return nil }
      for byte in UInt8.min...UInt8.max where holds(byte) { set.insert(byte) }
      // A text without capitals is in the class of capitals as well.
      if name == "upper", foldsCase {
        for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { set.insert(byte) }
      }
      at = end
      return 0
    }
  }
}

/// A set of bytes.
private struct ByteSet: Sendable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  func contains(_ byte: UInt8) -> Bool {
    let word =
      switch byte >> 6 {
      case 0: words.0
      case 1: words.1
      case 2: words.2
      default: words.3
      }
    return word & (1 << UInt64(byte & 63)) != 0
  }

  mutating func insert(_ byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    default: words.3 |= bit
    }
  }

  mutating func remove(_ byte: UInt8) {
    guard contains(byte) else { return }
    invert()
    insert(byte)
    invert()
  }

  mutating func invert() { words = (~words.0, ~words.1, ~words.2, ~words.3) }

  mutating func insert(from low: UInt8, to high: UInt8, foldsCase: Bool) {
    guard low <= high else { return }
    for byte in low...high {
      insert(byte)
      if foldsCase { insert(lower(byte)) }
    }
  }

  static let classes: [String: @Sendable (UInt8) -> Bool] = [
    "alnum": { isLetter($0) || isDigit($0) }, "alpha": { isLetter($0) },
    "blank": { $0 == 32 || $0 == 9 }, "cntrl": { $0 < 32 || $0 == 127 },
    "digit": { isDigit($0) }, "graph": { $0 > 32 && $0 < 127 },
    "lower": { isLetter($0) && lower($0) == $0 }, "print": { $0 >= 32 && $0 < 127 },
    "punct": { $0 > 32 && $0 < 127 && !isLetter($0) && !isDigit($0) },
    // Git's own, without the vertical tab and the form feed.
    "space": { $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 },
    "upper": { isLetter($0) && lower($0) != $0 },
    "xdigit": { isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(lower($0)) },
  ]

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower(byte))
  }
}
