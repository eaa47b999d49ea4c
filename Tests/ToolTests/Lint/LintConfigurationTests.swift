import TestSupport
import Testing

/// The committed `.tinyforge-lint.yml`, and git's own settings.
@Suite(.ownTime, .hangLimit) struct LintConfigurationTests {
  private static let lint = builtTool("lint-spec")
  private static let good = "version: 1\ndeploy:\n  port: 8080\n"
  private static let bad = "version: 1\ndeploy:\n  prot: 8080\n"

  private static func project(_ files: [String: String]) async throws -> (Scratch, String) {
    let scratch = try Scratch()
    let path = try scratch.folder("r")
    try await git("init", "-q", in: path)
    for (name, text) in files { try scratch.write("r/\(name)", text) }
    try await git("add", "-A", in: path)
    return (scratch, path)
  }

  /// Runs in the work tree, in the index, and as of a commit that a push brings.
  private static func everywhere(
    _ path: String, _ arguments: [String] = [], environment: [String: String] = [:]
  ) async throws -> [CommandResult] {
    let tree = try await run(lint, arguments, in: path, environment: environment)
    let index = try await run(lint, ["--staged"] + arguments, in: path, environment: environment)
    let commit = try await git(
      "commit-tree", "-m", "x", git("write-tree", in: path), in: path)
    let revision = try await run(
      lint, ["--rev", commit] + arguments, in: path, environment: environment)
    let line = "\(String(repeating: "0", count: 40)) \(commit) refs/heads/new\n"
    let push = try await run(
      lint, ["--receive"] + arguments, in: path, environment: environment, input: line)
    return [tree, index, revision, push]
  }

  @Test func pathsAreAdded() async throws {
    let (scratch, path) = try await Self.project([
      ".tinyforge-lint.yml": "paths: [deploy/spec.yml, 'apps/*/spec.yml']\n",
      ".tinyforge.yml": Self.good, "deploy/spec.yml": Self.bad, "apps/a/spec.yml": Self.bad,
    ])
    defer { withExtendedLifetime(scratch) {} }
    for result in try await Self.everywhere(path) {
      #expect(result.status == 1 && result.output.contains("deploy/spec.yml:3:3"), "\(result)")
      #expect(result.output.contains("apps/a/spec.yml:3:3"))
      #expect(result.error.isEmpty || result.error.contains("3 files"), "\(result)")
    }
  }

  @Test func rulesStrictAndSource() async throws {
    let (pathScratch, path) = try await Self.project([
      ".tinyforge-lint.yml": "rules: {octal-number: off}\n",
      ".tinyforge.yml": "version: 1\ndeploy:\n  port: 010\n",
    ])
    defer { withExtendedLifetime(pathScratch) {} }
    for result in try await Self.everywhere(path) { #expect(result.output.isEmpty, "\(result)") }
    for result in try await Self.everywhere(path, ["--rule", "octal-number=error"]) {
      #expect(result.status == 1, "options win: \(result)")
    }
    let (strictScratch, strict) = try await Self.project([
      ".tinyforge-lint.yml": "strict: true\n",
      ".tinyforge.yml": "version: 1\ndeploy:\n  port: 010\n",
    ])
    defer { withExtendedLifetime(strictScratch) {} }
    for result in try await Self.everywhere(strict) { #expect(result.status == 1, "\(result)") }
    let (sourceScratch, source) = try await Self.project([
      ".tinyforge-lint.yml": "source:\n  .tinyforge.yml: static\nstrict: true\n",
      ".tinyforge.yml": "version: 1\ndeploy:\n  port: 8080\n  deploy_strategy: recreate\n",
    ])
    defer { withExtendedLifetime(sourceScratch) {} }
    for result in try await Self.everywhere(source) { #expect(result.status == 1, "\(result)") }
    for result in try await Self.everywhere(source, ["--source", "dockerfile"]) {
      #expect(result.status == 0, "\(result)")
    }
    // Files that are named, too, from any folder.
    #expect(try await run(Self.lint, [".tinyforge.yml"], in: source).status == 1)
    #expect(try await run(Self.lint, ["\(source)/.tinyforge.yml"]).status == 1)
  }

  @Test(arguments: [
    ("path: [x]\n", ":1:1: unknown key \"path\"", "did you mean `paths`?"),
    ("paths: x\n", ":1:8: `paths` must be a list", ""),
    ("paths: ['[a']\n", ":1:9: the path \"[a\" holds '[' without ']'", ""),
    ("paths: ['a/[b/c]']\n", "holds '[' without ']'", ""),
    ("paths: ['[z-a].yml']\n", "holds a range that ends before it begins", ""),
    ("paths: ['!x/**']\n", "begins with '!', which excludes nothing here", ""),
    ("paths: ['{a,b}/x.yml']\n", "holds {}, which has no meaning here", ""),
    ("source: {'[a': static}\n", "holds '[' without ']'", ""),
    ("strict: yes\n", "`strict` must be true or false", "write `strict: true`"),
    ("strict: Off\n", "`strict` must be true or false", "write `strict: false`"),
    ("paths: [../x]\n", ":1:9: the path \"../x\" leaves", ""),
    ("rules:\n  octal-numbr: off\n", ":2:3: unknown rule", "octal-number"),
    ("rules: {unknown-key: off}\n", "the server's own refusal", ""),
    ("rules: {octal-number: of}\n", "unknown severity", "did you mean `off`?"),
    ("strict: 1\n", "must be true or false", ""), ("source: {x: image}\n", "unknown source", ""),
    ("paths: [\n", ":1:9: ", ""), ("strict: true\nstrict: false\n", "is set twice", ""),
    ("- x\n", "must be a mapping", ""), ("strict: true\n---\nx: 1\n", "only one document", ""),
    ("\u{1}\n", "a control character", ""),
  ])
  func aMalformedOneLetsNothingPass(_ text: String, _ message: String, _ remedy: String)
    async throws
  {
    let (pathScratch, path) = try await Self.project([
      ".tinyforge-lint.yml": text, ".tinyforge.yml": Self.good,
    ])
    defer { withExtendedLifetime(pathScratch) {} }
    for result in try await Self.everywhere(path) {
      #expect(result.status == 2 && result.error.contains(message), "\(text) \(result)")
      #expect(result.error.contains(remedy), "\(result)")
    }
  }

  /// What the schema takes the tool takes, and the other way round.
  @Test(arguments: [
    (
      #"{"paths": ["a/*.yml"], "rules": {"octal-number": "off"}, "strict": true, "source": {"static/**": "static"}}"#,
      true
    ),
    (#"{"path": []}"#, false), (#"{"paths": ["/x"]}"#, false), (#"{"paths": ["a/../x"]}"#, false),
    (#"{"source": {"x": "image"}}"#, false), (#"{"strict": 1}"#, false), ("{}", true),
    ("null", true),
  ])
  func theSchemaSaysTheSame(_ text: String, _ isValid: Bool) async throws {
    let (pathScratch, path) = try await Self.project([
      ".tinyforge-lint.yml": text + "\n", ".tinyforge.yml": Self.good,
    ])
    defer { withExtendedLifetime(pathScratch) {} }
    #expect(try await run(Self.lint, [], in: path).status == (isValid ? 0 : 2))
    try await expectSchema("lint-configuration", text, takes: isValid)
  }

  @Test func aLinkIsNoConfiguration() async throws {
    let (pathScratch, path) = try await Self.project(["x": "", ".tinyforge.yml": Self.good])
    defer { withExtendedLifetime(pathScratch) {} }
    try await mustRun("ln", ["-s", "x", ".tinyforge-lint.yml"], in: path)
    try await git("add", "-A", in: path)
    for result in try await Self.everywhere(path) { #expect(result.status == 2, "\(result)") }
  }

  /// Wherever git reads its settings.
  @Test(arguments: ["local", "worktree", "global", "file", "system", "count", "parameters", "none"])
  func gitsSettingsAreReadWhereGitReadsThem(_ place: String) async throws {
    let (scratch, path) = try await Self.project(["deploy/spec.yml": Self.bad])
    let file = try scratch.write("settings", "[tinyforge]\n\tspecPath = deploy/spec.yml\n")
    var environment: [String: String] = [:]
    switch place {
    case "local": try await git("config", "tinyforge.specPath", "deploy/spec.yml", in: path)
    case "worktree":
      try await git("config", "extensions.worktreeConfig", "true", in: path)
      try await git("config", "--worktree", "tinyforge.specPath", "deploy/spec.yml", in: path)
    case "global":
      try scratch.write(".gitconfig", "[include]\n\tpath = \(file)\n")
      environment = ["HOME": scratch.path]
    case "file": environment = ["GIT_CONFIG_GLOBAL": file]
    case "system": environment = ["GIT_CONFIG_SYSTEM": file, "GIT_CONFIG_NOSYSTEM": "0"]
    case "count":
      environment = [
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "Tinyforge.specpath",
        "GIT_CONFIG_VALUE_0": "deploy/spec.yml",
      ]
    case "parameters":
      environment = [
        "GIT_CONFIG_PARAMETERS": "'a.b'='it'\\''s' 'tinyforge.specPath'='deploy/spec.yml'"
      ]
    default: environment = ["GIT_CONFIG_SYSTEM": file]
    }
    for result in try await Self.everywhere(path, environment: environment) {
      #expect(
        result.output.contains("deploy/spec.yml:3:3") == (place != "none"), "\(place) \(result)")
    }
  }

  @Test func gitsOptionReachesTheHook() async throws {
    let (pathScratch, path) = try await Self.project(["deploy/spec.yml": Self.bad])
    defer { withExtendedLifetime(pathScratch) {} }
    try await mustRun(Self.lint, ["--install-hook"], in: path)
    let identity = [
      "-c", "user.name=a", "-c", "user.email=a@b", "-c", "tinyforge.specPath=deploy/spec.yml",
    ]
    #expect(try await run("git", identity + ["commit", "-qm", "x"], in: path).status == 1)
    #expect(
      try await run("git", Array(identity.dropLast(2)) + ["commit", "-qm", "x"], in: path).status
        == 0)
  }
}
