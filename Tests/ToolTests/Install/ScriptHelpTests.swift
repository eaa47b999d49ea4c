import TestSupport
import Testing

/// The scripts of `ci`: each prints what it is for, and does nothing else, when it is asked for help.
@Suite(.ownTime, .hangLimit) struct ScriptHelpTests {
  @Test func everyScriptHasHelp() async throws {
    let names = try await mustRun(
      "find", [projectFile("ci"), "-maxdepth", "1", "-type", "f", "-executable"]
    ).split(separator: "\n").map(String.init)
    #expect(names.count > 12)
    for name in names {
      for option in ["-h", "--help"] {
        // Without the tools that a script would start, all but its help would fail.
        let result = try await run(name, [option], environment: ["PATH": "/usr/bin:/bin"])
        #expect(result.status == 0 && result.error.isEmpty, "\(name) \(option): \(result)")
        #expect(
          result.output.count > 40 && !result.output.contains("set -eu"), "\(name): \(result)")
      }
    }
  }

  @Test(arguments: ["install", "package", "check-packages", "check-image"])
  func unknownOptionsDoNothing(_ script: String) async throws {
    let result = try await run(
      projectFile("ci/\(script)"), ["--unknown"], environment: ["PATH": "/usr/bin:/bin"])
    #expect(result.status == 2 && result.error.contains("--help shows the usage"), "\(result)")
  }
}
