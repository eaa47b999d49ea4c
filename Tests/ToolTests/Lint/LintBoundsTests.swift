import TestSupport
import Testing
import TinyforgeCore

/// Hostile input: specs that cost time or memory, and paths that are not plain files.
///
/// How long each takes is for `ci/bench`.
@Suite(.ownTime, .hangLimit) struct LintBoundsTests {
  private static let lint = builtTool("lint-spec")

  @Test(arguments: ["text", "json", "sarif", "github", "gitlab", "junit", "rdjson"])
  func hostileSpecs(_ format: String) async throws {
    let scratch = try Scratch()
    try await mustRun(projectFile("Tests/Peers/hostile-specs.py"), [scratch.path])
    let names = try await mustRun("ls", [scratch.path]).split(separator: "\n").map(String.init)
    #expect(names.count > 30)
    let result = try await run(Self.lint, ["--format", format] + names, in: scratch.path)
    #expect(result.status == 1, "\(result.error)")
    #expect(result.output.utf8.count < 4_000_000)
  }

  @Test func hostileSpecsToFix() async throws {
    let scratch = try Scratch()
    try await mustRun(projectFile("Tests/Peers/hostile-specs.py"), [scratch.path])
    for name in try await mustRun("ls", [scratch.path]).split(separator: "\n").map(String.init) {
      let result = try await run(Self.lint, ["--fix", "--quiet", name], in: scratch.path)
      #expect(result.status == 0 || result.status == 1, "\(name): \(result)")
    }
  }

  @Test func manyFindingsOfOneKindAreCounted() async throws {
    let text = "version: 1\n" + (1...1_000).map { "k\($0): 1\n" }.joined()
    let result = try await run(Self.lint, ["-"], input: text)
    #expect(result.status == 1)
    #expect(result.output.split(separator: "\n").count { $0.hasSuffix("[unknown-key]") } == 250)
    #expect(
      result.output.hasSuffix("; 750 more of these are not listed\n"), "\(result.output.suffix(99))"
    )
  }

  @Test func pathsThatAreNoFiles() async throws {
    let scratch = try Scratch()
    try await mustRun("mkfifo", [scratch.file(".tinyforge.yml")])
    try scratch.folder("a")
    try await mustRun("ln", ["-s", "..", scratch.file("a/loop")])
    try scratch.write("a/.tinyforge.yml", "version: 1\ndeploy:\n  port: 1\n")
    let found = try await run(Self.lint, [scratch.path])
    #expect(found.status == 1)
    #expect(
      found.output == """
        \(scratch.file(".tinyforge.yml")): error: the spec's path is a device, FIFO or socket; \
        it is never opened [not-a-file]
           help: put a regular file at this path, or pipe the spec in: COMMAND | lint-spec -

        """)
    let device = try await run(Self.lint, ["/dev/zero"])
    #expect(device.status == 1 && device.output.contains("[not-a-file]"))
  }

  /// Reads are slowed down, so that the file is written to between two looks at it.
  @Test func aFileThatChangesWhileItIsRead() async throws {
    let scratch = try Scratch()
    let file = try scratch.write("a.yml", "version: 1\n")
    let script = """
      while :; do echo 'version: 2' 1<> '\(file)'; done & writer=$!
      strace -qq -o /dev/null -P '\(file)' -e trace=read -e inject=read:delay_enter=100000 \
        '\(Self.lint)' '\(file)'
      status=$?; kill $writer; exit $status
      """
    let result = try await run("bash", ["-c", script])
    #expect(result.status == 2, "\(result)")
    #expect(
      result.error.hasPrefix(
        """
        error: \(file) changes while it is read
        help: run again when its writer is done

        """),
      "\(result)")
  }
}
