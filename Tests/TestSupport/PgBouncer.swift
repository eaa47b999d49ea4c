import Glibc
import Subprocess
import SystemPackage

/// pgbouncer before a cluster, which gives each transaction another connection of a small pool.
package struct PgBouncer: Sendable {
  private let folder: String
  private let port: Int

  /// The address of a database through the pool.
  package func address(_ database: String) -> String {
    "postgres://postgres@/\(database)?host=\(folder)&port=\(port)"
  }

  /// Starts it with that many connections, runs `body`, and ends it.
  package static func pooling(
    _ cluster: PostgresCluster, connections: Int, body: @Sendable (PgBouncer) async throws -> Void
  ) async throws {
    let scratch = try Scratch()
    let bouncer = PgBouncer(folder: scratch.path, port: cluster.port)
    let users = try scratch.write("users", "\"postgres\" \"\"\n")
    let config = try scratch.write(
      "pgbouncer.ini",
      """
      [databases]
      * = host=\(cluster.folder) port=\(cluster.port)
      [pgbouncer]
      unix_socket_dir = \(scratch.path)
      listen_port = \(cluster.port)
      auth_type = trust
      auth_file = \(users)
      pool_mode = transaction
      default_pool_size = \(connections)
      max_client_conn = 200

      """)
    if geteuid() == 0 { try await mustRun("chown", ["-R", "65534:65534", scratch.path]) }
    try await mustRun("chmod", ["755", scratch.path])
    let user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    let call = (geteuid() == 0 ? user : []) + ["/usr/sbin/pgbouncer", "-q", config]
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        var options = PlatformOptions()
        options.teardownSequence = [
          .send(signal: .interrupt, allowedDurationToNextStep: .seconds(5))
        ]
        _ = try? await Subprocess.run(
          .name(call[0]), arguments: Arguments(Array(call.dropFirst())), platformOptions: options,
          output: .discarded, error: .discarded)
      }
      for _ in 0..<200 {
        let isUp = try await run("psql", [bouncer.address("postgres"), "-c", "SELECT 1"])
        if isUp.status == 0 { break }
        try await Task.sleep(for: .milliseconds(50))
      }
      try await body(bouncer)
      group.cancelAll()
    }
  }
}
