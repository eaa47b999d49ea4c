import TestSupport
import Testing
import TinyforgeCore

/// The forms that a forge reads: files by their paths from the repository's root, places that exist.
@Suite(.ownTime, .hangLimit) struct LintForgeFormsTests {
  private static let lint = builtTool("lint-spec")
  private static let bad = "version: 1\ndeploy:\n  prot: 8080\n"

  /// Where the tool is started, and how the file is named there.
  private static let ways = [
    ("a/b", "."), ("a", "b/.tinyforge.yml"), (".", "./a//b/.tinyforge.yml"),
    ("a/b", "../b/.tinyforge.yml"),
    (".", "ROOT/a/b/.tinyforge.yml"), ("a/b", "../../a"), ("a/b", ".tinyforge.yml"),
  ]

  @Test(arguments: ["github", "gitlab", "sarif"], ways)
  func namesFilesFromTheRoot(_ form: String, _ way: (String, String)) async throws {
    let scratch = try Scratch()
    try await git("init", "-q", in: scratch.path)
    try scratch.write("a/b/.tinyforge.yml", Self.bad)
    let name = way.1.replacing("ROOT", with: scratch.path)
    let result = try await run(
      Self.lint, ["--format", form, name], in: scratch.path + "/" + way.0)
    let marks = [
      "github": "file=a/b/.tinyforge.yml,", "gitlab": "\"path\": \"a/b/.tinyforge.yml\"",
      "sarif": "\"uri\": \"a/b/.tinyforge.yml\"",
    ]
    #expect(result.status == 1 && result.output.contains(marks[form] ?? "?"), "\(result.output)")
  }

  /// Other forms keep the path as it was given.
  @Test(arguments: ["text", "json", "junit", "rdjson"])
  func keepsPathsElsewhere(_ form: String) async throws {
    let scratch = try Scratch()
    try await git("init", "-q", in: scratch.path)
    try scratch.write("a/b/.tinyforge.yml", Self.bad)
    let result = try await run(Self.lint, ["--format", form, "./b//"], in: scratch.path + "/a")
    #expect(result.output.contains("b/.tinyforge.yml") && !result.output.contains("a/b/"))
    #expect(!result.output.contains("./b") && !result.output.contains("b//"))
  }

  @Test(arguments: [
    ("version: 1\ndeploy:\n  port: 80\n  healthcheck /x\n", 4),
    ("version: 1\ndeploy: {port: 80\n", 2),
    ("version: 1\ndeploy:\n  healthcheck: \"/x\n  port: 80\n", 3),

    ("version: 1\ndeploy:\n  healthcheck: '/x\n\n", 3),
    ("version: 1\ndeploy:\n  port: [80,\n\n\n\n", 3), ("version: 1\ndeploy: {port: [80,\n\n", 2),
    ("version: 1\ndeploy:\n  port: {a:\n\n# b\n", 3), ("version: 1\ndeploy:\n  port: [\n\n", 3),
    ("version: 1\ndeploy:\n  port: 80\n bad: 1\n", 4),
  ])
  func pointsToWhereAFaultBegins(_ text: String, _ line: Int) async throws {
    for form in ["github", "gitlab", "sarif", "rdjson", "json", "text"] {
      let result = try await run(Self.lint, ["--format", form, "-"], input: text)
      let marks = [
        "github": ",line=\(line),", "gitlab": "\"begin\": \(line),",
        "sarif": "\"startLine\": \(line),",
        "rdjson": "\"line\": \(line),", "json": "\"line\": \(line),", "text": "-:\(line):",
      ]
      #expect(
        result.status == 1 && result.output.contains(marks[form] ?? "?"), "\(form) \(result.output)"
      )
      let beyond = text.split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(
        !result.output.contains("ine\": \(beyond),") && !result.output.contains("ine=\(beyond),"))
    }
  }

  @Test func everyResultOfSARIFHasARegion() async throws {
    let scratch = try Scratch()
    try scratch.write("a/.tinyforge.yml", Self.bad)
    try scratch.write("empty.yml", "")
    try scratch.write("big.yml", String(repeating: "#", count: 70_000))
    try await mustRun("ln", ["-s", "a/.tinyforge.yml", "link.yml"], in: scratch.path)
    let result = try await run(
      Self.lint, ["--format", "sarif", "a", "empty.yml", "big.yml", "link.yml"], in: scratch.path)
    let places = result.output.split(separator: "\"physicalLocation\"").count - 1
    let regions = result.output.split(separator: "\"region\"").count - 1
    #expect(places >= 4 && places == regions, "\(result.output)")
  }
}
