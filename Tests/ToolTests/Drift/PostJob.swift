import TestSupport
import TinyforgeCore

/// A pipeline on a forge with pull request 7 of acme/shop.
struct PostJob: Sendable {
  let world: World
  let forge: ForgeKind
  let server: ForgeServer
  let environment: [String: String]

  static func run(
    _ forge: ForgeKind, spec: String = World.spec, settings: [JSONValue.Member] = [],
    more: [JSONValue.Member] = [], body: @Sendable (PostJob) async throws -> Void
  ) async throws {
    let world = try await World(spec: spec)
    try world.scratch.write("comments.json", "[]")
    let own: [JSONValue.Member] = [
      .init("tokens", ["secret-token-1": "bot", "secret-token-2": "job:bot"]),
      .init("dump", .string(world.scratch.file("comments.json"))),
    ]
    let configuration: [JSONValue.Member] = [
      .init("forge", .string(forge.rawValue)),
      .init("prefix", .string(forge == .github ? "/api/v3" : "")),
      .init("comments", .object(own + settings)),
    ]
    try await ForgeServer.run(JSONWriter.compact(.object(configuration + more))) { server in
      let environment = Self.environment(forge, server.address).merging([
        "TINYFORGE_TOKEN": "secret-token-1", "TINYFORGE_ALLOW_NETWORK": "127.0.0.0/8",
        "GITHUB_STEP_SUMMARY": world.scratch.file("summary"),
      ]) { $1 }
      try await body(PostJob(world: world, forge: forge, server: server, environment: environment))
    }
  }

  static func environment(_ forge: ForgeKind, _ address: String) -> [String: String] {
    guard forge != .gitlab else {
      return [
        "GITLAB_CI": "true", "CI_API_V4_URL": "\(address)/api/v4", "CI_PROJECT_ID": "12",
        "CI_MERGE_REQUEST_PROJECT_ID": "12",
        "CI_MERGE_REQUEST_IID": "7", "CI_JOB_URL": "\(address)/job/1", "CI_JOB_TOKEN": "job",
      ]
    }
    let actions = [
      "GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": address, "GITHUB_REPOSITORY": "acme/shop",
      "GITHUB_REF": "refs/pull/7/merge", "GITHUB_WORKFLOW": "tiny forge", "GITHUB_RUN_ID": "9",
      "GITHUB_RUN_NUMBER": "2", "GITHUB_EVENT_NAME": "pull_request",
    ]
    let own =
      forge == .github
      ? ["GITHUB_API_URL": "\(address)/api/v3"]
      : ["GITHUB_API_URL": "\(address)/api/v1", "GITEA_ACTIONS": "true"]
    return actions.merging(own) { $1 }
  }

  func drift(_ arguments: [String], _ changes: [String: String] = [:]) async throws
    -> CommandResult
  {
    try await tool("drift", arguments, changes)
  }

  /// Runs a tool in the pipeline.
  func tool(_ name: String, _ arguments: [String], _ changes: [String: String] = [:]) async throws
    -> CommandResult
  {
    let variables = [
      "TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors,
    ].merging(environment) { $1 }.merging(changes) { $1 }
    return try await TestSupport.run(
      builtTool(name), arguments, in: world.repository, environment: variables)
  }

  /// The comments of the pull request.
  var bodies: [String] {
    get throws {
      let dump = try JSONValue(parsing: readFile(world.scratch.file("comments.json")))
      guard case .array(let items) = dump else { return [] }
      return items.compactMap { $0["body"]?.text }
    }
  }

  var summary: String {
    String(decoding: (try? readFile(world.scratch.file("summary"))) ?? [], as: UTF8.self)
  }
}
