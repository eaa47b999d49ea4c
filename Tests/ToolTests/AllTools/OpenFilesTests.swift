import TestSupport
import Testing

/// What the tools do where a process may open few files.
@Suite(.ownTime, .hangLimit) struct OpenFilesTests {
  private static let places = [[], ["."], [".tinyforge.yml"], ["--staged"], ["--rev", "HEAD"]]

  /// A bad spec is found, or the run fails in words that are true; it never passes.
  @Test(arguments: [4, 5, 6, 7, 8, 10, 12, 16])
  func aSpecNeverPasses(_ limit: Int) async throws {
    let scratch = try Scratch()
    let root = try scratch.folder("w")
    try await git("init", "-q", in: root)
    try await git("commit", "-q", "--allow-empty", "-m", "x", in: root)
    for name in [".tinyforge.yml", "a/.tinyforge.yml"] {
      try scratch.write("w/\(name)", "version: 1\ndeploy:\n  prot: 1\n")
    }
    try scratch.write("w/.gitignore", "x\n")
    try await git("add", "-A", in: root)
    try await git("commit", "-qm", "x", in: root)
    try scratch.write("w/a/.tinyforge.yml", "version: 1\ndeploy:\n  prt: 1\n")
    try await git("add", "-A", in: root)
    for place in Self.places {
      let script = "ulimit -n \(limit); exec \"$0\" \"$@\""
      let result = try await run(
        "sh", ["-c", script, builtTool("lint-spec")] + place, in: root)
      #expect(result.status != 0, "\(place) \(result)")
      for word in ["ermission", "run as", "does not exist", "there is no", "safe.directory"] {
        #expect(!result.error.contains(word), "\(place) \(result)")
      }
    }
  }
}
