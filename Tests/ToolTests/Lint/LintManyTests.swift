import TestSupport
import Testing
import TinyforgeCore

/// Many files in one run, which all processors share.
@Suite(.ownTime, .hangLimit) struct LintManyTests {
  private static let lint = builtTool("lint-spec")

  /// Specs of every kind: good, with a warning, broken, no file at all, gone.
  private static func paths(in scratch: Scratch) async throws -> [String] {
    var paths: [String] = []
    for index in 0..<300 {
      let name = "s\(index).yml"
      paths.append(name)
      switch index % 7 {
      case 0: try scratch.write(name, "version: 1\ndeploy:\n  prot: \(index)\n")
      case 1: try scratch.write(name, "version: 1\ndeploy:\n  port: 0\(index)\n")
      case 2: try scratch.write(name, "version: 1\ndeploy: [\(index)")
      case 3 where index < 20: try scratch.folder(name)
      case 4 where index < 20: try await mkfifo(scratch.file(name))
      case 5 where index > 250: break
      default: try scratch.write(name, "version: 1\ndeploy:\n  port: \(index + 1)\n")
      }
    }
    return paths
  }

  private static func mkfifo(_ path: String) async throws { try await mustRun("mkfifo", [path]) }

  @Test(arguments: ["text", "json", "sarif", "github", "gitlab", "junit", "rdjson"])
  func isTheSameOnAnyNumberOfProcessors(_ format: String) async throws {
    let scratch = try Scratch()
    let arguments = ["--format", format] + (try await Self.paths(in: scratch))
    let alone = try await run("taskset", ["-c", "0", Self.lint] + arguments, in: scratch.path)
    #expect(alone.status == 2 && alone.error.contains("s257.yml does not exist"))
    for _ in 0..<3 {
      #expect(try await run(Self.lint, arguments, in: scratch.path) == alone)
    }
  }

  /// Together they are reported as each by itself is, in the order in which they were named.
  @Test func isTheSameAsOneByOne() async throws {
    let scratch = try Scratch()
    let paths = try await Self.paths(in: scratch)
    let together = try await run(Self.lint, paths, in: scratch.path)
    // A run of a few is not shared.
    var apart = (output: "", error: "")
    for start in stride(from: 0, to: paths.count, by: 10) {
      let few = paths[start..<start + 10]
      let result = try await run(Self.lint, Array(few), in: scratch.path)
      apart.output += result.output
      apart.error += Self.withoutSummary(result.error)
    }
    #expect(together.status == 2 && together.output == apart.output)
    #expect(Self.withoutSummary(together.error) == apart.error)
  }

  private static func withoutSummary(_ text: String) -> String {
    let lines = text.split(separator: "\n").filter {
      $0.hasPrefix("error:") || $0.hasPrefix("help:")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  @Test func aFileThatIsNamedTwiceIsToldOnce() async throws {
    let scratch = try Scratch()
    try scratch.write(".tinyforge.yml", "version: 2\n")
    let result = try await run(Self.lint, ["./.tinyforge.yml", ".", "."], in: scratch.path)
    #expect(result.status == 1 && result.error == "1 error in 1 file\n", "\(result)")
  }

  @Test func aPathThatIsNotUTF8IsRead() async throws {
    let scratch = try Scratch()
    try await mustRun("bash", ["-c", "echo 'version: 1' >$'inv\\xff.yml'"], in: scratch.path)
    let result = try await run("bash", ["-c", "'\(Self.lint)' inv*.yml"], in: scratch.path)
    #expect(result.status == 0 && result.output.contains("inv\\xFF.yml:1:1: info"), "\(result)")
  }
}
