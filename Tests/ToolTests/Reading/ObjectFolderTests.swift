import TestSupport
import Testing

/// Folders of objects that the environment names, read as git reads them.
@Suite(.ownTime, .hangLimit) struct ObjectFolderTests {
  static let environments = [
    "GIT_OBJECT_DIRECTORY=$O", "GIT_ALTERNATE_OBJECT_DIRECTORIES=$O",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES=/none:$O/", #"GIT_ALTERNATE_OBJECT_DIRECTORIES=\"$O\""#,
    #"GIT_ALTERNATE_OBJECT_DIRECTORIES=#x:\"/none\":$O"#,
    #"GIT_ALTERNATE_OBJECT_DIRECTORIES=\"$O"#, "GIT_ALTERNATE_OBJECT_DIRECTORIES=#$O",
  ]

  /// The repository itself has no object.
  @Test(arguments: environments)
  func isReadWhereGitReadsIt(_ environment: String) async throws {
    let scratch = try Scratch()
    let repo = try scratch.folder("repo")
    try await git("init", "-q", in: repo)
    try scratch.write("repo/.tinyforge.yml", "version: 1\ndeploy:\n  port: 8099\n")
    try await git("add", ".", in: repo)
    try await git("commit", "-qm", "Begin", in: repo)
    try await mustRun("sh", ["-ec", "mv .git/objects ../objects; mkdir .git/objects"], in: repo)
    func result(_ command: String) async throws -> CommandResult {
      let script = "O=$PWD/../objects; export \(environment); \(command)"
      return try await run(
        "sh", ["-c", script, "-", builtTool("lint-spec")], in: repo)
    }
    let shown = try await result("git show main:.tinyforge.yml")
    for place in ["", " --repo ."] {
      let linted = try await result("\"$1\" --rev main --format json\(place)")
      #expect((linted.status == 0) == (shown.status == 0), "\(shown.error)\n\(linted)")
      #expect(linted.output.contains("8099") == (shown.status == 0))
    }
  }
}
