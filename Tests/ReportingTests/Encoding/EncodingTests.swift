import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// Every encoder on hostile text: nothing gets through that means something to its reader, and what
/// the reader makes of it is the text again.
@Suite(.ownTime, .hangLimit) struct EncodingTests {
  private static func texts() -> [String] {
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    return (0..<FuzzSetting.count(default: 2_000)).map { _ in Hostile.text(&random) }
  }

  /// Read back by the parsers of GitHub and of GitLab.
  @Test(arguments: ["code", "prose"])
  func markdown(_ form: String) async throws {
    let encode = form == "code" ? MarkdownText.code : MarkdownText.prose
    // A message is read back without the quotes around what is shown as code, so its markup alone is compared.
    for text in Self.texts() {
      let encoded = MarkdownText.message(text)
      #expect(
        !["<code>", "</code>", "<b></b>"].reduce(Array(encoded.utf8)) {
          $0.replacing(Array($1.utf8), with: [])
        }.contains { "<>`*_[]()|\\!@:~$\n\"'{}+=".utf8.contains($0) })
    }
    // Spaces at the ends are layout to Markdown.
    let texts = Self.texts().map { "\($0)" }
    try await expectReadBack("markdown", texts, encode)
    for text in texts {
      #expect(
        !["<code>", "</code>", "<b></b>"].reduce(Array(encode(text).utf8)) {
          $0.replacing(Array($1.utf8), with: [])
        }.contains { "<>`*_[]()|\\!@:~$\n\"'{}+=".utf8.contains($0) })
    }
  }

  /// Words stand as words, so that a sentence reads as one.
  @Test func proseIsReadable() {
    #expect(
      MarkdownText.prose("unknown key prot, and more; see also")
        == "unknown key prot, and more; see also")
    #expect(MarkdownText.prose("ключ не задан") == "ключ не задан")
    #expect(MarkdownText.prose("use #1") == "use <code>&#35;1</code>")
    #expect(MarkdownText.prose("deadbeef") == "<code>deadbeef</code>")
    #expect(MarkdownText.prose("the write-ahead log") == "the write-ahead log")
    #expect(MarkdownText.prose("GH-12") == "<code>GH-12</code>")
    #expect(MarkdownText.prose("1. first") == "<code>1</code>. first")
    #expect(MarkdownText.prose("see (a.b)") == "see &#40;<code>a&#46;b</code>&#41;")
  }

  /// What a message quotes, and the field that it begins with, are code.
  @Test(arguments: [
    ("did you mean `port`?", "did you mean <code>port</code>?"),
    ("port must be 1", "<code>port</code> must be 1"), ("a port", "a port"),
    ("unknown key \"prot\" here", "unknown key <code>prot</code> here"),
    ("not `a b`, nor `c`", "not <code>a b</code>, nor <code>c</code>"),
    ("not `a b", "not <code>&#96;a</code> b"), ("it is \"\"", "it is <code>&#34;&#34;</code>"),
  ])
  func messagesMarkCode(_ message: String, _ expected: String) {
    #expect(MarkdownText.message(message) == expected)
    let html = HTMLText.message(message)
    #expect(
      html.contains("<code>")
        == (message.contains("`p") || message.contains("b`") || message.hasPrefix("port")))
  }

  /// Read back by html5lib, which reads as browsers do.
  @Test func html() async throws {
    try await expectReadBack("html", Self.texts()) { HTMLText.encoded($0) }
  }

  /// What the peer reads must be the text as it is shown safely.
  private func expectReadBack(_ form: String, _ texts: [String], _ encode: (String) -> String)
    async throws
  {
    let cases = JSONValue.array(
      texts.map { .array([.string($0.shownSafely), .string(encode($0))]) })
    let result = try await run(
      projectFile(".build/peers/bin/python"),
      [projectFile("Tests/Peers/read-markup.py"), form], input: JSONWriter.compact(cases))
    #expect(result.output == "\(texts.count)\n", "\(result.error.suffix(2_000))")
  }

  @Test func workflowCommands() throws {
    for (file, message) in zip(Self.texts(), Self.texts().reversed()) {
      let line = WorkflowCommand.line("error", [("file", file), ("title", "t")], message)
      #expect(line.startsWithBytes(of: "::error file=") && line.utf8.last == UInt8(ascii: "\n"))
      #expect(
        line.dropLast().unicodeScalars.allSatisfy { !$0.isUnsafeToShow })
      let rest = line.utf8.dropFirst("::error ".utf8.count).dropLast()
      let end = try #require(
        zip(rest.indices, rest.indices.dropFirst()).first {
          rest[$0] == UInt8(ascii: ":") && rest[$1] == UInt8(ascii: ":")
        })
      let properties = rest[..<end.0].split(separator: UInt8(ascii: ",")).map(Array.init)
      #expect(properties.count == 2 && properties[1] == Array("title=t".utf8))
      let shown = Self.unescaped(properties[0].dropFirst("file=".utf8.count))
      #expect(shown.hasSameBytes(as: file.shownSafely))
      let lines = message.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      let expected = lines.map { String($0).shownSafely }.joined(separator: "\n")
      #expect(Self.unescaped(rest[end.1...].dropFirst()).hasSameBytes(as: expected))
    }
  }

  /// As GitHub's runner undoes the escapes.
  private static func unescaped(_ text: some Sequence<UInt8>) -> String {
    let escapes = ["0A": "\n", "0D": "\r", "3A": ":", "2C": ",", "25": "%"]
    var rest = Array(text)[...]
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%"),
        let known = escapes[String(decoding: rest.prefix(2), as: UTF8.self)]
      else {
        bytes.append(byte)
        continue
      }
      bytes += known.utf8
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Read back by Python's parser, expat.
  @Test func xml() async throws {
    let texts = Self.texts()
    let rows = texts.map { "<t a=\"\(XMLText.attribute($0))\">\(XMLText.encoded($0))</t>" }
    let program = """
      import sys, xml.etree.ElementTree as tree
      for t in tree.fromstring(sys.stdin.buffer.read()):
          print(repr(t.get("a")) + " " + repr(t.text or ""))
      """
    let document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><r>\(rows.joined())</r>"
    let result = try await run("/usr/bin/python3", ["-c", program], input: document)
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.split(separator: "\n").count == texts.count)
  }

  /// As Prometheus undoes the escapes of a label's value.
  @Test func labels() {
    for text in Self.texts() {
      let encoded = PrometheusText.label(text)
      #expect(!encoded.utf8.contains(UInt8(ascii: "\n")))
      var decoded = String.UnicodeScalarView()
      var rest = encoded.unicodeScalars[...]
      while let scalar = rest.popFirst() {
        #expect(scalar != "\"")
        decoded.append(scalar == "\\" ? (rest.popFirst() ?? "?") : scalar)
      }
      #expect(String(decoded).hasSameBytes(as: text.shownSafely))
    }
  }

  @Test func uris() {
    for text in Self.texts() where text.utf8.first != UInt8(ascii: "/") {
      let uri = FileURI.of(text)
      #expect(uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !uri.contains(":"))
      var bytes: [UInt8] = []
      var rest = Array(uri.utf8)[...]
      while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "%") else {
          bytes.append(byte)
          continue
        }
        bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      }
      #expect(String(decoding: bytes, as: UTF8.self).hasSameBytes(as: tidyPath(text)))
    }
  }

  @Test(arguments: [
    ("./a/b.yml", "a/b.yml"), ("/a b", "file:///a%20b"), ("//host/x", "file:///host/x"),
    ("a:b", "a%3Ab"), ("é", "%C3%A9"), ("../a", "../a"), ("././/a", "a"),
  ])
  func placesAsURIs(_ path: String, _ uri: String) {
    #expect(FileURI.of(path) == uri)
  }
}
