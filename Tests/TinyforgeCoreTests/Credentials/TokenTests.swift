import TestSupport
import Testing
import TinyforgeCore

@Suite(.ownTime, .hangLimit) struct TokenTests {
  static let secret = "glpat-Zq7_x9KfW2vB4nTs"

  /// No way of printing a value in Swift shows it.
  @Test func nothingPrintsAToken() throws {
    let token = try #require(Token(Self.secret))
    struct Holder { var token: Token }
    var dumped = ""
    dump(Holder(token: token), to: &dumped)
    let texts = [
      dumped, String(describing: token), String(reflecting: token),
      String(describing: Holder(token: token)), String(reflecting: [token]),
      String(describing: Mirror(reflecting: token).children.map(\.value)),
    ]
    #expect(texts.allSatisfy { !$0.contains(Self.secret) && !$0.contains("glpat") })
  }

  @Test(arguments: ["", "  ", "a b", "a\nb", "é", "a\u{0}b"])
  func whatIsNoToken(_ text: String) { #expect(Token(text) == nil) }

  @Test func whiteSpaceAroundIsNoPart() {
    #expect(Token(" \(Self.secret)\r\n")?.secretBytes == Array(Self.secret.utf8))
  }

  /// Characters that are shown as nothing hide no token, as it is, percent-encoded or in base64.
  @Test(arguments: [
    "\u{200B}", "\u{AD}", "\u{2060}", "\u{FEFF}", "\u{FE0F}", "\u{E0041}", "\u{180E}", "\u{7}",
    "\u{7F}",
  ])
  func invisibleCharactersHideNoToken(_ invisible: String) throws {
    let scrubber = TokenScrubber([try #require(Token(Self.secret))])
    let percent = Self.secret.utf8.map { "%" + String($0, radix: 16) }.joined()
    for form in [Self.secret, percent, "Z2xwYXQtWnE3X3g5S2ZXMnZCNG5Ucw=="] {
      let spread = form.map { String($0) }.joined(separator: invisible)
      let half = form.prefix(7) + invisible + invisible + form.dropFirst(7)
      for hidden in [spread, String(half)] {
        let scrubbed = scrubber.scrub("é \(invisible)<\(hidden)> ü")
        #expect(scrubbed == "é \(invisible)<[token]> ü", "\(scrubbed.shownSafely)")
      }
    }
    // White space separates words, and so do characters that are seen.
    let apart = "glpat-Zq7 _x9KfW2vB4nTs, glpat-Zq7é_x9KfW2vB4nTs"
    #expect(scrubber.scrub(apart) == apart)
    #expect(scrubber.finds(in: Array("glpat-Zq7\(invisible)_x9KfW2vB4nTs".utf8)))
  }

  /// Python writes each form; between random texts none of it may be left.
  @Test func everyFormIsScrubbed() async throws {
    let program = """
      import base64, random, string, sys
      from urllib.parse import quote
      random.seed(int(sys.argv[1]))
      letters = string.ascii_letters + string.digits + "-_+/="
      for _ in range(int(sys.argv[2])):
          token = "".join(random.choice(string.ascii_letters + string.digits + "-_.~!$&*+=/:%%25") for _ in range(random.randint(12, 60)))
          def around(): return "".join(random.choice("xyz :;,()") for _ in range(random.randint(0, 9)))
          forms = [token, quote(token, safe=""), "".join("%%%02x" % ord(c) for c in token)]
          for pad in ("", "u", "us", "user:", "oauth2:"):
              for tail in ("", "x", "yz"):
                  raw = (pad + token + tail).encode()
                  forms += [base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode().rstrip("="),
                            quote(base64.b64encode(raw).decode(), safe="")]
          for form in forms:
              print(token, form, "[" + around() + " " + form + " " + around(), sep="\\t")
      """
    let lines = try await mustRun(
      "/usr/bin/python3",
      ["-c", program, "\(FuzzSetting.seed)", "\(FuzzSetting.count(default: 60))"]
    ).split(separator: "\n")
    #expect(lines.count > 1000)
    for line in lines {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let scrubbed = TokenScrubber([try #require(Token(parts[0]))]).scrub(parts[2])
      #expect(scrubbed.contains(TokenScrubber.mark), "\(line)")
      // Not even a third of it is left together.
      let piece = parts[1].prefix(max(6, parts[1].count / 3))
      #expect(!scrubbed.contains(piece), "\(line) → \(scrubbed)")
    }
  }

  /// A forge's answer may be one run of base64 with a token at each of its places: it must not cost
  /// the run again for each.
  @Test func aRunFullOfTokensIsScrubbedOnce() async throws {
    let scrubber = TokenScrubber([try #require(Token(Self.secret))])
    let text = try await mustRun("base64", ["-w0"], input: Self.secret)
      .replacing("=", with: "")
    let run = String(repeating: text, count: 200_000 / text.utf8.count)
    #expect(scrubber.scrub("a \(run) b \(run)!") == "a [token] b [token]!")
  }

  @Test func textsWithoutATokenStay() throws {
    let scrubber = TokenScrubber([try #require(Token(Self.secret))])
    for text in ["", "nothing here", "glpat-", "%67%6C", "Z2xwYXQ", "日本"] {
      #expect(scrubber.scrub(text) == text)
    }
    #expect(TokenScrubber().scrub(Self.secret) == Self.secret)
  }
}
