import TestSupport
import TinyforgeCore

/// A scheduled run of acme/shop's pipeline, which keeps an issue in acme/ops.
struct IssueJob: Sendable {
  let job: PostJob

  /// `issues` are settings of the forge's issues, `more` of the whole forge.
  static func run(
    _ forge: ForgeKind, spec: String = World.spec, issues: [JSONValue.Member] = [],
    more: [JSONValue.Member] = [], body: @Sendable (IssueJob) async throws -> Void
  ) async throws {
    let scratch = try Scratch()
    let dump = try scratch.write("issues.json", "[]")
    let own: [JSONValue.Member] = [.init("dump", .string(dump))]
    try await PostJob.run(
      forge, spec: spec,
      more: [.init("token", "secret-token-1"), .init("issues", .object(own + issues))] + more
    ) { job async throws in
      try await job.world.addWorkload("w1", name: "shop")
      try job.world.scratch.write("issues-at", dump)
      try await body(IssueJob(job: job))
    }
  }

  /// What a schedule's environment has in place of a pull request.
  static let schedule = [
    "GITHUB_REF": "refs/heads/main", "GITHUB_EVENT_NAME": "schedule", "CI_MERGE_REQUEST_IID": "",
    "CI_PIPELINE_SOURCE": "schedule", "CI_PROJECT_PATH": "acme/shop",
  ]

  /// The first line of what the job's pipeline posts.
  static func marker(_ forge: ForgeKind) -> String {
    let pipeline = forge == .gitlab ? ".gitlab%2Dci.yml" : "tiny%20forge"
    return "<!-- tinyforge-drift-issue v1 pipeline=acme/shop%20\(pipeline) name= -->"
  }

  func drift(_ arguments: [String], _ changes: [String: String] = [:]) async throws
    -> CommandResult
  {
    try await job.drift(arguments, Self.schedule.merging(changes) { $1 })
  }

  /// Looks at all workloads and keeps the issue.
  func post(_ arguments: [String] = [], _ changes: [String: String] = [:]) async throws
    -> CommandResult
  {
    try await drift(["--all", "--post-issue", "acme/ops"] + arguments, changes)
  }

  /// Gives the workload the values that the spec declares.
  func sync() async throws { try await setConfig(Self.inSync) }

  /// Gives the workload other values than the spec declares.
  func edit(port: Int) async throws {
    try await setConfig(
      World.config(
        #""port":\#(port),"healthcheck":"/healthz","deploy_strategy":"blue-green""#))
  }

  private static let inSync = World.config(
    #""port":8080,"healthcheck":"/healthz","deploy_strategy":"blue-green""#)

  private func setConfig(_ text: String) async throws {
    try await job.world.sql("UPDATE workloads SET source_config = '\(text)' WHERE id = 'w1'")
  }

  /// The issues of the repository.
  var issues: [JSONValue] {
    get throws {
      let path = String(
        decoding: try readFile(job.world.scratch.file("issues-at")), as: UTF8.self)
      let dump = try JSONValue(parsing: readFile(path))
      guard case .array(let items) = dump else { return [] }
      return items
    }
  }

  /// The requests that changed something, without their bodies.
  var writes: [String] {
    get throws {
      try job.server.log().filter { $0.method != "GET" && !$0.target.hasSuffix("/graphql") }
        .map { "\($0.method) \($0.target)" }
    }
  }
}

extension JSONValue {
  /// Whether an issue of the dump is open.
  var isOpen: Bool { self["open"] == .bool(true) }

  /// The texts of a list.
  func texts(_ name: String) -> [String] {
    guard case .array(let items)? = self[name] else { return [] }
    return items.compactMap(\.text)
  }

  var body: String { self["body"]?.text ?? "" }
}

extension IssueJob {
  /// Closes an issue as a person does.
  func close(_ number: Int) async throws {
    let gitlab = job.forge == .gitlab
    let path =
      [
        ForgeKind.github: "/api/v3/repos/acme/ops/issues", .gitea: "/api/v1/repos/acme/ops/issues",
        .gitlab: "/api/v4/projects/acme%2Fops/issues",
      ][job.forge] ?? ""
    let header =
      [
        ForgeKind.github: "Authorization: Bearer ", .gitea: "Authorization: token ",
        .gitlab: "PRIVATE-TOKEN: ",
      ][job.forge] ?? ""
    try await mustRun(
      "curl",
      [
        "--fail", "--silent", "--request", gitlab ? "PUT" : "PATCH", "--header",
        header + "secret-token-1", "--data",
        gitlab ? #"{"state_event":"close"}"# : #"{"state":"closed"}"#,
        "\(job.server.address)\(path)/\(number)",
      ])
  }
}
