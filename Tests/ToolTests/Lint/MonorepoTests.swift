import TestSupport
import Testing
import TinyforgeCore

/// Repositories with specs in many folders: what a commit, a push and a plain run check.
@Suite(.ownTime, .hangLimit) struct MonorepoTests {
  private static let lint = builtTool("lint-spec")
  private static let good = "version: 1\ndeploy:\n  port: 8080\n"
  private static let bad = "version: 1\ndeploy:\n  prot: 8080\n"

  private static func said(_ result: CommandResult) -> String { result.output + result.error }

  @Test func whatChangesIsChecked() async throws {
    let project = try await MonorepoProject()
    try project.write("services/api/.tinyforge.yml", Self.bad)
    let first = try await project.commit()
    #expect(first.status == 1 && Self.said(first).contains("services/api/.tinyforge.yml:3:3"))
    #expect(try await project.commit("--no-verify").status == 0)
    let refused = try await project.push("main")
    #expect(refused.status == 1 && refused.error.contains("services/api/.tinyforge.yml:3:3"))
    // It is history by now: only what changes counts, and an amended commit changes nothing.
    try project.write("README", "x")
    #expect(try await project.commit().status == 0)
    #expect(try await project.commit("--amend").status == 0)
    try await git("mv", "services/api", "services/moved", in: project.path)
    #expect(try await project.commit().status == 1, "renamed: a spec of that path is new")
    try await mustRun("rm", ["-r", "services"], in: project.path)
    #expect(try await project.commit().status == 0, "a deletion holds no spec")
    #expect(try await project.push("main").status == 0)
  }

  @Test func kindsOfEntries() async throws {
    let project = try await MonorepoProject()
    try project.write("a/.tinyforge.yml", Self.good)
    try project.write("b/x", "")
    #expect(try await project.commit().status == 0)
    try await mustRun("ln", ["-sf", "../b/x", "a/.tinyforge.yml"], in: project.path)
    #expect(try await project.commit().status == 1, "a link in the place of a file")
    try await mustRun("rm", ["a/.tinyforge.yml"], in: project.path)
    try project.write("a/.tinyforge.yml", Self.good)
    try await mustRun("chmod", ["+x", "a/.tinyforge.yml"], in: project.path)
    #expect(try await project.commit().status == 0, "an executable file is the same spec")
    let head = try await git("rev-parse", "HEAD", in: project.path)
    try await git(
      "update-index", "--add", "--cacheinfo", "160000,\(head),b/.tinyforge.yml", in: project.path)
    #expect(try await project.run("--staged").status == 1, "a submodule in the place of a file")
    try await git("rm", "-q", "--cached", "b/.tinyforge.yml", in: project.path)
    for name in ["c/tinyforge.yml", "c/.tinyforge.yaml"] {
      try project.write(name, Self.good)
      let misnamed = try await project.commit()
      #expect(misnamed.status == 1 && Self.said(misnamed).contains("[file-name]"), "\(misnamed)")
      try await mustRun("rm", [name], in: project.path)
      try await git("rm", "-q", "--cached", name, in: project.path)
    }
    try project.write(".github/workflows/tinyforge.yml", "on: push\n")
    #expect(try await project.commit().status == 0, "a workflow is no spec")
  }

  /// Two good branches, one merge without a conflict, a key twice.
  @Test func aCleanMergeIsChecked() async throws {
    let project = try await MonorepoProject()
    try await mustRun(Self.lint, ["--install-hook", "pre-merge-commit"], in: project.path)
    let lines = (0..<12).map { "# \($0)\n" }.joined()
    try project.write("a/.tinyforge.yml", "version: 1\ndeploy:\n\(lines)  healthcheck: /\n")
    #expect(try await project.commit().status == 0)
    try await git("checkout", "-qb", "other", in: project.path)
    try project.write(
      "a/.tinyforge.yml", "version: 1\ndeploy:\n  port: 1\n\(lines)  healthcheck: /\n")
    #expect(try await project.commit().status == 0)
    try await git("checkout", "-q", "main", in: project.path)
    try project.write(
      "a/.tinyforge.yml", "version: 1\ndeploy:\n\(lines)  healthcheck: /\n  port: 2\n")
    #expect(try await project.commit().status == 0)
    let merge = try await run("git", ["merge", "other"], in: project.path)
    #expect(merge.status != 0 && Self.said(merge).contains("Merge refused"), "\(merge)")
    #expect(Self.said(merge).contains("[duplicate-key]"))
  }

  /// The first commit of a branch, where other branches have some, adds all that is in the index.
  @Test(arguments: [
    ["git switch -q --orphan pages"], ["git symbolic-ref HEAD refs/heads/pages"],
    ["git worktree add -q --detach ../tree", "cd ../tree", "git checkout -q --orphan pages"],
    ["git pack-refs --all", "git branch -qm old", "git symbolic-ref HEAD refs/heads/pages"],
  ])
  func theFirstCommitOfABranch(_ steps: [String]) async throws {
    let project = try await MonorepoProject()
    try project.write(".tinyforge.yml", Self.good)
    #expect(try await project.commit().status == 0)
    try await git("push", "-q", "origin", "main", in: project.path)
    try await mustRun("bash", ["-c", steps.joined(separator: " && ")], in: project.path)
    let folder = steps.contains("cd ../tree") ? project.scratch.file("tree") : project.path
    let commit = "printf '%s' \"$0\" >.tinyforge.yml && git add . && git commit -qm first"
    let refused = try await run("bash", ["-c", commit, Self.bad], in: folder)
    #expect(refused.status == 1 && Self.said(refused).contains("[unknown-key]"), "\(refused)")
    let taken = try await run("bash", ["-c", commit, Self.good], in: folder)
    #expect(taken.status == 0, "\(taken)")
    #expect(try await git("log", "--format=%s", "pages", in: project.path) == "first")
  }

  /// A commit as a whole: every spec and every configured path, from its own tree, the root's first.
  @Test func aCommitIsCheckedAsAWhole() async throws {
    let project = try await MonorepoProject()
    for name in ["z/.tinyforge.yml", ".tinyforge.yml", "a/b/.tinyforge.yml", "deploy/x.yml"] {
      try project.write(name, Self.bad)
    }
    try project.write(".tinyforge-lint.yml", "paths: ['deploy/*.yml', gone/x.yml]\n")
    #expect(try await project.commit("--no-verify").status == 0)
    try await mustRun("rm", ["-r", "z", "a", "deploy", ".tinyforge-lint.yml"], in: project.path)
    let result = try await project.run("--rev", "HEAD")
    let files = result.output.split(separator: "\n").filter { $0.contains(": error") }
    #expect(
      files.map { $0.prefix { $0 != ":" } } == [
        ".tinyforge.yml", "a/b/.tinyforge.yml", "deploy/x.yml", "z/.tinyforge.yml",
      ])
    #expect(!result.output.contains("gone/x.yml"))
    #expect(try await project.run("--rev", "HEAD", "--require").output.contains("gone/x.yml"))
    // A tree without a spec at its root, and one without any.
    try await mustRun("rm", [".tinyforge.yml"], in: project.path)
    try project.write("a/.tinyforge.yml", Self.good)
    #expect(try await project.commit().status == 0)
    for arguments in [[], ["--require"]] {
      let result = try await run(Self.lint, ["--rev", "HEAD"] + arguments, in: project.path)
      #expect(result.status == 0 && Self.said(result).contains("1 file"), "\(result)")
    }
    try await mustRun("rm", ["-r", "a"], in: project.path)
    try project.write("README", "x")
    #expect(try await project.commit().status == 0)
    for arguments in [[], ["--require"]] {
      let result = try await run(
        Self.lint, ["--rev", "HEAD", "--format", "json"] + arguments, in: project.path)
      #expect(result.status == 1 && result.output.contains("\"verdict\": \"no_file\""), "\(result)")
      #expect(result.output.contains("\"path\": \".tinyforge.yml\""))
    }
    // What is in the place of a spec.
    try project.write(".tinyforge.yml/x", "x")
    #expect(try await project.commit("--no-verify").status == 0)
    let folder = try await project.run("--rev", "HEAD")
    #expect(folder.status == 1 && folder.output.contains("folder"), "\(folder)")
  }

  /// A plain run reads every spec, from any folder, the root's first.
  @Test func aPlainRunChecksAll() async throws {
    let project = try await MonorepoProject()
    for name in ["z/.tinyforge.yml", ".tinyforge.yml", "a/b/.tinyforge.yml", "out/.tinyforge.yml"] {
      try project.write(name, Self.bad)
    }
    try project.write(".gitignore", "out\n")
    try await git("init", "-q", "nested", in: project.path)
    try project.write("nested/.tinyforge.yml", Self.bad)
    let result = try await run(Self.lint, [], in: "\(project.path)/a")
    let files = result.output.split(separator: "\n").filter { $0.contains(": error") }
    #expect(
      files.map { $0.prefix { $0 != ":" } } == [
        ".tinyforge.yml", "a/b/.tinyforge.yml", "z/.tinyforge.yml",
      ])
    try await mustRun("rm", ["-r", "a", "z", ".tinyforge.yml"], in: project.path)
    let none = try await project.run()
    #expect(none.status == 0 && none.error.contains("nothing to check"))
    #expect(try await project.run("--require").status == 1)
    #expect(try await project.run("--staged", "--require").status == 1)
  }

  @Test(arguments: ["", "/x", "../x", "a/../b", "a//b"])
  func pathsOutsideAreRefused(_ path: String) async throws {
    let project = try await MonorepoProject()
    for place in [[], ["--staged"], ["--rev", "HEAD"]] {
      let result = try await run(Self.lint, ["--path", path] + place, in: project.path)
      #expect(result.status == 2 && result.error.contains("from the root of the repository"))
    }
    #expect(try await project.run("--path", "x", "--staged", "--require").status == 1)
    #expect(try await project.run("--path", "x*", "--require").status == 1)
  }

  // MARK: The index that git names

  @Test func theIndexIsFromTheRootOn() async throws {
    let project = try await MonorepoProject()
    try project.write("app/x/f", "")
    try project.scratch.write(
      "mono/.git/hooks/pre-commit", "#!/bin/sh\ncd app/x && exec '\(Self.lint)' --staged\n")
    try await mustRun("chmod", ["+x", "\(project.path)/.git/hooks/pre-commit"])
    try project.write(".tinyforge.yml", Self.bad)
    let refused = try await project.commit()
    #expect(refused.status == 1 && Self.said(refused).contains("[unknown-key]"), "\(refused)")
    let missing = try await project.run("--staged", environment: ["GIT_INDEX_FILE": "gone"])
    #expect(missing.status == 2 && missing.error.contains("unset GIT_INDEX_FILE"), "\(missing)")
  }

  /// A repository apart from its work tree, as for a home folder's files.
  @Test func aRepositoryApartFromItsWorkTree() async throws {
    let scratch = try Scratch()
    let home = try scratch.folder("home")
    let dots = scratch.file("dots")
    try await git("init", "-q", "--bare", dots, in: scratch.path)
    try scratch.write("home/app/.tinyforge.yml", Self.bad)
    try scratch.write("home/untracked/.tinyforge.yml", Self.bad)
    let environment = ["GIT_DIR": dots, "GIT_WORK_TREE": home]
    try await mustRun("git", ["add", "app"], in: home, environment: environment)
    for place in [[], ["--staged"]] {
      let result = try await run(Self.lint, place, in: home, environment: environment)
      #expect(result.status == 1 && result.output.hasPrefix("app/.tinyforge.yml:3:3"), "\(result)")
      #expect(!result.output.contains("untracked"))
    }
    try await mustRun(Self.lint, ["--install-hook", "pre-commit"], environment: environment)
    let identity = ["-c", "user.name=a", "-c", "user.email=a@b"]
    let refused = try await run(
      "git", identity + ["--git-dir", dots, "--work-tree", home, "commit", "-qm", "x"],
      in: scratch.path)
    #expect(
      refused.status == 1 && Self.said(refused).contains("app/.tinyforge.yml:3:3"), "\(refused)")
  }
}
