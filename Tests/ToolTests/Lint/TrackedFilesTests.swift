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

  /// Indexes of all forms that git writes; a folder outside of the sparse checkout is there all the same.
  @Test(arguments: [
    ("git init -q", "git update-index --split-index; git add -f b/.tinyforge.yml"),
    ("git init -q", "git update-index --index-version 4"),
    (
      "git init -q",
      "git sparse-checkout init --cone --sparse-index; git sparse-checkout set a; mkdir -p b; "
        + "echo 'prot: 1' >b/.tinyforge.yml"
    ),
    ("git init -q --object-format=sha256", ":"),
    ("git init -q --object-format=sha256", "git update-index --split-index"),
  ])
  func indexesOfAllForms(_ start: String, _ form: String) async throws {
    let scratch = try Scratch()
    let script = #"""
      set -e; mkdir w; cd w; START
      git config user.name a; git config user.email a@b; git config splitIndex.maxPercentChange 100
      mkdir -p a b; printf '.*\n' >.gitignore
      for d in a b; do printf 'version: 1\nprot: 1\n' >$d/.tinyforge.yml; done
      git add -f a .gitignore; git add -f b; git commit -qm x; FORM
      """#
      .replacing("START", with: start).replacing("FORM", with: form)
    try await mustRun("sh", ["-c", script], in: scratch.path)
    let result = try await run(Self.lint, [], in: scratch.file("w"))
    #expect(result.status == 1 && result.error == "2 errors in 2 files\n", "\(result)")
  }

  /// Of SHA-256 no folder of a sparse index can be read: whether what is there is tracked is not known.
  @Test func aSparseIndexOfSHA256IsRefusedWhereItMatters() async throws {
    let scratch = try Scratch()
    let script = #"""
      set -e; git init -q --object-format=sha256 w; cd w
      git config user.name a; git config user.email a@b; mkdir -p a b; printf '.*\n' >.gitignore
      for d in a b; do printf 'version: 1\ndeploy:\n  port: 1\n' >$d/.tinyforge.yml; done
      git add -f a b .gitignore; git commit -qm x
      git sparse-checkout init --cone --sparse-index; git sparse-checkout set a
      """#
    try await mustRun("sh", ["-c", script], in: scratch.path)
    let path = scratch.file("w")
    #expect(try await run(Self.lint, [], in: path).status == 0)
    try await mustRun("sh", ["-c", "mkdir b; echo 'prot: 1' >b/.tinyforge.yml"], in: path)
    let refused = try await run(Self.lint, [], in: path)
    #expect(refused.status == 2 && refused.error.contains("is sparse"), "\(refused)")
    let help = refused.error.split(separator: "\n").first { $0.hasPrefix("help: ") }
    try await mustRun("sh", ["-c", String(try #require(help).dropFirst(6))], in: path)
    #expect(try await run(Self.lint, [], in: path).status == 1)
  }

  /// What another user may not read says nothing of what is tracked.
  @Test func aClosedIndexIsRefused() async throws {
    let user = ["--reuid=65534", "--clear-groups", Self.lint, root]
    try await mustRun("chmod", ["755", scratch.path])
    #expect(try await run("setpriv", user).status == 1)
    try await mustRun("chmod", ["600", "\(root)/.git/index"])
    let refused = try await run("setpriv", user)
    #expect(refused.status == 2, "\(refused)")
    #expect(
      refused.error.hasPrefix(
        """
        error: cannot read \(root)/.git/index: permission denied
        help: run as its owner (uid 0)

        """), "\(refused)")
  }

  /// Each clone has an index of its own; what is in no index is nobody's.
  @Test func aCloneWithinHasItsOwnIndex() async throws {
    try await git("init", "-q", "inner", in: root)
    try scratch.write("r/inner/.gitignore", "*\n")
    for name in ["a", "b"] { try scratch.write("r/inner/\(name)/.tinyforge.yml", Self.bad) }
    try await git("-C", "inner", "add", "-f", "a", in: root)
    #expect(try await found("inner") == ["inner/a/.tinyforge.yml"])
    #expect(try await found(".").contains("inner/a/.tinyforge.yml"))
    for (damage, status) in [("printf x >.git/index", 2), ("rm .git/index", 0)] {
      try await mustRun("sh", ["-c", damage], in: "\(root)/inner")
      #expect(try await found("inner").isEmpty)
      let result = try await run(Self.lint, ["inner"], in: root)
      // What is tracked is not known, so nothing is said to be well.
      #expect(result.status == status, "\(result)")
      #expect(result.error.contains("cannot read the index") == (status == 2), "\(result)")
    }
  }
}
