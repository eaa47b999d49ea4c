import TestSupport
import Testing

/// What docs/postgres.md shows is run, and is enough.
@Suite(.ownTime, .hangLimit) struct PostgresDocsTests {
  /// The blocks of SQL, in their order.
  private func blocks() throws -> [String] {
    let page = String(decoding: try readFile(projectFile("docs/postgres.md")), as: UTF8.self)
    return page.split(separator: "```sql\n").dropFirst().compactMap { part in
      part.split(separator: "```", omittingEmptySubsequences: false).first.map { String($0) }
    }
  }

  @Test func theSchemaAndTheRolesServe() async throws {
    let cluster = try await PostgresCluster(settings: "")
    let world = try await World(on: cluster)
    let server = try #require(world.server)
    try await world.sql(
      "DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC;")
    let blocks = try blocks()
    #expect(blocks.count == 3)
    for block in blocks { try await world.sql(block) }
    let config = World.config().replacing("'", with: "''")
    try await world.sql(
      """
      INSERT INTO workloads (id, name, source_kind, source_config, gitops_enabled)
      VALUES ('w1', 'shop', 'dockerfile', '\(config)', true);
      """)
    func tool(_ user: String, _ name: String, _ arguments: String...) async throws -> CommandResult
    {
      try await world.tool(
        name, arguments: arguments,
        environment: ["TINYFORGE_DB": cluster.address(server.name, user: user)])
    }
    let reader = "tinyforge_reader"
    #expect(try await tool(reader, "plan", "--all").status == 1)
    #expect(try await tool(reader, "drift", "--all").status == 1)
    #expect(try await tool(reader, "plan", "doctor", "--read-only", "--fetch", "local").status == 0)
    let denied = try await tool(reader, "apply", "--all", "--yes")
    #expect(denied.status == 2 && denied.output.contains("docs/postgres.md"), "\(denied)")
    let lacks = try await tool(reader, "plan", "doctor", "--fetch", "local")
    #expect(lacks.output.contains("GRANT UPDATE ("), "\(lacks)")
    let writer = "tinyforge_apply"
    #expect(try await tool(writer, "plan", "doctor", "--fetch", "local").status == 0)
    let applied = try await tool(writer, "apply", "--all", "--yes")
    #expect(applied.status == 0, "\(applied)")
    #expect(try await tool(writer, "apply", "disable", "w1").status == 0)
    #expect(try await tool(writer, "apply", "enable", "w1").status == 0)
    #expect(try await tool(writer, "apply", "revert", "w1", "--yes").status == 0)
    #expect(try await tool(reader, "apply", "history").output.contains("revert"))
    // The doctor's grants are the ones that serve.
    try await world.sql("REVOKE ALL ON workloads, event_log FROM tinyforge_apply;")
    for _ in 0..<6 {
      let lacking = try await tool(writer, "plan", "doctor", "--fetch", "local", "--format", "json")
      let grants = lacking.output.split(separator: "GRANT ").dropFirst().map { rest in
        "GRANT " + rest.prefix { $0 != "'" }.replacing("\\\"", with: "\"")
      }
      if grants.isEmpty { break }
      for grant in grants { try await world.sql(grant) }
    }
    try await world.push(World.spec.replacing("8080", with: "8085"))
    let again = try await tool(writer, "apply", "--all", "--yes")
    #expect(again.status == 0, "\(again)")
  }
}
