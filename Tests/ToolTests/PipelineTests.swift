import TestSupport
import Testing

/// The pipelines of `ci/pipelines` and the action, played as their forges run them: the steps are
/// taken from the files, and run the built tools in a real repository.
struct PipelineTests {
  /// A runner: a workspace, and a store that holds the repository, caches and artifacts.
  struct Runner {
    let world: World
    let forge: String
    private let bin: String

    init(_ forge: String, spec: String = World.spec) async throws {
      self.forge = forge
      world = try await World(spec: spec)
      bin = try world.scratch.folder("bin")
      for tool in ["lint-spec", "plan", "drift"] {
        try await mustRun("ln", ["-s", builtTool(tool), "\(bin)/\(tool)"])
      }
      try world.scratch.folder("store")
      try await mustRun("cp", ["-r", world.repository, world.scratch.file("store/repository")])
    }

    /// Plays a job in a fresh workspace of that name; status 77: its condition leaves it out.
    func play(
      _ pipeline: String, _ job: String, event: String, environment: [String: String] = [:],
      context: [String] = [], in workspace: String = "workspace"
    ) async throws -> CommandResult {
      let folder = try world.scratch.folder(workspace)
      var variables = [
        "PATH": "\(bin):/usr/local/bin:/usr/bin:/bin", "HOME": world.scratch.path,
        "TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors,
        "TINYFORGE_WORKLOAD": "shop",
      ]
      if forge == "gitlab" { variables["CI_PIPELINE_SOURCE"] = event }
      variables.merge(environment) { $1 }
      let values = ["vars.TINYFORGE_WORKLOAD=shop"] + context
      return try await run(
        projectFile(".build/peers/bin/python3"),
        [
          projectFile("Tests/Peers/play-pipeline.py"), forge,
          pipeline.hasPrefix("/") ? pipeline : projectFile("ci/pipelines/\(forge)/\(pipeline).yml"),
          job, "--event", event,
          "--workspace", folder, "--store", world.scratch.file("store"),
        ] + values.flatMap { ["--context", $0] }, environment: variables)
    }
  }

  /// What each forge calls its events.
  static let events = [
    ("github", "pull_request", "schedule", "lint"), ("gitea", "pull_request", "schedule", "lint"),
    ("gitlab", "merge_request_event", "schedule", "lint-spec"),
  ]

  @Test(arguments: events)
  func lint(_ forge: String, _ event: String, _ other: String, _ job: String) async throws {
    let good = try await Runner(forge)
    let passed = try await good.play("repository", job, event: event)
    #expect(passed.status == 0, "\(passed)")
    #expect(try await good.play("repository", job, event: other, in: "w2").status == 77)
    let bad = try await Runner(forge, spec: "version: 1\ndeploy:\n  prot: 8080\n")
    let failed = try await bad.play("repository", job, event: event)
    #expect(failed.status == 1 && failed.output.contains("unknown key"), "\(failed)")
  }

  /// The action's arguments are data: one a line, whatever stands in them.
  @Test(arguments: [
    ("lint-spec", "--format\n\njson\n", 0), ("lint-spec", "no such file; touch pwned", 2),
    ("lint-spec", "$(touch pwned)", 2), ("lint-spec", "'; touch pwned; '", 2),
    ("plan", "--workload=shop", 1), ("apply", "--all\n--yes", 2), ("touch", "pwned", 2),
  ])
  func action(_ tool: String, _ arguments: String, _ status: Int) async throws {
    let runner = try await Runner("github")
    try await runner.world.addWorkload("w1", name: "shop")
    let lines = arguments.split(separator: "\n", omittingEmptySubsequences: false)
    let workflow = try runner.world.scratch.write(
      "workflow.yml",
      """
      on: {push: }
      jobs:
        job:
          steps:
            - uses: actions/checkout@v4
            - uses: tinyforge/gitops@v0.1.0
              with:
                tool: \(tool)
                args: |
      \(lines.map { "            \($0)" }.joined(separator: "\n"))

      """)
    let result = try await runner.play(workflow, "job", event: "push")
    #expect(result.status == status, "\(result)")
    let isRun = ["lint-spec", "plan"].contains(tool)
    #expect(result.output.contains("output status=\(isRun ? "\(status)" : "")\n"), "\(result)")
    let files = try await mustRun("ls", ["-A", runner.world.scratch.file("workspace")])
    #expect(!files.contains("pwned"))
  }
}
