import Forges
import Glibc
import TestSupport
import Testing
import TinyforgeCore

@Suite(.ownTime, .hangLimit) struct ServerTextTests {
  static let secret = "s3cr3t-token-value"

  private static func scrubber() throws -> TokenScrubber {
    TokenScrubber([try #require(Token(secret))])
  }

  /// No way of printing a value in Swift shows what a server sent.
  @Test func nothingPrintsAServersText() throws {
    struct Holder {
      var text: ServerText?
      var json: ServerJSON?
    }
    let text = ServerText(#"{"message":"\#(Self.secret)"}"#)
    let json = try #require(ServerJSON(text))
    let holder = Holder(text: json["message"]?.text, json: json)
    var dumped = ""
    dump(holder, to: &dumped)
    let texts = [
      dumped, String(describing: text), String(reflecting: text), String(describing: json),
      String(describing: holder), String(reflecting: [holder]), "\(holder)",
      String(describing: Mirror(reflecting: text).children.map(\.value)),
      String(describing: Mirror(reflecting: json).children.map(\.value)),
    ]
    #expect(texts.allSatisfy { !$0.contains("s3cr3t") && !$0.contains("message\":") }, "\(texts)")
  }

  /// With the settings of this package, a text that such a value is put into does not compile.
  @Test(arguments: [
    ("text.isEmpty", true), ("text", false), ("json", false), ("token", false),
    ("json?.text", false),
  ])
  func noTextTakesIt(_ value: String, _ isTaken: Bool) async throws {
    let scratch = try Scratch()
    let source = try scratch.write(
      "main.swift",
      """
      import TinyforgeCore
      let text = ServerText("x")
      let json: ServerJSON? = ServerJSON.null["x"]
      let token = Token("x")
      let shown = "\\(\(value))"
      """)
    // The package manager names a package after its folder.
    let folder = projectFile("").split(separator: "/").last ?? ""
    let package = folder.lowercased().map { $0.isLetter || $0.isNumber ? String($0) : "_" }
    let result = try await run(
      "swiftc",
      [
        "-typecheck", "-warnings-as-errors", "-package-name", package.joined(), "-I",
        builtTool("Modules"), source,
      ],
      // The compiler keeps a cache at home.
      environment: [
        "PATH": getenv("PATH").map { String(cString: $0) } ?? "", "HOME": scratch.path,
      ])
    #expect((result.status == 0) == isTaken, "\(result.error)")
    #expect(result.error.contains("must not become part of a text") != isTaken, "\(result.error)")
  }

  @Test func theScrubberShowsIt() throws {
    let scrubber = try Self.scrubber()
    #expect(scrubber.shown(ServerText("no \(Self.secret)\n"), atMost: 99) == #"no [token]\n"#)
    // Shortened after the search: the beginning of a token is not left.
    #expect(scrubber.shown(ServerText("no \(Self.secret)"), atMost: 6) == "no [to…")
    #expect(scrubber.clean(ServerText("no \(Self.secret)")) == nil)
    #expect(scrubber.cleanText(ServerText("nothing")) == "nothing")
  }

  /// A spec may write the token so that only its reader sees it.
  @Test(arguments: [
    "version: 1 # s3cr3t-token-value\n",
    "version: 1\ndeploy: {healthcheck: \"/\\x73\\u0033cr3t-token-value\"}\n",
    "version: 1\ndeploy: {healthcheck: !!binary L3MzY3IzdC10b2tlbi12YWx1ZQ==}\n",
    "version: 1\n\"s3cr3t\\x2dtoken-value\": 1\n",
    "version: 1\ndeploy: {port: \"s3cr3t-\\x74oken-value\"}\n",
  ])
  func specsThatWouldShowIt(_ spec: String) throws {
    #expect(try Self.scrubber().finds(inSpec: Array(spec.utf8)))
  }

  @Test func specsInUTF16AreSearched() throws {
    let spec = "version: 1 # s3cr3t-token-value\n"
    let bytes: [UInt8] = [0xFF, 0xFE] + spec.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try Self.scrubber().finds(inSpec: bytes))
    #expect(try !Self.scrubber().finds(inSpec: Array("version: 1\n".utf8)))
  }

  static let refusals: [(body: String, words: String)] = [
    (#"{"message":"a"}"#, "a"), (#"{"error":"b"}"#, "b"),
    (#"{"error_description":"c","error":"d"}"#, "c"),
    (
      #"{"message":"Validation Failed","errors":[{"message":"body is too long"},"or so"]}"#,
      "Validation Failed; body is too long; or so"
    ),
    (#"{"message":{"note":["can't be blank","too long"]}}"#, "can't be blank; too long"),
    (#"{"message":"","error":"e"}"#, "e"), (#"{"errors":[{"code":"x"}]}"#, "x"),
    (#"{"message":"m","errors":[{"message":"s3cr3t-token-value"}]}"#, "m; [token]"),
    ("[]", ""), ("<html>", ""), (#"{"message":7}"#, ""),
  ]

  @Test(arguments: refusals)
  func wordsOfARefusal(_ body: String, _ words: String) throws {
    let shown = RefusalWords(ServerJSON(ServerText(body))).shown(try Self.scrubber(), atMost: 99)
    #expect(shown == words)
  }
}
