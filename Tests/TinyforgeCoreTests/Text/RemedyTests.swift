import TestSupport
import Testing
import TinyforgeCore

/// Text from anywhere in a command that may be pasted: one word, and the same text to the shell.
struct RemedyTests {
  private static let pieces = [
    "'", "\"", "\\", "$(id)", "`id`", ";", "&", "|", "\n", "\r", "\t", "\u{1B}[31m", "\u{7}",
    "\u{301}", "'\u{301}",
    "\\\u{301}", "\u{202E}", "\u{FE0F}", "\u{3164}", "é", "漢", "😀", " ", "-", "--", "~", "*", "?",
    "[", "##[", "##vso[",
    "::", "!", "#", "%", "=", "{a,b}", "<", ">", "a", "/", "x y", "$'", "\u{85}", "\u{E0061}", "(",
    ")",
  ]

  private static func texts() -> [String] {
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    return (0..<FuzzSetting.count(default: 400)).map { _ in
      (0..<Int.random(in: 0...5, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
    }
  }

  @Test func textIsOneWordOfAShell() async throws {
    for portion in stride(from: 0, to: Self.texts().count, by: 100) {
      let texts = Array(Self.texts()[portion...].prefix(100))
      let words = texts.map { Remedy("\($0)").text }
      for word in words {
        #expect(word.unicodeScalars.allSatisfy { !$0.isUnsafeToShow }, "\(word)")
        #expect(!Array(word.utf8).contains(Array("##[".utf8)), "\(word)")
      }
      let script = "printf '%s\\0' " + words.joined(separator: " ")
      let output = try await mustRun("bash", ["-c", script])
      let read = output.utf8.split(separator: 0, omittingEmptySubsequences: false).dropLast()
      #expect(read.elementsEqual(texts, by: { $0.elementsEqual($1.utf8) }), "\(script)")
    }
  }

  /// What begins like an option is none where it is pasted.
  @Test(arguments: ["-x", "--version", "-", "x", "- \u{301}"])
  func whatBeginsLikeAnOptionIsNone(_ text: String) async throws {
    let scratch = try Scratch()
    try scratch.write(text, "read")
    let path = Remedy("cat \(shellPath(text))").text
    #expect(try await mustRun("bash", ["-c", path], in: scratch.path) == "read")
    let argument = Remedy("grep -c \(argument: text)").text
    #expect(try await mustRun("bash", ["-c", argument], input: "a\n\(text)\n") == "1")
    let option = Remedy("grep \(option: "--regexp", text)").text
    #expect(try await mustRun("bash", ["-c", option], input: "a\n\(text)\n") == text)
  }

  /// The bytes of a name that is not UTF-8.
  @Test func bytesThatAreNoText() async throws {
    let word = ShellWord(bytes: [0x63, 0xE9, 0x27, 0x0A]).description
    #expect(word == #"$'c\351\047\012'"#)
    let read = try await mustRun("bash", ["-c", "printf %s \(word) | od -An -tx1"])
    #expect(read == " 63 e9 27 0a")
    #expect(ShellWord(bytes: Array("a b".utf8)) == ShellWord("a b"))
  }

  @Test func plainWordsStayAsTheyAre() {
    #expect(ShellWord("/srv/mirrors/acme/shop.git").description == "/srv/mirrors/acme/shop.git")
    #expect(ShellWord("").description == "''" && ShellWord("a b").description == "'a b'")
    let nested: Remedy = "mv \("a b") \(ShellWord("c d"))"
    #expect(
      nested.text == "mv 'a b' 'c d'" && Remedy("\(nested), \(7)").text == "mv 'a b' 'c d', 7")
    #expect(Remedy("it is \(prose: "a\nb")").text == "it is a\\nb")
  }

  /// As a second reader of SQL takes it.
  @Test func textIsOneValueOfSQL() async throws {
    for text in Self.texts() where !text.isEmpty {
      let query = "SELECT hex(\(sqlText(text)))"
      let output = try await mustRun("sqlite3", [":memory:", query])
      let expected = text.utf8.map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }.joined()
      #expect(output == expected)
    }
  }
}
