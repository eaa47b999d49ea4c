import TestSupport
import Testing

/// The real pre-commit framework, with the hooks that use the `lint-spec` on the `PATH`.
///
/// `language: swift` builds the whole toolkit, so it is tried by `ci/pre-commit-swift`.
@Suite(.ownTime, .hangLimit) struct PreCommitTests {
  private static let framework = projectFile(".build/peers/bin/pre-commit")
  private static let good = "version: 1\ndeploy:\n  port: 8080\n"
  private static let bad = "version: 1\ndeploy:\n  prot: 8080\n"

  /// A repository of hooks with this project's `.pre-commit-hooks.yaml`, and one that uses it.
  private struct Project {
    let scratch: Scratch
    let hooks: String
    let path: String
    private let environment: [String: String]

    init() async throws {
      scratch = try Scratch()
      hooks = try scratch.folder("hooks")
      path = try scratch.folder("project")
      try scratch.write(
        "hooks/.pre-commit-hooks.yaml", readFile(projectFile(".pre-commit-hooks.yaml")))
      let bin = try scratch.folder("bin")
      try await mustRun("ln", ["-s", builtTool("lint-spec"), "\(bin)/lint-spec"])
      for folder in [hooks, path] {
        try await git("init", "-q", in: folder)
        try await git("add", "-A", in: folder)
        try await git("commit", "-q", "--allow-empty", "-m", "x", in: folder)
      }
      environment = [
        "PATH": "\(bin):/usr/local/bin:/usr/bin:/bin", "HOME": scratch.path,
        "PRE_COMMIT_HOME": scratch.file("cache"), "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "Ann",
        "GIT_CONFIG_KEY_1": "user.email", "GIT_CONFIG_VALUE_1": "ann@example.org",
      ]
    }

    func stage(_ name: String, _ text: String) async throws {
      try scratch.write("project/\(name)", text)
      try await git("add", "-A", in: path)
    }

    func run(_ arguments: String...) async throws -> CommandResult {
      try await TestSupport.run(
        PreCommitTests.framework, arguments, in: path, environment: environment)
    }

    func configure(_ id: String) async throws {
      let head = try await git("rev-parse", "HEAD", in: hooks)
      let config = "repos:\n- repo: \(hooks)\n  rev: \(head)\n  hooks:\n  - id: \(id)\n"
      try await stage(".pre-commit-config.yaml", config)
    }
  }

  @Test(arguments: ["lint-spec-system", "lint-spec-staged-system"])
  func tryRepo(_ id: String) async throws {
    let project = try await Project()
    try await project.stage(".tinyforge.yml", Self.good)
    let passed = try await project.run("try-repo", project.hooks, id, "--all-files")
    #expect(passed.status == 0 && passed.output.contains("Passed"), "\(passed)")
    try await project.stage(".tinyforge.yml", Self.bad)
    let failed = try await project.run("try-repo", project.hooks, id, "--all-files")
    #expect(failed.status == 1 && failed.output.contains(".tinyforge.yml:3:3: error"), "\(failed)")
  }

  @Test func allFilesFindsSpecsOfEveryFolder() async throws {
    let project = try await Project()
    try await project.configure("lint-spec-system")
    try await project.stage("a/.tinyforge.yml", Self.bad)
    try await project.stage("b/.Tinyforge.yaml", Self.good)
    try await project.stage("other.yml", "a: [\n")
    let result = try await project.run("run", "--all-files")
    #expect(result.status == 1 && result.output.contains("a/.tinyforge.yml:3:3: error"))
    #expect(result.output.contains("[file-name]") && !result.output.contains("other.yml"))
  }

  /// The framework stashes what is not staged; the hook that reads the index needs none of that.
  @Test(arguments: ["lint-spec-system", "lint-spec-staged-system"])
  func aPartiallyStagedFile(_ id: String) async throws {
    let project = try await Project()
    try await project.configure(id)
    try await project.stage(".tinyforge.yml", Self.bad)
    try project.scratch.write("project/.tinyforge.yml", Self.good)
    let result = try await project.run("run")
    #expect(result.status == 1 && result.output.contains("[unknown-key]"), "\(result)")
    try await project.stage(".tinyforge.yml", Self.good)
    try project.scratch.write("project/.tinyforge.yml", Self.bad)
    #expect(try await project.run("run").status == 0)
  }

  @Test func theManifestIsValid() async throws {
    let project = try await Project()
    let result = try await project.run("validate-manifest", projectFile(".pre-commit-hooks.yaml"))
    #expect(result.status == 0, "\(result.output)")
  }
}
