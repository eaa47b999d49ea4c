/// A small Tinyforge for a test: a source repository, its bare mirror, a database, the tools.
package struct World: Sendable {
  /// The folder of everything.
  package let scratch: Scratch
  /// The source repository's folder.
  package let repository: String
  /// The folder of mirrors.
  package let mirrors: String
  /// The database's path, or its address where a server keeps it.
  package let database: String
  /// The server that keeps the database, and the database's name in it.
  package let server: (cluster: PostgresCluster, name: String)?

  /// The spec that a new world starts with.
  package static let spec = """
    version: 1
    deploy:
      port: 8080
      healthcheck: /healthz
      deploy_strategy: blue-green

    """

  /// A live config of that repository; `leaves` are further members.
  package static func config(_ leaves: String = #""port":3000"#, name: String = "shop") -> String {
    let start = #"{"provider":"gitea","base_url":"https://git.example.org","repo_owner":"acme","#
    return start
      + #""repo_name":"\#(name)","branch":"main","memory":12345678901234567890,\#(leaves)}"#
  }

  /// Makes one with that spec; nil makes one without.
  ///
  /// With a cluster the database is there, with a `source_config` of that type.
  package init(
    spec: String? = World.spec, on cluster: PostgresCluster? = nil, configType: String = "text"
  ) async throws {
    scratch = try Scratch()
    repository = try scratch.folder("source")
    mirrors = try scratch.folder("mirrors")
    if let cluster {
      let name = try await cluster.makeDatabase(configType: configType)
      server = (cluster, name)
      database = cluster.address(name)
    } else {
      server = nil
      database = scratch.file("tinyforge.db")
    }
    try await git("init", "-q", in: repository)
    if let spec { try scratch.write("source/.tinyforge.yml", spec) }
    try scratch.write("source/README", "shop\n")
    try await git("add", ".", in: repository)
    try await git("commit", "-qm", "Begin", in: repository)
    try scratch.folder("mirrors/acme")
    try await git(
      "clone", "-q", "--mirror", repository, "\(mirrors)/acme/shop.git", in: scratch.path)
    if server == nil { try await makeTinyforgeDatabase(at: database) }
  }

  /// Adds a workload that is opted in.
  package func addWorkload(
    _ id: String, name: String? = nil, source: String = "dockerfile", config: String = config(),
    enabled: Bool = true, path: String = ".tinyforge.yml"
  ) async throws {
    try await sql(
      """
      INSERT INTO workloads
        (id, kind, ref_id, name, source_kind, source_config, gitops_enabled, gitops_path)
      VALUES (\(quoted(id)), 'app', \(quoted(id)), \(quoted(name ?? id)), \(quoted(source)),
        \(quoted(config)), \(flag(enabled)), \(quoted(path)))
      """)
  }

  /// Commits a new spec and brings the mirror up to date; returns the commit.
  @discardableResult
  package func push(_ spec: String) async throws -> String {
    try scratch.write("source/.tinyforge.yml", spec)
    try await git("add", "-A", in: repository)
    try await git("commit", "-qm", "Change the spec", in: repository)
    try await git("push", "-q", "--mirror", "\(mirrors)/acme/shop.git", in: repository)
    return try await git("rev-parse", "HEAD", in: repository)
  }

  /// Runs SQL with the `sqlite3` or the `psql` program, a second process to the tools.
  @discardableResult
  package func sql(_ statement: String) async throws -> String {
    if let server { return try await server.cluster.sql(statement, in: server.name) }
    return try await mustRun("sqlite3", ["-cmd", ".timeout 10000", database, statement])
  }

  /// Runs a built tool on the database and the mirrors.
  package func tool(
    _ name: String, _ arguments: String..., input: String = "", environment: [String: String] = [:]
  ) async throws -> CommandResult {
    try await tool(name, arguments: arguments, input: input, environment: environment)
  }

  /// The same with arguments that are put together.
  package func tool(
    _ name: String, arguments: [String], input: String = "", environment: [String: String] = [:]
  ) async throws -> CommandResult {
    // Where the keys of saved plans of a server's database are.
    let base = [
      "TINYFORGE_DB": database, "TINYFORGE_MIRRORS": mirrors,
      "XDG_STATE_HOME": scratch.file("state"),
    ]
    return try await run(
      builtTool(name), arguments, in: repository,
      environment: base.merging(environment) { $1 }, input: input)
  }

  private func flag(_ isOn: Bool) -> String {
    server == nil ? (isOn ? "1" : "0") : (isOn ? "true" : "false")
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }
}

extension World {
  /// Records a sync, as the server does.
  package func markSynced(_ id: String, at commit: String) async throws {
    try await sql(
      """
      UPDATE workloads SET gitops_commit_sha = '\(commit)',
        gitops_last_sync_at = '2026-01-03T00:00:00Z' WHERE id = '\(id)'
      """)
  }
}
