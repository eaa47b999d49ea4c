import ProviderHTTP
import TestSupport
import Testing
import TinyforgeCore

@Suite(.ownTime, .hangLimit) struct URLTests {
  @Test(arguments: [
    ("git.example.org", "https://git.example.org"),
    ("HTTPS://Git.Example.org:443/", "https://git.example.org"),
    ("http://git.example.org:80", "http://git.example.org"),
    ("https://user:secret@git.example.org:3000/x", "https://git.example.org:3000"),
    ("https://a@b@git.example.org", "https://git.example.org"),
    ("https://[fd00::1]:8443/", "https://[fd00::1]:8443"),
    ("https://127.1", "https://127.0.0.1"), ("https://0177.0.0.1:8443", "https://127.0.0.1:8443"),
    ("https://0x7F000001/x", "https://127.0.0.1"), ("https://2130706433", "https://127.0.0.1"),
    ("https://127.0.0.1.", "https://127.0.0.1"), ("https://127.0.1.", "https://127.0.0.1"),
    ("https://256.1.1.1", "https://256.1.1.1"), ("https://1.2.3.4.5", "https://1.2.3.4.5"),
  ])
  func origins(_ text: String, _ origin: String) {
    #expect(BaseURL(text)?.origin.text == origin)
  }

  @Test(arguments: [
    "", "ftp://x", "file:///etc/passwd", "https://", "https://a b", "https://a\nb", "https://a?b",
    "https://a#b", "https://a\\b", "https://a:0", "https://a:65536", "https://a:b", "https://a:1:2",
    "https://127%2e0.0.1", "https://[::1", "https://[127.0.0.1]", "https://a/../b",
    "https://a/\u{1}", "https://a/b c", "https://bücher.example",
    "https://ｍetadata.google.internal", "https://metadata。google。internal",
    "gopher://127.0.0.1:6379/_x",
  ])
  func whatIsNoAddress(_ text: String) { #expect(BaseURL(text) == nil) }

  /// Any text of a segment stays in that segment, and Python reads the same text from it.
  @Test func generatedSegmentsComeBack() async throws {
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    let alphabet = Array("aZ09-._~/%?#&=+ \\:@é日🦆\u{301}\u{7F}\n\"'<>".unicodeScalars)
    let base = try #require(BaseURL("https://git.example/x"))
    let segments = (0..<2000).map { _ in
      String(
        String.UnicodeScalarView(
          (0..<Int.random(in: 1...8, using: &random)).compactMap { _ in
            alphabet.randomElement(using: &random)
          }))
    }
    let targets = segments.map { HTTPURL(base, [$0, "end"], query: [("ref", $0)]).target }
    #expect(targets.allSatisfy { $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } })
    let program = """
      import json, sys
      from urllib.parse import urlsplit, unquote, parse_qs
      for line in sys.stdin:
          url = urlsplit("https://h" + line.rstrip("\\n"))
          parts = url.path.split("/")
          assert len(parts) == 4, line
          print(json.dumps([unquote(parts[2]), parse_qs(url.query, keep_blank_values=True)["ref"][0]]))
      """
    let lines = try await mustRun(
      "/usr/bin/python3", ["-c", program], input: targets.map { $0 + "\n" }.joined()
    ).split(separator: "\n")
    for (segment, line) in zip(segments, lines) {
      let document = try JSONText(Array("{\"a\":\(line)}".utf8))
      #expect(document["a"] == .array([.string(segment), .string(segment)]))
    }
    #expect(lines.count == segments.count)
  }

  @Test(arguments: [
    ("gitea", "https://git.example/x", "https://git.example/x/api/v1"),
    ("forgejo", "https://git.example", "https://git.example/api/v1"),
    ("gitlab", "", "https://gitlab.com/api/v4"), ("github", "", "https://api.github.com"),
    ("github", "https://github.com", "https://api.github.com"),
    ("github", "https://ghe.example", "https://ghe.example/api/v3"),
    ("github", "https://acme.ghe.com", "https://api.acme.ghe.com"),
    ("github", "https://api.acme.ghe.com", "https://api.acme.ghe.com"),
    ("", "https://codeberg.org", "https://codeberg.org/api/v1"),
  ])
  func apis(_ provider: String, _ base: String, _ api: String) throws {
    let forge = try Forge(
      RepositoryCoordinates(
        host: nil, owner: "a", name: "b", branch: nil, provider: provider.isEmpty ? nil : provider,
        baseURL: base.isEmpty ? nil : base))
    #expect(forge.api.origin.text + forge.api.path.map { "/\($0)" }.joined() == api)
  }

  @Test(arguments: [
    ("", "https://git.example", "provider is missing"), ("svn", "https://x", "\"svn\""),
    ("gitea", "", "base_url is missing"),
    ("gitea", "https://u:hunter2@a b", "not the address of a forge"),
    ("gitea", "https://u:hunter2@bücher.example", "letters beyond ASCII"),
    ("gitea", "https://git.example/api/v1", "ends in /api/v1"),
    ("gitlab", "https://git.example/x/api/v4/", "ends in /api/v4"),
  ])
  func whatIsNoForge(_ provider: String, _ base: String, _ words: String) {
    let fault = #expect(throws: HTTPFault.self) {
      try Forge(
        RepositoryCoordinates(
          host: nil, owner: "a", name: "b", branch: nil,
          provider: provider.isEmpty ? nil : provider,
          baseURL: base.isEmpty ? nil : base))
    }
    #expect(fault?.message.contains(words) == true && fault?.message.contains("hunter2") == false)
  }

  /// An address that is canonically equivalent to another one is not taken for it.
  @Test func addressesAreComparedByBytes() throws {
    func repository(at address: String) throws(HTTPFault) -> ForgeRepository {
      try ForgeRepository(
        RepositoryCoordinates(
          host: nil, owner: "a", name: "b", branch: nil, provider: "gitea", baseURL: address))
    }
    let (plain, kelvin) = ("https://git.Kiln.example", "https://git.\u{212A}iln.example")
    #expect(plain == kelvin)
    #expect(try repository(at: plain).webAddress == "https://git.kiln.example/a/b")
    #expect(throws: HTTPFault.self) { try repository(at: kelvin) }
    #expect(try repository(at: plain + "/x").webAddress == "https://git.kiln.example/x/a/b")
  }
}
