import TestSupport
import Testing
import TinyforgeCore

/// Indexes of forms that git writes on request.
@Suite(.ownTime, .hangLimit) struct IndexFormatTests {
  private static let bad = "version: 1\ndeploy:\n  prot: 8080\n"

  private static func said(_ result: CommandResult) -> String { result.output + result.error }

  /// A split and a sparse index are read: good specs are committed, bad ones are not, wherever they are.
  @Test(arguments: ["split", "sparse"])
  func isReadAsGitReadsIt(_ form: String) async throws {
    let project = try await MonorepoProject()
    try project.write("a/x", "")
    try project.write("b/c/x", "")
    #expect(try await project.commit().status == 0)
    if form == "sparse" {
      try await git("sparse-checkout", "init", "--cone", "--sparse-index", in: project.path)
      try await git("sparse-checkout", "set", "a", in: project.path)
    } else {
      try await git("config", "core.splitIndex", "true", in: project.path)
      try await git("config", "splitIndex.maxPercentChange", "100", in: project.path)
      try await git("update-index", "--split-index", in: project.path)
    }
    for number in 1...3 {
      try project.write("a/.tinyforge.yml", "version: 1\ndeploy:\n  port: \(number)\n")
      try await git("add", "a", in: project.path)
      let done = try await run("git", ["commit", "-qm", "x"], in: project.path)
      #expect(done.status == 0 && Self.said(done).isEmpty, "\(done)")
    }
    let isForm = form == "sparse" ? "git ls-files --sparse | grep -qx b/" : "ls .git/sharedindex.*"
    try await mustRun("sh", ["-c", isForm], in: project.path)
    // Outside of the cone the folder of the sparse index is gone for this one commit.
    for path in ["a/.tinyforge.yml", "b/c/.tinyforge.yml"] {
      let stage = "git update-index --add --cacheinfo 100644,$(git hash-object -w --stdin),\(path)"
      try await mustRun("sh", ["-c", stage], in: project.path, input: Self.bad)
      let refused = try await run("git", ["commit", "-qm", "x"], in: project.path)
      #expect(refused.status == 1 && Self.said(refused).contains("\(path):3:3"), "\(refused)")
      try await git("reset", "-q", "--", path, in: project.path)
    }
  }

  /// Another commit's folder in the sparse index, with a bad spec in it, as after `git reset --soft`.
  @Test func aFolderOfASparseIndexIsComparedWithTheLastCommit() async throws {
    let project = try await MonorepoProject()
    try project.write("a/x", "")
    try project.write("b/x", "")
    #expect(try await project.commit().status == 0)
    try project.write("b/c/.tinyforge.yml", Self.bad)
    #expect(try await project.commit("--no-verify").status == 0)
    try await git("sparse-checkout", "init", "--cone", "--sparse-index", in: project.path)
    try await git("sparse-checkout", "set", "a", in: project.path)
    #expect(try await project.run("--staged").status == 0)
    try await git("reset", "-q", "--soft", "HEAD~1", in: project.path)
    try await mustRun("sh", ["-c", "git ls-files --sparse | grep -qx b/"], in: project.path)
    let staged = try await project.run("--staged")
    #expect(staged.status == 1 && staged.output.hasPrefix("b/c/.tinyforge.yml:3:3"), "\(staged)")
    let required = try await project.run("--staged", "--require", "--path", "b/c/.tinyforge.yml")
    #expect(required.status == 1 && required.output.hasPrefix("b/c/.tinyforge.yml:3:3"))
  }

  /// The command of the refusal, run as it is, and three more commits.
  @Test(arguments: ["gone", "damaged", "another"])
  func theRemedyForASharedIndexWorks(_ fault: String) async throws {
    let project = try await MonorepoProject()
    try project.write("a/x", "")
    #expect(try await project.commit().status == 0)
    try await git("update-index", "--split-index", in: project.path)
    let damage = [
      "gone": "rm .git/sharedindex.*",
      "damaged": "for f in .git/sharedindex.*; do echo x >$f; done",
      "another": "for f in .git/sharedindex.*; do printf x >>$f; done",
    ]
    try await mustRun("sh", ["-c", damage[fault] ?? ""], in: project.path)
    let refused = try await project.run("--staged")
    #expect(refused.status == 2 && refused.error.contains("it is split"), "\(refused)")
    let help = refused.error.split(separator: "\n").first { $0.hasPrefix("help: ") }
    try await mustRun("sh", ["-c", String(try #require(help).dropFirst(6))], in: project.path)
    for number in 1...3 {
      try project.write("a/\(number)", "")
      #expect(try await project.commit().status == 0)
    }
  }

  /// Nothing makes libgit2 read such a repository; the command lets the hook check the work tree.
  @Test func theRemedyForSHA256Works() async throws {
    let scratch = try Scratch()
    let script = """
      git init -q --object-format=sha256 w; cd w; git config user.name a; git config user.email a@b
      for name in pre-commit pre-merge-commit; do
        cp "$HOOKS/$name" .git/hooks/; chmod +x .git/hooks/$name
      done
      for n in 1 2 3 4; do
        printf 'version: 1\ndeploy:\n  port: %s\n' $n >.tinyforge.yml; git add -A
        if git commit -qm $n 2>../log; then echo done; continue; fi
        echo refused; eval "$(sed -n 's/^help: //p' ../log)"
      done
      printf 'version: 1\ndeploy:\n  prot: 1\n' >.tinyforge.yml; git add -A
      git commit -qm bad 2>&1 | grep -c 'unknown key'
      $(lint-spec --staged 2>&1 | sed -n 's/^help: //p') | grep -c 'unknown key'
      lint-spec --install-hook
      """
    let folder = builtTool("lint-spec").splitAtScalar("/").dropLast().joined(separator: "/")
    let path = "\(folder):/usr/local/bin:/usr/bin:/bin"
    let result = try await run(
      "sh", ["-c", script], in: scratch.path,
      environment: ["HOOKS": projectFile("hooks"), "PATH": path])
    #expect(result.output == "refused\ndone\ndone\ndone\n1\n1\n", "\(result)")
    #expect(result.error.contains("lint-spec --only-findings || exit"), "\(result)")
  }
}
