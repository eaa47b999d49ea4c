import TestSupport
import Testing

/// Specs that git tracks although a rule ignores them.
@Suite(.ownTime, .hangLimit) struct TrackedFilesTests {
  private static let lint = builtTool("lint-spec")
  private static let bad = "version: 1\ndeploy:\n  prot: 8080\n"

  private let scratch: Scratch
  private let root: String

  init() async throws {
    scratch = try Scratch()
    root = try scratch.folder("r")
    try await git("init", "-q", in: root)
    try scratch.write("r/.gitignore", ".*\nbuild/\n")
    for name in [
      ".tinyforge.yml", "app/.tinyforge.yml", "app/build/.tinyforge.yml", "gone/.tinyforge.yml",
      "linked/.tinyforge.yml",
    ] {
      try scratch.write("r/\(name)", Self.bad)
      try await git("add", "-f", name, in: root)
    }
    try await mustRun(
      "sh", ["-c", "rm -r gone && mv linked app/x && ln -s app/x linked"], in: root)
    try scratch.write("r/new/.tinyforge.yml", Self.bad)
    try scratch.write("r/build/.tinyforge.yml", Self.bad)
  }

  /// The paths that a run finds something in.
  private func found(_ arguments: String..., in folder: String = "") async throws -> [String] {
    let result = try await run(Self.lint, arguments, in: "\(root)/\(folder)")
    return result.output.split(separator: "\n").filter { $0.contains(": error") }.map {
      String($0.prefix { $0 != ":" })
    }
  }

  @Test func aTrackedSpecIsChecked() async throws {
    let all = [".tinyforge.yml", "app/.tinyforge.yml", "app/build/.tinyforge.yml"]
    #expect(try await found() == all)
    #expect(try await found(in: "app") == all)
    #expect(try await found(".") == all)
    #expect(try await found("app") == Array(all.dropFirst()))
    #expect(try await found("build", in: "app") == ["build/.tinyforge.yml"])
    let above = try await found("../app", in: "new")
    #expect(above == all.dropFirst().map { "../\($0)" })
    #expect(try await found(root) == all.map { "\(root)/\($0)" })
    #expect(try await found("--path", "**/build/*.yml") == ["app/build/.tinyforge.yml"])
  }

  /// Each clone has an index of its own; what is in no index is nobody's.
  @Test func aCloneWithinHasItsOwnIndex() async throws {
    try await git("init", "-q", "inner", in: root)
    try scratch.write("r/inner/.gitignore", "*\n")
    for name in ["a", "b"] { try scratch.write("r/inner/\(name)/.tinyforge.yml", Self.bad) }
    try await git("-C", "inner", "add", "-f", "a", in: root)
    #expect(try await found("inner") == ["inner/a/.tinyforge.yml"])
    #expect(try await found(".").contains("inner/a/.tinyforge.yml"))
    for damage in ["printf x >.git/index", "rm .git/index"] {
      try await mustRun("sh", ["-c", damage], in: "\(root)/inner")
      #expect(try await found("inner").isEmpty)
    }
  }
}
