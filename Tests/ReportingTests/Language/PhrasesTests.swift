import FoundationEssentials
import Reporting
import TestSupport
import Testing

/// The catalogue of phrases: nothing missing, nothing unused, numbers with the right forms.
struct PhrasesTests {
  @Test(arguments: [
    (0, "рабочих нагрузок"), (1, "рабочая нагрузка"), (2, "рабочие нагрузки"),
    (4, "рабочие нагрузки"), (5, "рабочих нагрузок"), (11, "рабочих нагрузок"),
    (12, "рабочих нагрузок"), (14, "рабочих нагрузок"), (20, "рабочих нагрузок"),
    (21, "рабочая нагрузка"), (22, "рабочие нагрузки"), (111, "рабочих нагрузок"),
    (1_001, "рабочая нагрузка"), (5_000, "рабочих нагрузок"),
  ])
  func russianNumbers(_ number: Int, _ noun: String) {
    #expect(Phrases(.ru).workloads(number) == "\(number) \(noun)")
  }

  @Test func englishNumbers() {
    #expect(
      [0, 1, 2, 21].map(Phrases(.en).workloads) == [
        "0 workloads", "1 workload", "2 workloads", "21 workloads",
      ])
  }

  @Test(arguments: [
    ([:], Language.en), (["LANG": "ru_RU.UTF-8"], .ru), (["LANG": "ru"], .ru),
    (["LANG": "rue_UA"], .en), (["LANG": "C.UTF-8"], .en), (["LANG": "de_DE"], .en),
    (["LC_ALL": "C", "LANG": "ru_RU"], .en), (["LC_MESSAGES": "ru_RU@x", "LANG": "C"], .ru),
    (["LC_ALL": "RU_ru", "LC_MESSAGES": "C"], .ru),
  ])
  func theEnvironmentChooses(_ variables: [String: String], _ language: Language) {
    #expect(Language.preferred { variables[$0] } == language)
  }

  // MARK: The catalogue's own text

  /// Each pair of texts: both there, each in its own letters, both with the same arguments.
  @Test func everyPhraseIsInEveryLanguage() throws {
    let pair = try Regex(
      #"en:\s*"((?:\\.|[^"\\])*)",\s*ru:\s*"((?:\\.|[^"\\])*)""#,
      as: (Substring, Substring, Substring).self)
    // A long text is written as several literals with a plus between them.
    let text = try Self.catalogue().replacing(Regex(#""\s*\n\s*\+ ""#), with: "")
    let pairs = text.matches(of: pair).map { ($0.output.1, $0.output.2) }
    #expect(pairs.count > 20)
    let nouns = text.ranges(
      of: try Regex(
        #"\ben: \(\s*"[^"]+", "[^"]+"\s*\),\s+ru: \(\s*"[^"]+",\s+"[^"]+",\s+"[^"]+"\s*\)"#))
    let all = text.ranges(of: try Regex(#"\ben:"#))
    #expect(pairs.count + nouns.count == all.count - Self.declarations)
    for (english, russian) in pairs {
      #expect(!english.isEmpty && !russian.isEmpty)
      #expect(!english.unicodeScalars.contains(where: Self.isCyrillic), "\(english)")
      #expect(russian.unicodeScalars.contains(where: Self.isCyrillic), "\(russian)")
      #expect(
        try Self.arguments(english) == Self.arguments(russian), "\(english) / \(russian)")
    }
  }

  /// Keys that nothing says are dead, and hide that something is said another way.
  @Test func everyPhraseIsUsed() throws {
    let catalogue = try Self.catalogue()
    let others = try Self.sources().filter { !$0.contains("/Phrases") }.map(Self.text).joined()
    let declaration = #"(?:var|func) (\w+)"#
    let keys = Set(try Self.matches(declaration, in: catalogue)).subtracting(["say", "count"])
    #expect(keys.count > 20)
    let said = Set(try Self.matches(#"phrases\s*\.(\w+)"#, in: others))
    let rest = catalogue.replacing(try Regex(#"(var|func) \w+|///.*"#), with: "")
    let inside = Set(try Self.matches(#"\b(\w+)\b(?!:)"#, in: rest))
    #expect(keys.subtracting(said).subtracting(inside) == [])
  }

  private static func matches(_ pattern: String, in text: String) throws -> [Substring] {
    text.matches(of: try Regex(pattern, as: (Substring, Substring).self)).map(\.output.1)
  }

  /// The declarations of `say` and `count` name the languages too.
  private static let declarations = 4

  private static func arguments(_ text: Substring) throws -> Set<Substring> {
    let interpolation = try Regex(#"\\\((\w+)"#, as: (Substring, Substring).self)
    return Set(text.matches(of: interpolation).map(\.output.1))
  }

  private static func isCyrillic(_ scalar: Unicode.Scalar) -> Bool {
    (0x400...0x4FF).contains(scalar.value)
  }

  private static func catalogue() throws -> String {
    try sources().filter { $0.contains("/Phrases") }.map(text).joined()
  }

  private static func text(_ path: String) throws -> String {
    String(decoding: try readFile(path), as: UTF8.self)
  }

  private static func sources() throws -> [String] {
    let root = projectFile("Sources")
    let names = try FileManager.default.subpathsOfDirectory(atPath: root)
    return names.filter { $0.hasSuffix(".swift") }.map { "\(root)/\($0)" }
  }
}
