import ProviderHTTP
import TestSupport
import Testing
import TinyforgeCore

@Suite struct SealedTokenTests {
  /// Go's library wrote it, as the server's does.
  @Test func opensWhatGoEncrypted() async throws {
    let scratch = try Scratch()
    let folder = projectFile("Tests/Peers/seal-token")
    try await mustRun(
      "go", ["build", "-o", scratch.file("seal"), "main.go"], in: folder,
      environment: ["GO111MODULE": "off", "GOCACHE": scratch.file("cache"), "GOFLAGS": ""])
    for secret in ["glpat-abc_DEF-123", "x", String(repeating: "t", count: 500)] {
      let forms = try await mustRun(scratch.file("seal"), ["key of the server", secret])
        .split(separator: "\n").map(String.init)
      #expect(forms.count == 3)
      for form in forms {
        let opened = EncryptionKey(passphrase: "key of the server").open(form)
        #expect(opened?.secretBytes == Array(secret.utf8))
        #expect(EncryptionKey(passphrase: "another key").open(form) == nil)
        #expect(
          EncryptionKey(passphrase: "key of the server").open(String(form.dropLast(4))) == nil)
      }
    }
  }

  @Test(arguments: ["", "00", "glpat-plain-text", "zz", "é", "AAAA", "===="])
  func whatIsNotEncryptedOpensToNothing(_ text: String) {
    #expect(EncryptionKey(passphrase: "key").open(text) == nil)
  }

  @Test(arguments: [
    ("T1", 1), ("  T1\n", 1), ("# mine\nhttps://git.example T1\ngithub.com T2\n", 2), ("", 0),
    ("# mine\r\nhttps://git.example T1\r\ngithub.com T2\r\n", 2), ("\u{FEFF}T1\r\n", 1),
    ("  # mine\n\tT1", 1), ("#\u{301} mine\nT1", 1),
  ])
  func tokenFiles(_ text: String, _ count: Int) throws {
    #expect(try TokenBook.entries(in: text, named: "the token file").count == count)
  }

  @Test(arguments: ["T1\nT2", "https://a T1 extra", "ftp://a T1", "T\u{1}1", "a b T1"])
  func badTokenFiles(_ text: String) {
    let fault = #expect(throws: HTTPFault.self) {
      try TokenBook.entries(in: text, named: "the token file")
    }
    #expect(fault?.message.contains("T1") == false)
  }
}
