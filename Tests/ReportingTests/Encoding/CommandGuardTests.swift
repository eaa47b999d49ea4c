import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// No text opens a command of a runner, in any form and whatever pieces it is written in.
struct CommandGuardTests {
  @Test(arguments: [
    ("::error::x", ": :error::x"), ("  ::error::x", "  : :error::x"), ("a\n\t::x", "a\n\t: :x"),
    ("a\r::x", "a\r: :x"), ("\u{A0}\u{3000}::x", "\u{A0}\u{3000}: :x"),
    ("\u{200B}::x", "\u{200B}: :x"), (":\u{AD}:x", ":\u{AD} :x"), ("\u{1B}[1m::x", "\u{1B}[1m: :x"),
    ("\u{2028}::x", "\u{2028}: :x"), (":::x", ": ::x"), ("a ::x", "a ::x"), (": :x", ": :x"),
    ("a ##[error]x", "a ## [error]x"), ("###[x]", "### [x]"), ("##vso[task]", "##vso [task]"),
    ("##teamcity[x]", "##teamcity [x]"), ("#\u{200D}#\u{FE0F}[x", "#\u{200D}#\u{FE0F} [x"),
    ("## [x]", "## [x]"), ("#[x]", "#[x]"), ("##\u{1B}[0m", "## \u{1B}[0m"),
    ("::\u{301}x", ": :\u{301}x"), ("##[\u{301}x", "## [\u{301}x"),
    ("a: b\n:x\n::x\nc\n", "a: b\n:x\n: :x\nc\n"), ("a\n##\n[x\n##[x", "a\n##\n[x\n## [x"),
    ("\u{1B}[31m##[x", "\u{1B}[31m## [x"),
  ])
  func textIsBroken(_ text: String, _ expected: String) {
    var guarding = CommandGuard()
    #expect(guarding.guarded(text).utf8.elementsEqual(expected.utf8))
  }

  @Test(arguments: [
    (CommandGuard.Form.json, "{\"a\": \"##[x\"}", "{\"a\": \"##\\u005bx\"}"),
    (.json, "\"\\\\##[x\"", "\"\\\\##\\u005bx\""), (.json, "\"::x\"", "\"::x\""),
    (.markup, "<a>##[x\n::y</a>", "<a>##&#91;x\n:&#58;y</a>"),
    (.commands, "::error file=a::b\n", "::error file=a::b\n"),
    (
      .commands, "::error title=a::##[x\n::warning file=b::c\n",
      "::error title=a::## [x\n::warning file=b::c\n"
    ),
    (.commands, "::set-output name=a::b\n", ": :set-output name=a::b\n"),
    (.commands, " ::error file=a::b\n", " : :error file=a::b\n"),
    (.commands, "::errors file=a::b\n", ": :errors file=a::b\n"),
  ])
  func eachFormHasItsOwnEscape(_ form: CommandGuard.Form, _ text: String, _ expected: String) {
    var guarding = CommandGuard()
    #expect(guarding.guarded(text, as: form) == expected)
  }

  /// A line that arrives in pieces, and one that another stream has begun.
  @Test(arguments: [
    ([":", ":x"], ": :x"), (["\n ", "::x"], "\n : :x"), (["#", "#", "[x"], "## [x"),
    (["##vs", "o[x"], "##vso [x"), (["a", "::x"], "a: :x"), (["##", "\u{1B}[0m"], "## \u{1B}[0m"),
    (["\u{1B}", "[1m:", ":x"], "\u{1B}[1m: :x"),
  ])
  func pieces(_ pieces: [String], _ expected: String) {
    var guarding = CommandGuard()
    #expect(pieces.map { guarding.guarded($0) }.joined() == expected)
  }

  /// Random text in random pieces: read as a runner reads it, no line is a command; nothing but what breaks an
  /// opening was added.
  @Test(arguments: [CommandGuard.Form.text, .json, .markup])
  func hostileText(_ form: CommandGuard.Form) throws {
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    for _ in 0..<FuzzSetting.count(default: 3_000) {
      var guarding = CommandGuard()
      let pieces = (0..<4).map { _ in
        form == .json ? JSONWriter.compact(.string(Hostile.text(&random))) : Self.text(&random)
      }
      let written = pieces.map { guarding.guarded($0, as: form) }
      #expect(Self.commands(in: written.joined()) == [], "\(pieces)")
      if form == .json {
        for (piece, text) in zip(pieces, written) {
          #expect(try jsonList("[\(text)]") == jsonList("[\(piece)]"))
        }
      }
    }
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    let pieces = [
      ":", "::", "#", "##", "[", "##[", " ", "\t", "\n", "\r", "\r\n", "\u{A0}", "\u{3000}",
      "\u{85}", "\u{200B}",
      "\u{AD}", "\u{FE0F}", "\u{301}", "\u{1B}[1m", "\u{1B}[0m", "vso", "error", "x", "é",
      "\u{E0020}",
    ]
    return (0..<Int.random(in: 0...6, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined()
  }

  /// The lines that a runner takes for commands: white space and what shows nothing is passed over.
  private static func commands(in text: String) -> [String] {
    text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.compactMap { line in
      var shown = String.UnicodeScalarView()
      shown.append(contentsOf: line.filter { !isIgnored($0) })
      let trimmed = shown.drop { $0.properties.isWhitespace }
      let isCommand = trimmed.starts(with: "::".unicodeScalars) || holdsOldForm(Array(shown))
      return isCommand ? String(line) : nil
    }
  }

  private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
    let isControl = scalar.properties.generalCategory == .control && !scalar.properties.isWhitespace
    return isControl || scalar.properties.isDefaultIgnorableCodePoint
      || scalar.properties.generalCategory == .format
  }

  private static func holdsOldForm(_ line: [Unicode.Scalar]) -> Bool {
    line.indices.dropLast(2).contains { start in
      line[start] == "#" && line[start + 1] == "#"
        && line[(start + 2)...].drop { $0.isASCII && $0.properties.isAlphabetic }.first == "["
    }
  }
}
