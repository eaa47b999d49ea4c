import FoundationEssentials
import TestSupport
import Testing

/// Databases and roles that are set up in other ways than the tools expect.
@Suite(.ownTime, .hangLimit) struct PostgresHostileTests {
  /// A world whose tools run as a role of its own, which may do all that apply needs.
  private struct Job: Sendable {
    let world: World
    let cluster: PostgresCluster
    let database: String
    let role: String

    init(_ role: String, configType: String = "text") async throws {
      cluster = try await PostgresCluster.shared
      world = try await World(on: cluster, configType: configType)
      database = try #require(world.server).name
      self.role = "\(role)_\(database)"
      try await cluster.makeRole(self.role)
      try await world.sql(
        """
        GRANT ALL ON ALL TABLES IN SCHEMA public TO \(self.role);
        GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO \(self.role);
        """)
      for id in ["w1", "w2"] { try await world.addWorkload(id) }
    }

    /// Sets what the role's sessions begin with.
    func set(_ setting: String) async throws {
      try await world.sql("ALTER ROLE \(role) SET \(setting)")
    }

    func tool(_ name: String, _ arguments: String...) async throws -> CommandResult {
      try await world.tool(
        name, arguments: arguments,
        environment: ["TINYFORGE_DB": cluster.address(database, user: role)])
    }

    func events() async throws -> String { try await world.sql("SELECT count(*) FROM event_log") }
  }

  /// The search path decides, and the message says which table was found.
  @Test func anotherTableOfThatName() async throws {
    let job = try await Job("shadowed")
    try await job.set("search_path = other, public")
    try await job.world.sql(
      """
      CREATE SCHEMA other; CREATE TABLE other.workloads (id text);
      GRANT USAGE ON SCHEMA other TO PUBLIC; GRANT ALL ON ALL TABLES IN SCHEMA other TO PUBLIC;
      """)
    let misfit = try await job.tool("plan", "--all")
    #expect(misfit.status == 2 && misfit.error.contains("(other.workloads) lacks"), "\(misfit)")
    try await job.world.sql(
      """
      DROP TABLE other.workloads; CREATE TABLE other.workloads (LIKE public.workloads INCLUDING ALL);
      INSERT INTO other.workloads SELECT * FROM public.workloads WHERE id = 'w2';
      GRANT ALL ON ALL TABLES IN SCHEMA other TO PUBLIC;
      """)
    let applied = try await job.tool("apply", "--all", "--yes")
    #expect(applied.status == 0 && !applied.output.contains("w1"), "\(applied)")
    #expect(try await job.events() == "1")
    #expect(
      try await job.world.sql(
        "SELECT count(*) FROM public.workloads WHERE source_config LIKE '%8080%'") == "0")
  }

  /// A view that can be written serves as a table does; another one is read, and refused by the server.
  @Test func aViewInPlaceOfTheTable() async throws {
    let job = try await Job("viewer")
    try await job.world.sql(
      """
      ALTER TABLE workloads RENAME TO base; CREATE VIEW workloads AS SELECT * FROM base;
      GRANT ALL ON workloads TO PUBLIC;
      """)
    let applied = try await job.tool("apply", "--workload", "w1", "--yes")
    #expect(applied.status == 0, "\(applied)")
    try await job.world.sql(
      "CREATE OR REPLACE VIEW workloads AS SELECT DISTINCT * FROM base; GRANT ALL ON workloads TO PUBLIC;"
    )
    #expect(try await job.tool("drift", "--all").status == 1)
    let refused = try await job.tool("apply", "--all", "--yes")
    #expect(refused.status == 2, "\(refused)")
    #expect(refused.output.contains("refused to") && refused.output.contains("SQLSTATE"))
    #expect(try await job.events() == "1")
  }

  /// Rows that policies hide are absent, those that may not be changed are not, and the doctor says that there may be such.
  @Test func rowSecurity() async throws {
    let job = try await Job("secured")
    try await job.world.sql(
      """
      INSERT INTO workloads (id, kind, ref_id, name, source_kind, source_config, gitops_enabled)
        SELECT 'w3', kind, 'w3', 'w3', source_kind, source_config, true FROM workloads WHERE id = 'w1';
      ALTER TABLE workloads ENABLE ROW LEVEL SECURITY;
      CREATE POLICY seen ON workloads FOR SELECT USING (id <> 'w2');
      CREATE POLICY changed ON workloads FOR UPDATE USING (id = 'w1');
      """)
    let plan = try await job.tool("plan", "--all")
    #expect(plan.status == 1 && !plan.output.contains("w2") && plan.output.contains("w3"))
    let applied = try await job.tool("apply", "--all", "--yes", "--keep-going")
    #expect(applied.status == 2, "\(applied)")
    #expect(
      try await job.world.sql("SELECT id FROM workloads WHERE source_config LIKE '%8080%'") == "w1")
    #expect(try await job.events() == "1")
    let doctor = try await job.tool("plan", "doctor", "--fetch", "local", "--format", "json")
    let finding = try #require(
      DoctorTests.findings(doctor).first { $0.line.contains("row security is active") })
    #expect(doctor.status == 0 && finding.line.contains("schema warning"), "\(doctor)")
    let policies = try await mustRun(
      "sh", ["-ec", finding.command], environment: ["PGUSER": "postgres"])
    #expect(policies.contains("seen") && policies.contains("changed"), "\(policies)")
  }

  /// What a role's sessions begin with; nothing of it changes what is read and written.
  @Test(arguments: [
    "standard_conforming_strings = off", "backslash_quote = off",
    "search_path = public, pg_catalog",
    "default_transaction_isolation = serializable", "idle_session_timeout = '300ms'",
    "idle_in_transaction_session_timeout = '300ms'", "client_encoding = LATIN1",
    "DateStyle = 'German'", "TimeZone = 'Asia/Kathmandu'", "bytea_output = escape",
    "extra_float_digits = -15", "lock_timeout = '1ms'", "transform_null_equals = on",
    "client_min_messages = debug5", "row_security = off",
  ])
  func settingsOfTheRole(_ setting: String) async throws {
    let job = try await Job("custom")
    try await job.set(setting)
    let id = #"a\'b"c\\"#
    try await job.world.addWorkload(id, name: "n\\'é")
    #expect(try await job.tool("plan", "--all").status == 1)
    let applied = try await job.tool("apply", "--all", "--yes")
    #expect(applied.status == 0 && applied.error.isEmpty, "\(applied)")
    #expect(try await job.events() == "3")
    #expect(try await job.tool("drift", "--all").status == 0)
    let history = try await job.tool("apply", "history", "--", id)
    #expect(history.status == 0 && history.output.contains("port"), "\(history)")
    #expect(
      try await job.world.sql(
        "SELECT count(*) FROM workloads WHERE updated_at > now() - interval '1 hour'")
        == "3")
  }

  /// Settings that forbid what is needed: nothing is changed, and the remedy names them.
  @Test func settingsThatForbid() async throws {
    let job = try await Job("limited")
    try await job.set("default_transaction_read_only = on")
    let readOnly = try await job.tool("apply", "--all", "--yes")
    #expect(readOnly.status == 2, "\(readOnly)")
    #expect(readOnly.output.contains("default_transaction_read_only"), "\(readOnly)")
    try await job.world.sql("ALTER ROLE \(job.role) RESET ALL")
    try await job.set("statement_timeout = '200ms'")
    try await job.world.sql(
      """
      CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(5); RETURN NEW; END $$;
      CREATE TRIGGER slow BEFORE UPDATE ON workloads FOR EACH ROW EXECUTE FUNCTION slow();
      """)
    let late = try await job.tool("apply", "--all", "--yes")
    #expect(late.status == 3 && late.output.contains("raise statement_timeout"), "\(late)")
    #expect(try await job.events() == "0")
    try await job.world.sql("ALTER ROLE \(job.role) RESET ALL; DROP TRIGGER slow ON workloads;")
    #expect(try await job.tool("apply", "--all", "--yes").status == 0)
  }

  /// Databases in other encodings: what they can hold is kept, what they cannot is refused whole.
  @Test(arguments: ["LATIN1", "SQL_ASCII"]) func otherEncodings(_ encoding: String) async throws {
    let world = try await World()
    let cluster = try await PostgresCluster.shared
    let name = "encoded_\(encoding.lowercased())"
    try await cluster.sql(
      """
      DROP DATABASE IF EXISTS \(name);
      CREATE DATABASE \(name) TEMPLATE template0 ENCODING '\(encoding)' LC_COLLATE 'C' LC_CTYPE 'C';
      """)
    let schema = try readFile(projectFile("Tests/TestSupport/Fixtures/tinyforge-postgres.sql"))
    try await cluster.sql(String(decoding: schema, as: UTF8.self), in: name)
    let address = ["TINYFORGE_DB": cluster.address(name)]
    func add(_ id: String, _ leaves: String, _ workload: String = "shop") async throws {
      let config = World.config(leaves).replacing("'", with: "''")
      try await cluster.sql(
        """
        SET client_encoding = 'UTF8';
        INSERT INTO workloads (id, kind, ref_id, name, source_kind, source_config, gitops_enabled)
        VALUES ('\(id)', 'app', '\(id)', '\(workload)', 'dockerfile', '\(config)', true);
        """, in: name)
    }
    try await add("é", #""port":3000,"ü":"ß""#, "ñ")
    let applied = try await world.tool("apply", "--all", "--yes", environment: address)
    #expect(applied.status == 0 && applied.output.contains("ñ"), "\(applied)")
    #expect(try await world.tool("drift", "é", environment: address).status == 0)
    let history = try await world.tool("apply", "history", "é", environment: address)
    #expect(history.status == 0 && history.output.contains("8080"), "\(history)")
    // A character that the database cannot hold.
    try await world.push("version: 1\ndeploy: {port: 8081, healthcheck: /\u{1F600}}\n")
    let odd = try await world.tool("apply", "--all", "--yes", environment: address)
    #expect(odd.status == (encoding == "LATIN1" ? 2 : 0), "\(odd)")
    if encoding == "LATIN1" {
      #expect(odd.output.contains("SQLSTATE 22P05"), "\(odd)")
      #expect(odd.output.contains("ENCODING 'UTF8'"), "\(odd)")
      #expect(try await cluster.sql("SELECT count(*) FROM event_log", in: name) == "1")
      return
    }
    // Bytes that are no text: nothing is written in their place.
    try await cluster.sql(
      #"UPDATE workloads SET source_config = replace(source_config, '3000', E'30\xff') || E'\xff'"#,
      in: name)
    let broken = try await world.tool("apply", "--all", "--yes", environment: address)
    #expect(broken.status == 2 && broken.error.contains("ENCODING 'UTF8'"), "\(broken)")
    #expect(try await cluster.sql("SELECT count(*) FROM event_log", in: name) == "2")
  }

  /// Numbers of any length, and members and names of a megabyte.
  @Test(arguments: ["text", "json", "jsonb"]) func largeValues(_ type: String) async throws {
    let job = try await Job("large", configType: type)
    let digits = String(repeating: "1234567890", count: 40)
    let long = String(repeating: "x'\\\\\\\"$1 ", count: 120_000)
    let leaves = "\"port\":3000,\"n\":\(digits),\"f\":0.\(digits),\"s\":\"\(long)\""
    let name = String(repeating: "n'\\", count: 350_000)
    try await job.world.sql("DELETE FROM workloads")
    try await job.world.addWorkload("w1", name: name, config: World.config(leaves))
    let before = try await job.world.sql(
      "SELECT (source_config::jsonb - 'port')::text FROM workloads")
    #expect(before.contains(digits) && before.utf8.count > 1_000_000)
    let applied = try await job.tool("apply", "--all", "--yes")
    #expect(applied.status == 0, "\(applied.output.prefix(2000)) \(applied.error.prefix(2000))")
    let after = try await job.world.sql(
      "SELECT (source_config::jsonb - 'port' - 'healthcheck' - 'deploy_strategy')::text FROM workloads"
    )
    #expect(after == before)
    #expect(try await job.tool("drift", "--all").status == 0)
    #expect(try await job.tool("apply", "revert", "w1", "--yes").status == 0)
  }

  /// A transaction that was undone because of others is run again.
  @Test(arguments: ["40001", "40P01"]) func serializationFailuresAreRetried(_ state: String)
    async throws
  {
    let job = try await Job("serial")
    // A sequence's numbers stay used when a transaction is undone.
    try await job.world.sql(
      """
      CREATE SEQUENCE tries; GRANT ALL ON SEQUENCE tries TO PUBLIC;
      CREATE FUNCTION undone() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('tries') <= 2 THEN RAISE EXCEPTION USING ERRCODE = '\(state)', MESSAGE = 'again'; END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER undone BEFORE UPDATE ON workloads FOR EACH ROW EXECUTE FUNCTION undone();
      """)
    let applied = try await job.tool("apply", "--all", "--yes")
    #expect(applied.status == 0, "\(applied)")
    #expect(try await job.events() == "2")
    #expect(try await job.world.sql("SELECT last_value FROM tries") == "4")
    #expect(try await job.tool("drift", "--all").status == 0)
  }
}
