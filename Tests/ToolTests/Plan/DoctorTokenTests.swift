import TestSupport
import Testing

/// What `plan doctor` says of tokens that were written down.
@Suite(.ownTime, .hangLimit) struct DoctorTokenTests {
  /// A token that cannot be used is reported, and all that needs no token is examined.
  @Test(arguments: ["one two three", "", "https://git.example.org a\u{7}b"])
  func aMalformedTokenIsReported(_ token: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try world.scratch.write("token", token)
    let path = world.scratch.file("token")
    try await mustRun("chmod", ["600", path])
    for (words, variables) in [
      ([], ["TINYFORGE_TOKEN": token + " "]), (["--token-file", path], [:]),
    ] as [([String], [String: String])] {
      let base = ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors]
      let result = try await run(
        builtTool("plan"), ["doctor", "--format", "json", "--fetch", "local"] + words,
        environment: base.merging(variables) { $1 })
      try await expectSchema("doctor", result.output)
      let findings = try DoctorTests.findings(result).filter { $0.line.hasPrefix("tokens ") }
      // An empty file holds no token, and is not a fault.
      #expect(findings.count == (token.isEmpty && !words.isEmpty ? 0 : 1), "\(result)")
      #expect(!result.output.contains("not inspected") && !result.output.contains("a\u{7}b"))
      #expect(result.status == (findings.isEmpty ? 0 : 1), "\(result)")
      for finding in findings {
        #expect(finding.command == (words.isEmpty ? "unset TINYFORGE_TOKEN" : "ls -l \(path)"))
      }
    }
  }
}
