import Glibc
import Synchronization

/// A PostgreSQL server of its own, run by an unprivileged user in a temporary folder.
///
/// It listens on a socket in that folder, where everybody is let in, and on loopback, where a password is asked for;
/// the role `guarded` is asked for its password, `open sesame`, on the socket too. Nothing is left behind: a shell waits
/// for the end of the test process, stops the server and removes the folder.
package final class PostgresCluster: Sendable {
  /// The password of the role `guarded`.
  package static let password = "open sesame"
  /// The folder of the programs of the newest server: Debian has one for each version, others have one in all.
  private static let programs = Task {
    let newest = "ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 | grep ."
    return try await mustRun("sh", ["-c", "\(newest) || pg_config --bindir"])
  }
  private static let task = Task { try await PostgresCluster() }
  private static let numbers = Atomic<Int>(0)

  /// The folder of the socket.
  package let folder: String
  package let port: Int
  private let data: String

  /// The cluster that most tests share, each with a database of its own.
  package static var shared: PostgresCluster {
    get async throws { try await task.value }
  }

  /// Makes a cluster and starts it; `settings` are further lines of `postgresql.conf`.
  package init(settings: String = "") async throws {
    (folder, data, port) = try await Self.place()
    watch()
    try await asServer(
      "initdb",
      ["--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-D", data])
    try append("pg_hba.conf", Self.rules, replacing: true)
    try append("postgresql.conf", configuration + settings)
    try await start()
    try await sql(
      """
      CREATE ROLE guarded LOGIN PASSWORD '\(Self.password)';
      CREATE DATABASE fixture;
      """)
    let schema = try readFile(projectFile("Tests/TestSupport/Fixtures/tinyforge-postgres.sql"))
    try await sql(String(decoding: schema, as: UTF8.self), in: "fixture")
  }

  /// Makes a standby of another cluster, which streams from it.
  package init(standbyOf primary: PostgresCluster) async throws {
    (folder, data, port) = try await Self.place()
    watch()
    try await asServer(
      "pg_basebackup",
      [
        "-h", primary.folder, "-p", "\(primary.port)", "-U", "postgres", "-D", data, "-R", "-X",
        "stream",
        "-c", "fast", "--no-sync",
      ])
    try append("postgresql.conf", configuration)
    try await start()
  }

  /// Makes the standby a server of its own.
  package func promote() async throws {
    try await asServer("pg_ctl", ["-D", data, "-w", "promote"])
  }

  /// A folder that the server's user may write, and a free port.
  private static func place() async throws -> (folder: String, data: String, port: Int) {
    var template = Array("/tmp/tinyforge-postgres-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw TestSupportError("mkdtemp: errno \(errno)") }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    chmod(folder, 0o755)
    if geteuid() == 0 { chown(folder, 65534, 65534) }
    return (folder, "\(folder)/data", try await freePort())
  }

  private static let rules = """
    local all guarded scram-sha-256
    local all all trust
    local replication all trust
    host all all 127.0.0.1/32 scram-sha-256
    host all all ::1/128 scram-sha-256

    """

  private var configuration: String {
    """

    listen_addresses = '127.0.0.1'
    port = \(port)
    unix_socket_directories = '\(folder)'
    fsync = off
    max_connections = 200
    shared_buffers = 32MB
    log_line_prefix = '%a %p '
    lc_messages = 'C'

    """
  }

  /// Starts the server, and waits until it takes connections.
  package func start() async throws {
    try await asServer("pg_ctl", ["-D", data, "-l", "\(folder)/log", "-w", "-t", "60", "start"])
  }

  /// Stops the server: `fast`, or `immediate`, which is as a crash.
  package func stop(_ mode: String) async throws {
    try await asServer("pg_ctl", ["-D", data, "-m", mode, "-w", "stop"])
  }

  /// Lets the server be reached by TLS as that host; returns its own certificate, which no other has signed.
  package func serveTLS(for host: String) async throws -> String {
    let certificate = "\(data)/server.crt"
    try await mustRun(
      "openssl",
      [
        "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-days", "2", "-subj", "/CN=\(host)",
        "-addext", "subjectAltName=DNS:\(host)", "-keyout", "\(data)/server.key", "-out",
        certificate,
      ])
    try await mustRun("chmod", ["600", "\(data)/server.key"])
    if geteuid() == 0 {
      try await mustRun("chown", ["65534:65534", "\(data)/server.key", certificate])
    }
    try append("postgresql.conf", "ssl = on\n")
    try await stop("fast")
    try await start()
    return certificate
  }

  /// What the server logged.
  package func log() throws -> String {
    String(decoding: try readFile("\(folder)/log"), as: UTF8.self)
  }

  /// Runs SQL as the superuser, with the `psql` program.
  @discardableResult
  package func sql(_ statements: String, in database: String = "postgres") async throws -> String {
    try await mustRun(
      "psql",
      [
        "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", folder, "-p", "\(port)", "-U",
        "postgres", "-d", database,
      ],
      input: statements)
  }

  /// The address of a database by the socket, for a role.
  package func address(_ database: String, user: String = "postgres") -> String {
    "postgres://\(user)@/\(database)?host=\(folder)&port=\(port)"
  }

  /// A new database with the fixture's schema, or with another one; returns its name.
  ///
  /// `configType` is the type of `source_config` in the fixture's.
  package func makeDatabase(schema: String? = nil, configType: String = "text") async throws
    -> String
  {
    let name = "test\(Self.numbers.add(1, ordering: .relaxed).newValue)"
    // The template may be copied by one at a time.
    let template = schema == nil ? " TEMPLATE fixture STRATEGY file_copy" : ""
    try await sql("SELECT pg_advisory_lock(1); CREATE DATABASE \(name)\(template);")
    if let schema { try await sql(schema, in: name) }
    if configType != "text" {
      try await sql(
        """
        ALTER TABLE workloads ALTER source_config DROP DEFAULT,
          ALTER source_config TYPE \(configType) USING source_config::\(configType);
        """, in: name)
    }
    return name
  }

  /// Makes a role that may log in, unless it is there.
  package func makeRole(_ name: String) async throws {
    try await sql(
      """
      SELECT pg_advisory_lock(2);
      SELECT 'CREATE ROLE \(name) LOGIN' WHERE to_regrole('\(name)') IS NULL \\gexec
      """)
  }

  /// Runs a program of the server's package as an unprivileged user.
  @discardableResult
  package func asServer(_ program: String, _ arguments: [String]) async throws -> String {
    let path = "\(try await Self.programs.value)/\(program)"
    // The server, which outlives `pg_ctl`, must not keep the pipes of this call.
    let line = "exec \"$@\" </dev/null >>\(folder)/\(program).out 2>&1"
    let call = ["sh", "-c", line, "sh", path] + arguments
    let user = ["--reuid=65534", "--regid=65534", "--clear-groups"]
    return geteuid() == 0
      ? try await mustRun("setpriv", user + call, in: folder)
      : try await mustRun("sh", Array(call.dropFirst()), in: folder)
  }

  private func append(_ name: String, _ text: String, replacing: Bool = false) throws {
    guard let file = fopen("\(data)/\(name)", replacing ? "w" : "a") else {
      throw TestSupportError("open \(data)/\(name): errno \(errno)")
    }
    fputs(text, file)
    fclose(file)
  }

  private func watch() {
    let stop = "kill -QUIT $(head -1 \(data)/postmaster.pid) 2>/dev/null"
    // Held open until this process ends, however it does.
    _ = popen("trap '' INT TERM HUP; cat >/dev/null; \(stop); sleep 0.5; rm -rf \(folder)", "we")
  }

  private static func freePort() async throws -> Int {
    let program =
      "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
    return Int(try await mustRun("/usr/bin/python3", ["-c", program])) ?? 0
  }
}
