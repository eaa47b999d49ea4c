import TestSupport
import Testing
import TinyforgeCore

/// Indexes of forms that git writes on request.
@Suite(.ownTime, .hangLimit) struct IndexFormatTests {
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
