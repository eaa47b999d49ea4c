import TestSupport
import Testing
import TinyforgeCore

/// The action, played as GitHub and Gitea run it.
@Suite(.ownTime, .hangLimit) struct ActionTests {
  private typealias Runner = PipelineTests.Runner

  /// Where the tools are not there yet, or are of another version, the action installs a wheel.
  @Test(arguments: ["github", "gitea"])
  func theActionInstalls(_ forge: String) async throws {
    for (spec, status, others) in [
      (World.spec, 0, []), ("version: 2\n", 1, []), (World.spec, 0, ["lint-spec"]),
    ] {
      let runner = try await Runner(forge, spec: spec, hasTools: false)
      let scratch = runner.world.scratch
      for other in others {
        try scratch.write("bin/\(other)", "#!/bin/sh\necho \(other) 0.0.9\n")
        try await mustRun("chmod", ["+x", scratch.file("bin/\(other)")])
      }
      let wheel = try await Self.wheel(in: scratch)
      let workflow = try scratch.write(
        "workflow.yml",
        """
        on: {push: }
        jobs:
          job:
            steps:
              - uses: actions/checkout@v4
              - uses: OWNER/tinyforge-gitops@v0.1.0
                with: {path: \(wheel)}
              - run: lint-spec && command -v plan drift
        """)
      let result = try await runner.play(workflow, "job", event: "push")
      #expect(result.status == status, "\(result)")
      #expect(result.output.contains("/plan\n") == (status == 0), "\(result)")
    }
  }

  /// A wheel whose scripts start the built tools, as pip takes it.
  private static func wheel(in scratch: Scratch) async throws -> String {
    let name = "tinyforge_gitops-0.1.0-py3-none-any.whl"
    let program = #"""
      import sys, zipfile
      folder, *tools = sys.argv[1:]
      data, info = "tinyforge_gitops-0.1.0.data/scripts/", "tinyforge_gitops-0.1.0.dist-info/"
      files = {data + tool.split("/")[-1]: f'#!/bin/sh\nexec "{tool}" "$@"\n' for tool in tools}
      files[info + "METADATA"] = "Metadata-Version: 2.1\nName: tinyforge-gitops\nVersion: 0.1.0\n"
      files[info + "WHEEL"] = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
      with zipfile.ZipFile(folder + "/\#(name)", "w") as wheel:
          for path, text in files.items():
              entry = zipfile.ZipInfo(path)
              entry.external_attr = 0o100755 << 16
              wheel.writestr(entry, text)
          wheel.writestr(info + "RECORD", "".join(f"{path},,\n" for path in [*files, info + "RECORD"]))
      """#
    let tools = ["lint-spec", "plan", "drift"].map { builtTool($0) }
    try await mustRun("python3", ["-c", program, scratch.path] + tools)
    return scratch.file(name)
  }

  /// The job's own token is for the forge that the job runs on, and for no other that specs are on.
  @Test(arguments: [true, false])
  func theActionsTokenStaysWithItsForge(_ hasToken: Bool) async throws {
    let runner = try await Runner("github")
    let workflow = try runner.world.scratch.write(
      "workflow.yml",
      """
      on: {push: }
      jobs:
        job:
          steps:
            - uses: OWNER/tinyforge-gitops@v0.1.0
              with:
                tool: drift
                args: |
                  --all
                  --fetch=http
                  --no-cache
      """)
    let forge = ForgeWorld.forge("gitea", [("acme/shop", runner.world.repository)])
    try await ForgeServer.run(forge) { own in
      try await ForgeServer.run(forge) { other in
        try await runner.world.addWorkload("w1", config: ForgeWorld.config("gitea", own.address))
        try await runner.world.addWorkload("w2", config: ForgeWorld.config("gitea", other.address))
        let result = try await runner.play(
          workflow, "job", event: "push",
          environment: [
            "RUNNER_JOB_TOKEN": hasToken ? ForgeWorld.token : "", "GITHUB_SERVER_URL": own.address,
            "TINYFORGE_ALLOW_NETWORK": "127.0.0.0/8",
          ])
        #expect(result.status == 2, "\(result)")
        let headers = [try own.log(), try other.log()].map { log in
          Set(log.compactMap { $0.headers["authorization"] })
        }
        #expect(headers == [hasToken ? ["token \(ForgeWorld.token)"] : [], []])
      }
    }
  }

  /// The action's arguments are data: one a line, whatever text they have.
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
            - uses: OWNER/tinyforge-gitops@v0.1.0
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
