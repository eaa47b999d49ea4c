import FoundationEssentials
import TestSupport
import Testing

/// The way to a PostgreSQL server: its certificate, its addresses, and that there is none.
@Suite(.ownTime, .hangLimit) struct PostgresHostTests {
  /// A server's certificate is checked where that is asked for.
  @Test func certificatesAreChecked() async throws {
    let cluster = try await PostgresCluster()
    let world = try await World(on: cluster)
    try await world.addWorkload("w1")
    let name = try #require(world.server).name
    let place = "guarded@localhost:\(cluster.port)/\(name)"
    try await world.sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO guarded;")
    func drift(_ query: String, _ host: String = "localhost") async throws -> CommandResult {
      try await world.tool(
        "drift", "--all",
        environment: [
          "TINYFORGE_DB": "postgres://\(place.replacing("localhost", with: host))?\(query)",
          "PGPASSWORD": PostgresCluster.password,
        ])
    }
    let plain = try await drift("sslmode=require")
    #expect(plain.status == 2 && plain.error.contains("server does not support SSL"), "\(plain)")
    let certificate = try await cluster.serveTLS(for: "localhost")
    let checked = "sslmode=verify-full&sslrootcert=\(certificate)"
    let good = try await drift(checked)
    #expect(good.status == 1, "\(good)")
    #expect(try await drift("sslmode=require").status == 1)
    let unknown = try await drift("sslmode=verify-full&sslrootcert=/absent")
    #expect(unknown.status == 2 && unknown.error.contains("root certificate file"), "\(unknown)")
    let foreign = try await drift(checked, "127.0.0.1")
    #expect(foreign.status == 2 && foreign.error.contains("does not match host name"), "\(foreign)")
    for result in [plain, unknown, foreign] {
      #expect(!result.error.contains("sesame") && result.error.contains("psql "), "\(result)")
    }
  }

  /// Loopback by its IPv6 address, named as a URL names it.
  @Test func anIPv6Host() async throws {
    let world = try await World()
    for (text, name) in [
      ("postgres://u@[::1]:1/d", "postgres://[::1]:1/d"),
      ("postgres://u@[::1]:1,127.0.0.1:1/d", "postgres://[::1]:1,127.0.0.1:1/d"),
    ] {
      let result = try await world.tool("drift", "--all", environment: ["TINYFORGE_DB": text])
      #expect(result.status == 2 && result.error.contains("\(name): "), "\(result)")
    }
  }

  @Test(.enabled(if: FileManager.default.contents(atPath: "/proc/net/if_inet6")?.isEmpty == false))
  func aServerOnIPv6() async throws {
    let cluster = try await PostgresCluster(settings: "listen_addresses = '::1'\n")
    let world = try await World(on: cluster)
    try await world.addWorkload("w1")
    try await world.sql("GRANT ALL ON ALL TABLES IN SCHEMA public TO guarded;")
    let name = try #require(world.server).name
    let address = "postgres://guarded@[::1]:\(cluster.port)/\(name)"
    let drift = try await world.tool(
      "drift", "--all", "--db", address, environment: ["PGPASSWORD": PostgresCluster.password])
    #expect(drift.status == 1, "\(drift)")
    let wrong = try await world.tool(
      "drift", "--all", "--db", address, environment: ["PGPASSWORD": "hunter2"])
    #expect(wrong.status == 2 && wrong.error.contains("postgres://[::1]:\(cluster.port)/"))
    #expect(!wrong.error.contains("hunter2"), "\(wrong)")
  }

  /// A network that swallows everything is given up in the time that is given.
  @Test func anUnreachableHost() async throws {
    let world = try await World()
    let start = ContinuousClock.now
    for address in [
      "postgres://192.0.2.1/d?connect_timeout=2",
      "postgres://192.0.2.1,192.0.2.2/d?connect_timeout=2",
    ] {
      let result = try await world.tool(
        "apply", "--all", "--yes", environment: ["TINYFORGE_DB": address])
      #expect([2, 3].contains(result.status), "\(result)")
      #expect(result.error.contains("cannot connect to the database"), "\(result)")
    }
    #expect(ContinuousClock.now - start < .seconds(30))
  }
}
