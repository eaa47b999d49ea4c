import TinyforgeCore

/// A Tinyforge database that a PostgreSQL server keeps; one task uses it at a time.
///
/// Each of its statements is a transaction of its own: nothing is kept open between them, whatever a caller waits for.
final class PostgresStore: WorkloadStore {
  let address: PostgresAddress
  let connection: PostgresConnection
  let schema: PostgresSchema
  /// Which database it is, once that was asked.
  private var knownIdentity: PostgresIdentity?
  /// The form of the event log's times, once it was looked for; nil within where none is known.
  var auditTime: String??

  /// Connects, and probes the schema.
  init(_ address: PostgresAddress, isInterrupted: @escaping @Sendable () -> Bool) throws(Failure) {
    self.address = address
    do throws(PostgresFault) {
      connection = try PostgresConnection(address, isInterrupted: isInterrupted)
    } catch {
      throw error.failure(address)
    }
    schema = try PostgresSchema(probing: connection)
  }

  var name: String { address.name }
  var notes: [String] { schema.notes }
  var hasSyncEvents: Bool { schema.hasSyncEvents }

  /// Which database it is, wherever its address leads to later.
  func identity() throws(Failure) -> PostgresIdentity {
    if let knownIdentity { return knownIdentity }
    let found = try PostgresIdentity(of: schema, connection)
    knownIdentity = found
    return found
  }

  /// Whether both have their tables at one place of one database of a cluster, or of its standby.
  func isSame(as other: any WorkloadStore) throws(Failure) -> Bool {
    guard let other = other as? PostgresStore, other.schema.database == schema.database,
      other.schema.workloads.place == schema.workloads.place
    else { return false }
    let (one, two) = (try identity(), try other.identity())
    return !one.system.isEmpty && one == two
  }

  /// Runs one statement outside of transactions of several.
  func run(_ sql: String, _ parameters: [String?] = [], to operation: String) throws(Failure)
    -> PostgresResult
  {
    do throws(PostgresFault) {
      return try connection.run(PostgresStatement(sql, parameters, to: operation))
    } catch {
      throw error.failure(address)
    }
  }

  func writer(patience: Duration, isInterrupted: @escaping @Sendable () -> Bool) throws(Failure)
    -> any StoreWriter
  {
    PostgresWriter(try sameDatabase(isInterrupted: isInterrupted))
  }

  /// Another connection, which can write; throws unless it leads to the same database.
  func sameDatabase(isInterrupted: @escaping @Sendable () -> Bool) throws(Failure) -> PostgresStore
  {
    let other = try PostgresStore(address, isInterrupted: isInterrupted)
    guard try other.identity() == identity() else {
      throw Failure(
        .database,
        "the address \(name.shownSafely) leads to another database by now; nothing was written",
        remedy: "run the command again, on the database that is there now")
    }
    if other.schema.isStandby { throw other.standby }
    return other
  }

  /// Refuses a standby, and asks which database it is while the connection is sound: a person may be asked for long.
  func requireOriginal() throws(Failure) {
    if schema.isStandby { throw standby }
    _ = try identity()
  }

  private var standby: Failure {
    Failure(
      .denied,
      "the server of the database \(name.shownSafely) is a standby, which cannot be written",
      remedy: "name the primary server, or all of them: "
        + "postgres://HOST1,HOST2/DATABASE?target_session_attrs=read-write")
  }
}

/// What tells a database from all others, also after its standby took its server's place.
struct PostgresIdentity: Equatable {
  /// The number of the cluster, which its standbys share; empty where the user may not ask for it.
  var system: String
  /// The number of the database in the cluster.
  var database: String

  init(of schema: PostgresSchema, _ connection: PostgresConnection) throws(Failure) {
    database = schema.database
    do throws(PostgresFault) {
      let found = try connection.run(
        PostgresStatement(
          "SELECT system_identifier::text FROM pg_catalog.pg_control_system()",
          to: "identify the server"))
      system = found.count > 0 ? found.text(0, 0) ?? "" : ""
    } catch {
      guard error.state == "42501" else { throw error.failure(connection.address) }
      system = ""
    }
  }
}
