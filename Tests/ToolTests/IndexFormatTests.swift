import TestSupport
import Testing
import TinyforgeCore

/// Indexes of forms that git writes on request.
struct IndexFormatTests {
  private static let bad = "version: 1\ndeploy:\n  prot: 8080\n"

  private static func said(_ result: CommandResult) -> String { result.output + result.error }

  /// The command of the refusal, run as it is, and three more commits.
  @Test(arguments: ["core.splitIndex", "sparse"])
  func remediesWork(_ setting: String) async throws {
    let project = try await MonorepoProject()
    try project.write("a/x", "")
    try project.write("b/x", "")
    try await git("add", "-A", in: project.path)
    try await git("commit", "-qnm", "x", in: project.path)
    if setting == "sparse" {
      try await git("sparse-checkout", "init", "--cone", "--sparse-index", in: project.path)
      try await git("sparse-checkout", "set", "a", in: project.path)
    } else {
      try await git("config", setting, "true", in: project.path)
    }
    var refusals = 0
    for number in 0..<5 {
      try project.write("a/\(number)", "\(number)")
      try await git("add", "a", in: project.path)
      let result = try await run("git", ["commit", "-qm", "x"], in: project.path)
      guard result.status != 0 else { continue }
      refusals += 1
      let help = Self.said(result).split(separator: "\n").first { $0.hasPrefix("help: ") }
      try await mustRun("sh", ["-c", String(try #require(help).dropFirst(6))], in: project.path)
    }
    #expect(refusals == 1)
  }
}
