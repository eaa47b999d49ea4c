import TestSupport
import TinyforgeCore

/// Two servers, each with a database of its own, whose workloads have the same ids: east drifts in w1 and w2, west in w1.
struct TwoServers: Sendable {
  let east: World
  let west: World

  init(westOn cluster: PostgresCluster? = nil) async throws {
    east = try await World()
    west = try await World(on: cluster)
    try await east.addWorkload("w1", name: "shop", config: Self.config(3000))
    try await east.addWorkload("w2", name: "blog", config: Self.config(3000))
    try await west.addWorkload("w1", name: "shop", config: Self.config(4000))
    try await west.addWorkload("w2", name: "blog", config: Self.config(8080))
  }

  static func config(_ port: Int) -> String {
    World.config(#""port":\#(port),"healthcheck":"/healthz","deploy_strategy":"blue-green""#)
  }

  /// The options that name both.
  var databases: [String] {
    ["--db", "west=\(west.database)", "--db", "east=\(east.database)"]
  }

  /// Runs a tool on both.
  func tool(_ name: String, _ arguments: String..., environment: [String: String] = [:])
    async throws -> CommandResult
  {
    try await east.tool(name, arguments: arguments + databases, environment: environment)
  }

  /// The ports of w1 and w2 in both, and the number of audit rows.
  func state() async throws -> String {
    var parts: [String] = []
    for (name, world) in [("east", east), ("west", west)] {
      let configs = try await world.sql("SELECT source_config FROM workloads ORDER BY id")
      let ports = configs.matches(of: /"port":(\d+)/).map { String($0.output.1) }
      let events = try await world.sql("SELECT count(*) FROM event_log")
      parts.append("\(name) \(ports.joined(separator: " ")) \(events)")
    }
    return parts.joined(separator: ", ")
  }
}
