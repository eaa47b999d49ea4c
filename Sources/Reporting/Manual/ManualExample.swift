import TinyforgeCore

/// The examples of a finding, run.
struct ManualExample {
  private let code: FindingCode
  private let report: LintReport

  /// Nil for a finding that no text alone can have.
  init?(_ code: FindingCode) {
    let example = code.example
    guard !example.bad.isEmpty else { return nil }
    self.code = code
    let settings = SpecLint.Settings(source: example.source)
    let linted = SpecLint.check(Array(example.bad.utf8), path: example.fileName, settings: settings)
    report = LintReport(
      path: example.fileName, verdict: linted.decoded.isValid ? .ok : .invalid,
      decoded: linted.decoded, text: linted.text)
  }

  /// The examples with what cannot be seen made visible, a final line break included.
  var bad: String { Self.visible(code.example.bad) }
  var good: String { Self.visible(code.example.good) }

  /// What the bad example needs to be found, as words after "Bad".
  var circumstances: String {
    let source = code.example.source.map { ", with `--source \($0.rawValue)`" } ?? ""
    let isUsual = code.example.fileName == FindingCode.usualName
    return (isUsual ? "" : ", in a file called `\(code.example.fileName)`") + source
  }

  /// What `lint-spec` says of the bad example.
  func output(style: TextStyle) -> String { LintText(style: style).render([report]) }

  /// Whether the server or lint-spec decides on the finding, and how to turn it off or fix it.
  static func standing(of code: FindingCode) -> String {
    let fix = code.fix.map { "`--fix` \($0).\n" } ?? ""
    guard code.kind == .advice else {
      return fix + "This decides the verdict: no option and no comment turns it off."
    }
    return fix + """
      The server takes such a spec all the same. Turn this off with `--rule \(code.id)=off`, or for
      one place with the comment `# tinyforge: ignore[\(code.id)] reason`.
      """
  }

  private static func visible(_ text: String) -> String {
    text.splitAtScalar("\n", omittingEmpty: true).map { line in
      line.unicodeScalars.map { $0 == "\t" ? "␉" : $0 }.map(Self.visible).joined() + "\n"
    }.joined()
  }

  private static func visible(_ scalar: Unicode.Scalar) -> String {
    guard scalar.value > 0x7E, scalar.properties.isWhitespace else {
      return String(scalar).shownSafely
    }
    return "\\u{\(String(scalar.value, radix: 16))}"
  }
}
