import TestSupport
import Testing

/// What is read without the parser is what the parser would have read.
@Suite(.ownTime, .hangLimit) struct DirectLineTests {
  /// Every option is read directly with some value, or as the flag that it is.
  ///
  /// The parser takes its time, so as many options as go together are in one line.
  @Test(arguments: ToolLines.all)
  func everyOptionIsReadAlike(_ tool: ToolLines) throws {
    #expect(tool.options.count > 15)
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    var unread = Set(tool.options).subtracting(["-h", "--help", "--version"])
    for round in 0..<12 where !unread.isEmpty {
      // Some options need standard input, and some need others before them.
      var line = round.isMultiple(of: 2) ? [] : ["-"]
      let others = tool.options.shuffled(using: &random)
      for option in unread.sorted() + others + others {
        let pairs = ToolLines.values.shuffled(using: &random).map { [option, $0] }
        guard let more = ([[option]] + pairs).first(where: { tool.direct(line + $0) != nil }) else {
          continue
        }
        line += more
        unread.remove(option)
      }
      #expect(try tool.direct(line) == tool.parsed(line), "\(tool.tool) \(line)")
    }
    #expect(unread.isEmpty, "\(tool.tool)")
  }

  /// The seed is another at every run of the fuzzing.
  @Test(arguments: ToolLines.all)
  func anyLineIsReadAlike(_ tool: ToolLines) throws {
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    var count = FuzzSetting.count(default: 10)
    while count > 0 {
      let line = Self.line(tool, &random)
      guard let direct = tool.direct(line) else { continue }
      count -= 1
      #expect(try direct == tool.parsed(line), "\(tool.tool) \(line)")
    }
  }

  /// A line of options with values, and between them words that fit nowhere.
  private static func line(_ tool: ToolLines, _ random: inout SeededGenerator) -> [String] {
    (0..<Int.random(in: 0...4, using: &random)).flatMap { _ in
      let option = tool.options.randomElement(using: &random) ?? ""
      let value = ToolLines.values.randomElement(using: &random) ?? ""
      switch Int.random(in: 0..<12, using: &random) {
      case 0..<4: return [option]
      case 4..<8: return [option, value]
      case 8..<11: return [value]
      default: return [ToolLines.odd.randomElement(using: &random) ?? ""]
      }
    }
  }

  /// Lines that hooks and scripts use are not left to the parser.
  @Test(arguments: [
    ("lint-spec", ".tinyforge.yml a/.tinyforge.yml"), ("lint-spec", "--staged"), ("lint-spec", "-"),
    ("lint-spec", ""),
    ("lint-spec", "--staged --only-findings --format text"),
    ("lint-spec", "--push origin --only-findings --format text"),
    ("lint-spec", "--receive --only-findings --format text --color never"),
    ("plan", "--all --db a.db --mirrors m"), ("plan", "w1 w2 -q"),
    ("plan", "--all --out a.plan --format json"),
    ("drift", "--all --format json --lang ru"),
    ("drift", "--all --post --only-drifted --output report.md"),
    ("apply", "--all --yes"), ("apply", "-y w1 --actor bot"), ("apply", "a.plan"),
    ("apply", "--all --dry-run"),
  ])
  func usualLinesAreReadDirectly(_ tool: String, _ line: String) throws {
    let lines = try #require(ToolLines.all.first { $0.tool == tool })
    #expect(lines.direct(line.split(separator: " ").map(String.init)) != nil)
  }

  /// Two words that the parser would read as one thing, or not at all, are left to it.
  @Test(arguments: [
    "--staged --staged", "--format json --format text", "--rev --staged", "--rev", "--rev -",
    "--format=json", "-qq",
    "--staged --rev main", "--unknown", "--", "a.yml --", "-h", "--format xml", "--path /a",
    "--fix --staged",
  ])
  func doubtfulLinesAreLeftToTheParser(_ line: String) throws {
    #expect(ToolLines.all[0].direct(line.split(separator: " ").map(String.init)) == nil)
  }
}
