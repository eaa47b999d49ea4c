import TinyforgeCore

/// The advisory lock of a workload: PostgreSQL's own, held by a transaction, freed by the server when that ends or its
/// session dies.
enum PostgresLock {
  /// The first number of all of these locks: the letters `tfgo`, so that other programs' locks are not taken for them.
  static let kind: Int32 = 0x7466_676F

  /// The second number.
  ///
  /// Two ids that share one only take turns; nothing is lost by it.
  static func key(of workload: String) -> Int32 {
    let hash = FNV1a.hash(workload)
    return Int32(truncatingIfNeeded: hash ^ (hash >> 32))
  }

  /// Takes a lock for the rest of the transaction.
  static func statement(_ key: Int32) -> PostgresStatement {
    PostgresStatement(
      "SELECT pg_catalog.pg_advisory_xact_lock($1::int, $2::int)", ["\(kind)", "\(key)"],
      to: "lock a workload")
  }

  /// The locks that are held, by their keys, with what their sessions call themselves.
  ///
  /// postgresql.org, "pg_locks": of a lock of two numbers the second one is in `objid`, and `objsubid` is 2.
  static let heldQuery = """
    SELECT l.objid::bigint::text, a.application_name FROM pg_catalog.pg_locks l
    LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.classid = $1::bigint::oid AND l.objsubid = 2 AND l.granted
      AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
    """
}

extension LockHolder {
  /// PostgreSQL cuts a session's name off here.
  private static let nameLimit = 63
  private static let hostLimit = 24

  /// The holder as the name of a session, which other users see in `pg_stat_activity`, unlike the time of its transaction.
  ///
  /// Such as `apply/0.9.0 4711 1764409569 web-1 ann`: tool, process, seconds since 1970, host, actor.
  var sessionName: String {
    let seconds = UTCTime.seconds(ofRFC3339: since) ?? 0
    let host = Self.word(self.host).prefix(Self.hostLimit)
    let name = "\(Self.word(tool)) \(processID) \(seconds) \(host) \(Self.plain(actor))"
    return String(name.prefix(Self.nameLimit))
  }

  /// Reads such a name; nil for another one.
  init?(sessionName: String) {
    let parts = sessionName.splitAtScalar(" ", maxSplits: 4)
    guard parts.count == 5, let process = Int32(parts[1]), let seconds = Int64(parts[2]) else {
      return nil
    }
    let tool = String(parts[0]).replacingBytes(of: "/", with: " ")
    self.init(
      processID: process, host: String(parts[3]), actor: String(parts[4]),
      since: UTCTime.rfc3339(seconds), tool: tool)
  }

  /// A text without spaces.
  private static func word(_ text: String) -> String {
    plain(text).replacingBytes(of: " ", with: "/")
  }

  /// A text in ASCII, as a session's name is.
  private static func plain(_ text: String) -> String {
    String(text.unicodeScalars.map { (0x20..<0x7F).contains($0.value) ? Character($0) : "?" })
  }
}
