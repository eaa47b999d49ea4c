internal import TinyforgeCore

/// A revision as it is written: a name, and how to go on from it.
struct Revision {
  /// One of `~N`, which goes to the first parent N times, and `^N`, which goes to the Nth parent once.
  struct Step: Equatable {
    var parent: UInt32
    var count: Int
  }

  /// What `~` and `^` start from; `@` means `HEAD`, whatever branch is called so.
  let base: String
  let rest: String
  /// What the rest does; nil where it is for libgit2 to read.
  let steps: [Step]?

  /// The revision with `@` written out.
  var whole: String { base + rest }

  /// Whether it asks for the history of a name, a search or a file, rather than for an object.
  var isAboutNames: Bool {
    base.utf8.contains(UInt8(ascii: ":")) || whole.unicodeScalars.contains("@") && rest.isEmpty
      || Array(base.utf8).contains(UInt8(ascii: "{"))
  }

  /// Whether the base can only be a reference's name: no id, no `git describe`, no search.
  var isPlainName: Bool {
    let isDescribed = base.splitAtScalar("-").last?.utf8.first == UInt8(ascii: "g")
    return !ObjectID.mayBeShort(base) && !isDescribed
      && !base.utf8.contains { ":{@".utf8.contains($0) }
  }

  init(_ text: String) {
    let marks = "~^".utf8
    let end = text.utf8.firstIndex { marks.contains($0) } ?? text.endIndex
    let name = String(text[..<end])
    base = Self.withSmallUpstream(Self.withHead(name))
    rest = String(text[end...])
    steps = Self.steps(Array(rest.utf8))
  }

  /// The name with `HEAD` for `@`, alone or before what is asked of it.
  private static func withHead(_ name: String) -> String {
    let isHead = name.utf8.elementsEqual("@".utf8) || name.startsWithBytes(of: "@@{")
    return isHead ? "HEAD" + String(Substring(name.utf8.dropFirst())) : name
  }

  /// The name with `@{Upstream}` as libgit2 knows it; git takes letters of any case.
  private static func withSmallUpstream(_ name: String) -> String {
    for mark in ["@{upstream}", "@{u}"] where name.utf8.count >= mark.utf8.count {
      let start = name.utf8.index(name.endIndex, offsetBy: -mark.utf8.count)
      if name.utf8[start...].map(lower).elementsEqual(mark.utf8) { return name[..<start] + mark }
    }
    return name
  }

  private static func steps(_ text: [UInt8]) -> [Step]? {
    var steps: [Step] = []
    var rest = text[...]
    while let mark = rest.popFirst() {
      let isAncestor = mark == UInt8(ascii: "~")
      guard isAncestor || mark == UInt8(ascii: "^") else { return nil }
      if !isAncestor, let peel = ["{commit}", "{}"].first(where: { rest.starts(with: $0.utf8) }) {
        rest = rest.dropFirst(peel.utf8.count)
        continue
      }
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest.dropFirst(digits.count)
      guard digits.count < 10 else { return nil }
      let number = Int(String(decoding: digits, as: UTF8.self)) ?? 1
      if isAncestor {
        steps.append(Step(parent: 0, count: number))
      } else if number > 0 {
        steps.append(Step(parent: UInt32(number - 1), count: 1))
      }
    }
    return steps
  }
}
