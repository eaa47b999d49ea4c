import Synchronization
import TestSupport
import Testing
import TinyforgeCore

@testable import WorkloadStore

@Suite(.ownTime, .hangLimit) struct PostgresConnectionTests {
  private func connect(
    _ address: String, isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws -> PostgresConnection {
    try PostgresConnection(PostgresAddress(address), isInterrupted: isInterrupted)
  }

  /// The fault that `body` throws.
  private func fault(_ body: () throws(PostgresFault) -> Void) throws -> PostgresFault {
    do { try body() } catch { return error }
    throw TestSupportError("nothing was thrown")
  }

  /// The failure to connect to that address.
  private func failure(connectingTo text: String) throws -> Failure {
    let address = try PostgresAddress(text)
    return try fault { () throws(PostgresFault) in
      _ = try PostgresConnection(address) { false }
    }.failure(address)
  }

  @Test func valuesGoAsParametersAndComeBack() async throws {
    let cluster = try await PostgresCluster.shared
    let connection = try connect(cluster.address("postgres"))
    let texts = ["", "a'b", "\"", "$1", "é\u{1F600}", "x\ny", "'; DROP TABLE workloads; --"]
    for text in texts {
      let found = try connection.run(
        PostgresStatement("SELECT $1::text, NULL, $2::text", [text, nil], to: "try"))
      #expect(found.count == 1 && found.text(0, 0) == text)
      #expect(found.text(0, 1) == nil && found.bytes(0, 2) == nil)
    }
    #expect(connection.serverVersion >= 150_000)
  }

  /// A text that C would cut off is not sent.
  @Test func aNULIsRefused() async throws {
    let cluster = try await PostgresCluster.shared
    let connection = try connect(cluster.address("postgres"))
    let refused = try fault { () throws(PostgresFault) in
      try connection.run(PostgresStatement("SELECT $1::text", ["a\0b"], to: "try"))
    }
    #expect(refused.state == "22021")
  }

  @Test func statementsAreSentTogether() async throws {
    let cluster = try await PostgresCluster.shared
    let connection = try connect(cluster.address("postgres"))
    let found = try connection.run([
      PostgresStatement("BEGIN", to: "begin"),
      PostgresStatement("SELECT $1::int + 1", ["1"], to: "add"),
      PostgresStatement("SELECT generate_series(1, 3)", to: "count"),
      PostgresStatement("COMMIT", to: "commit"),
    ])
    #expect(found.count == 4 && found[1].integer(0, 0) == 2 && found[2].count == 3)
    let fault = try fault { () throws(PostgresFault) in
      try connection.run([
        PostgresStatement("BEGIN", to: "begin"), PostgresStatement("SELECT 1 / 0", to: "divide"),
        PostgresStatement("SELECT 1", to: "go on"),
      ])
    }
    #expect(fault.state == "22012" && fault.statement == 1 && fault.operation == "divide")
    try connection.run(PostgresStatement("ROLLBACK", to: "undo"))
    #expect(try connection.run(PostgresStatement("SELECT 5", to: "try")).integer(0, 0) == 5)
  }

  @Test func manyRowsAreHandedOutOneByOne() async throws {
    let cluster = try await PostgresCluster.shared
    let connection = try connect(cluster.address("postgres"))
    var sum: Int64 = 0
    let statement = PostgresStatement("SELECT generate_series(1, 20000)", to: "count")
    try connection.forEachRow(statement) { row in
      sum += row.integer(0, 0)
      return true
    }
    #expect(sum == 200_010_000)
    var count = 0
    try connection.forEachRow(statement) { _ in
      count += 1
      return count < 3
    }
    #expect(count == 3)
    #expect(try connection.run(PostgresStatement("SELECT 5", to: "try")).integer(0, 0) == 5)
  }

  /// The statement is cancelled on the server, whose connection serves on.
  @Test func aRunThatIsToEndWaitsForNothing() async throws {
    let cluster = try await PostgresCluster.shared
    let asked = Mutex(0)
    let connection = try connect(cluster.address("postgres")) {
      asked.withLock { count in
        count += 1
        return (3..<100).contains(count)
      }
    }
    let fault = try fault { () throws(PostgresFault) in
      try connection.run(PostgresStatement("SELECT pg_sleep(60)", to: "sleep"))
    }
    #expect(fault.failure(connection.address).code == .interrupted, "\(fault)")
    asked.withLock { $0 = 100 }
    #expect(try connection.run(PostgresStatement("SELECT 5", to: "try")).integer(0, 0) == 5)
  }

  /// What the server says of a refused statement, and the code of the failure.
  @Test(arguments: [
    ("SELECT x", "42703", Failure.Code.database), ("SELECT * FROM pg_authid", "42501", .denied),
    ("SET LOCAL lock_timeout = 'x'", "22023", .database),
    ("SELECT set_config('transaction_read_only', 'on', false), nextval('s')", "42P01", .database),
    (
      "DO $$BEGIN RAISE EXCEPTION USING ERRCODE = '40001', MESSAGE = 'again'; END$$", "40001", .busy
    ),
    ("DO $$BEGIN RAISE EXCEPTION USING ERRCODE = '25006', MESSAGE = 'no'; END$$", "25006", .denied),
    ("DO $$BEGIN RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = 'no'; END$$", "53100", .io),
    ("DO $$BEGIN RAISE EXCEPTION USING ERRCODE = '55P03', MESSAGE = 'no'; END$$", "55P03", .busy),
  ])
  func aRefusalHasItsCode(_ sql: String, _ state: String, _ code: Failure.Code) async throws {
    let cluster = try await PostgresCluster.shared
    try await cluster.makeRole("plain")
    let connection = try connect(cluster.address("postgres", user: "plain"))
    let fault = try fault { () throws(PostgresFault) in
      try connection.run(PostgresStatement(sql, to: "try"))
    }
    let failure = fault.failure(connection.address)
    #expect(fault.state == state && failure.code == code && failure.remedy != nil, "\(failure)")
  }

  /// The rows that PostgreSQL repeats in its details may hold secrets.
  @Test func detailsAreLeftOut() async throws {
    let cluster = try await PostgresCluster.shared
    let connection = try connect(cluster.address("postgres"))
    try connection.run(
      PostgresStatement("CREATE TEMP TABLE t (a text, b text NOT NULL)", to: "try"))
    let fault = try fault { () throws(PostgresFault) in
      try connection.run(PostgresStatement("INSERT INTO t VALUES ($1)", ["hunter2"], to: "try"))
    }
    #expect(
      fault.state == "23502" && !fault.failure(connection.address).sentence.contains("hunter2"))
  }

  @Test func aServerThatEndsIsALostConnection() async throws {
    let cluster = try await PostgresCluster.shared
    let connection = try connect(cluster.address("postgres"))
    let me = try connection.run(PostgresStatement("SELECT pg_backend_pid()", to: "try"))
    try await cluster.sql("SELECT pg_terminate_backend(\(me.integer(0, 0)))")
    let fault = try fault { () throws(PostgresFault) in
      try connection.run([PostgresStatement("SELECT 1", to: "try")])
    }
    #expect(fault.isLost && fault.failure(connection.address).code == .network, "\(fault)")
  }

  // MARK: Addresses

  /// An address, how messages name it, and what `psql` is given.
  @Test(arguments: [
    ("postgres://h/d", "postgres://h/d", "host=h dbname=d"),
    ("POSTGRESQL://u:p%40ss@h:1/d", "postgres://h:1/d", "host=h port=1 dbname=d"),
    ("postgres://a:1,b:2/d", "postgres://a:1,b:2/d", "host=a,b port=1,2 dbname=d"),
    (
      "postgres:///d?host=/run/x&user=u", "postgres:///d?host=/run/x", "host=/run/x dbname=d"
    ),
    ("postgres://?service=s", "postgres:///?service=s", "service=s"),
    (
      "postgres://h/d?sslmode=require&password=p", "postgres://h/d",
      "host=h dbname=d sslmode=require"
    ),
    ("postgres://h/a%20b'c", "postgres://h/a b'c", #"host=h dbname='a b\'c'"#),
  ])
  func addressesAreNamedWithoutPasswords(_ text: String, _ name: String, _ words: String) throws {
    let address = try PostgresAddress(text)
    #expect(address.name == name)
    let parts = address.conninfo
    #expect(
      Set(parts.split(separator: " ")) == Set(words.split(separator: " ")), "\(parts)")
    #expect(address.hasPassword == (text.contains("p%40ss") || text.contains("password=")))
    #expect(!"\(address)".contains("p%40ss") && !String(reflecting: address).contains("p%40ss"))
  }

  @Test(arguments: [
    "postgres://u:hunter2@[::1/d", "postgres://h/d?passwort=hunter2", "postgres://h/%zzhunter2",
    "postgres://h:x/d?sslmode", "postgres://h/d?a=%00hunter2",
  ])
  func aBrokenAddressIsNotRepeated(_ text: String) throws {
    do {
      _ = try PostgresAddress(text)
      Issue.record("\(text) was taken")
    } catch {
      #expect(error.code == .usage && error.remedy != nil)
      #expect(!error.sentence.contains("hunter2") && !error.sentence.contains("postgres://h"))
    }
  }

  /// Whatever is wrong, the password is in no message.
  @Test func aFailureToConnectNamesNoPassword() async throws {
    let cluster = try await PostgresCluster.shared
    let place = "host=\(cluster.folder)&port=\(cluster.port)"
    let cases: [(String, String, Failure.Code)] = [
      ("postgres://guarded:hunter2@/postgres?\(place)", "password authentication failed", .network),
      ("postgres://guarded@/postgres?\(place)", "no password supplied", .network),
      (
        "postgres://postgres:hunter2@/absent?\(place)", #"database "absent" does not exist"#,
        .network
      ),
      ("postgres://absent:hunter2@/postgres?\(place)", #"role "absent" does not exist"#, .network),
      (
        "postgres://postgres:hunter2@/hunter2?\(place)", #"database "***" does not exist"#, .network
      ),
      ("postgres://x:hunter2@127.0.0.1:1/postgres", "Connection refused", .network),
      ("postgres://x:hunter2@absent.invalid/postgres", "could not translate host name", .network),
      ("postgres://x:hunter2@/d?host=/absent", "No such file", .network),
    ]
    for (text, words, code) in cases {
      let failure = try failure(connectingTo: text)
      #expect(failure.code == code && failure.message.contains(words), "\(failure)")
      // A database may be called like the password: its name is no secret.
      let shown = failure.sentence.replacing("/hunter2", with: "").replacing(
        "dbname=hunter2", with: "")
      #expect(!shown.contains("hunter2"), "\(failure)")
    }
    _ = try connect("postgres://guarded:open%20sesame@/postgres?\(place)")
  }

  /// A server that takes a connection and says nothing.
  @Test func aSilentServerIsGivenUp() async throws {
    let scratch = try Scratch()
    let ready = scratch.file("ready")
    let listen = """
      import socket, sys, time
      s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()
      open(sys.argv[1], 'w').write(str(s.getsockname()[1]) + '\\n')
      time.sleep(60)
      """
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        _ = try await run("timeout", ["20", "/usr/bin/python3", "-c", listen, ready])
      }
      try await waitForFile(ready, toHold: "\n")
      let port = String(decoding: try readFile(ready), as: UTF8.self).prefix { $0 != "\n" }
      let failure = try failure(connectingTo: "postgres://127.0.0.1:\(port)/d?connect_timeout=2")
      #expect(failure.message.contains("did not answer within 2 seconds"), "\(failure)")
      group.cancelAll()
    }
  }
}
