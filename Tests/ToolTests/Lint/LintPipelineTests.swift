import TestSupport
import Testing
import TinyforgeCore

/// `lint-spec` in a pipeline: the form it chooses, and what it adds to the pipeline's page.
@Suite(.ownTime, .hangLimit) struct LintPipelineTests {
  private static let lint = builtTool("lint-spec")
  private static let bad = "version: 1\ndeploy:\n  prot: 8080\n"

  @Test(arguments: ["GITHUB_ACTIONS", "GITEA_ACTIONS"])
  func annotatesWithoutBeingAsked(_ variable: String) async throws {
    let scratch = try Scratch()
    try scratch.write("a.yml", Self.bad)
    let environment = [variable: "true", "GITHUB_STEP_SUMMARY": scratch.file("summary")]
    try scratch.write("summary", "before\n")
    let result = try await run(Self.lint, ["a.yml"], in: scratch.path, environment: environment)
    #expect(result.status == 1 && result.output.hasPrefix("::error file=a.yml,line=3,"))
    let summary = String(decoding: try readFile(scratch.file("summary")), as: UTF8.self)
    #expect(summary.hasPrefix("before\n### lint-spec: 1 finding in 1 file\n"))
    let asked = try await run(
      Self.lint, ["a.yml", "--format", "text"], in: scratch.path, environment: environment)
    #expect(asked.output.hasPrefix("a.yml:3:3: error"))
  }

  @Test func aSummaryThatCannotBeWrittenIsAWarning() async throws {
    let scratch = try Scratch()
    try scratch.write("a.yml", Self.bad)
    let environment = ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": scratch.path]
    let result = try await run(Self.lint, ["a.yml"], in: scratch.path, environment: environment)
    #expect(result.status == 1 && result.error.contains("warning: the summary"))
  }

  /// A runner reads the log in any form: names of files must not give it commands.
  @Test func namesOfFilesGiveNoCommands() async throws {
    let scratch = try Scratch()
    let name = "::add-mask::x\n::error::y ##[group]"
    try scratch.write(name, Self.bad)
    for form in ["text", "json", "sarif", "github", "gitlab", "junit", "rdjson"] {
      let result = try await run(Self.lint, [name, "--format", form], in: scratch.path)
      #expect(result.status == 1)
      let isArmed = (result.output + result.error).split(separator: "\n").contains { line in
        line.drop { $0 == " " }.hasPrefix("::") && !line.hasPrefix("::error file=")
      }
      #expect(!isArmed, "\(form) \(result.output)")
      if form == "text" || form == "github" { #expect(!result.output.contains("##[")) }
    }
  }

  @Test func everyFormNamesUnreadableFiles() async throws {
    for form in ["json", "sarif", "github", "gitlab", "junit", "rdjson"] {
      let result = try await run(Self.lint, ["/nonexistent.yml", "--format", form])
      #expect(result.status == 2 && result.output.contains("nonexistent.yml does not exist"))
    }
  }

  /// A credential is in no form, nor in what is said beside it.
  @Test(arguments: [
    "version: 1 # ghp_SECRETSECRETSECRETSECRETSECRETSECRET\n",
    "version: 1\ndeploy:\n  ghp_SECRETSECRETSECRETSECRETSECRETSECRET: 1\n",
    "version: 1\ndeploy:\n  deploy_strategy: ghp_SECRETSECRETSECRETSECRETSECRETSECRET\n",
    "version: 1\ndeploy:\n  healthcheck: \"/gh\\x70_SECRETSECRETSECRETSECRETSECRETSECRET\"\n",
    "version: 1\npassword: SECRETSECRET\n", "deploy: [ghp_SECRETSECRETSECRETSECRETSECRETSECRET\n",
    "version: !!int ghp_SECRETSECRETSECRETSECRETSECRETSECRET\n",
    "version: *ghp_SECRETSECRETSECRETSECRETSECRETSECRET\n",
    "version: 1\ndeploy:\n  port: ghp_SECRETSECRETSECRETSECRETSECRETSECRET\n",
    "version: 1\n? |\n  -----BEGIN PRIVATE KEY-----\n  SECRETSECRET\n  -----END PRIVATE KEY-----\n: 1\n",
    "version: 1\nx: https://ann:SECRETSECRET@example.org\n",
    "version: 1\ntoken: >-\n  SECRET\n  SECRET\n",
  ])
  func credentialsAreNeverPrinted(_ spec: String) async throws {
    for form in ["text", "json", "sarif", "github", "gitlab", "junit", "rdjson"] {
      let result = try await run(Self.lint, ["-", "--format", form], input: spec)
      #expect(!(result.output + result.error).contains("SECRET"), "\(form) \(result.output)")
    }
  }

  /// What its author calls no credential is shown, in the whole run or at that place alone.
  @Test(arguments: [
    ("", ["--rule", "credential=off"]), (" # tinyforge: ignore[credential] a demo", []),
  ])
  func whatIsNoCredentialIsShown(_ comment: String, _ options: [String]) async throws {
    let spec = "version: 1\ndeploy:\n  healthcheck: /x?token=abc123def456\(comment)\n"
    let result = try await run(Self.lint, ["-", "--format", "json"] + options, input: spec)
    let report = try JSONText(Array(result.output.utf8))
    guard case .array(let files)? = report["files"] else { throw TestSupportError("\(result)") }
    #expect(files.first?["declared"]?["healthcheck"]?.text == "/x?token=abc123def456")
    #expect(result.status == 0)
  }
}
