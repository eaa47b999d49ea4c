internal import CPostgres
import TinyforgeCore

/// A connection to a PostgreSQL server; one task uses it at a time.
///
/// Nothing is kept in its session, so that a pooler may hand each transaction to another server process: no statement
/// has a name, and what is set is set within a transaction.
final class PostgresConnection {
  let address: PostgresAddress
  let handle: OpaquePointer
  /// Whether the run is to end: then nothing more is waited for.
  let isInterrupted: @Sendable () -> Bool
  /// The server's version, such as 150004.
  var serverVersion: Int { Int(PQserverVersion(handle)) }

  /// How long a server is waited for where `connect_timeout` does not say, in seconds.
  private static let patience = 15

  /// Connects; a closed connection belongs to nobody, so that a fault leaves nothing open.
  init(_ address: PostgresAddress, isInterrupted: @escaping @Sendable () -> Bool)
    throws(PostgresFault)
  {
    self.address = address
    self.isInterrupted = isInterrupted
    guard let handle = Self.started(address) else {
      throw PostgresFault(kind: .unreachable, words: "out of memory", operation: Self.connecting)
    }
    self.handle = handle
    // Its own goes to standard error.
    _ = PQsetNoticeProcessor(handle, { _, _ in }, nil)
    try finishConnecting()
    PQsetnonblocking(handle, 1)
  }

  deinit { PQfinish(handle) }

  private static let connecting = "connect"

  private static func started(_ address: PostgresAddress) -> OpaquePointer? {
    // A later one goes before an earlier one, and the address before what is only a default.
    let parameters = [
      // Without it a server that is cut off is not given up for the next one of several.
      ("tcp_user_timeout", "\(patience * 1000)"), ("fallback_application_name", "tinyforge"),
      ("dbname", address.reveal()), ("client_encoding", "UTF8"),
    ]
    return withCStrings(parameters.map(\.0)) { names in
      withCStrings(parameters.map(\.1)) { values in PQconnectStartParams(names, values, 1) }
    }
  }

  /// Waits for the end of what `PQconnectStartParams` began.
  private func finishConnecting() throws(PostgresFault) {
    var next = PGRES_POLLING_WRITING
    let deadline = ContinuousClock.now + .seconds(patienceForAll)
    while PQstatus(handle) != CONNECTION_BAD {
      switch next {
      case PGRES_POLLING_OK: return
      case PGRES_POLLING_FAILED: throw unreachable(message)
      case PGRES_POLLING_READING: try awaitConnecting(toWrite: false, before: deadline)
      default: try awaitConnecting(toWrite: true, before: deadline)
      }
      next = PQconnectPoll(handle)
    }
    throw unreachable(message)
  }

  private func awaitConnecting(toWrite: Bool, before deadline: ContinuousClock.Instant)
    throws(PostgresFault)
  {
    while !isReady(toWrite: toWrite, for: .milliseconds(100)) {
      if isInterrupted() {
        throw PostgresFault(kind: .interrupted, words: "", operation: Self.connecting)
      }
      if ContinuousClock.now >= deadline {
        throw unreachable("the server did not answer within \(patienceForAll) seconds")
      }
    }
  }

  private var patienceForAll: Int {
    guard let options = PQconninfo(handle) else { return Self.patience }
    defer { PQconninfoFree(options) }
    let given = PostgresAddress.given(options)
    let seconds = given.first { $0.name == "connect_timeout" }.flatMap { Int($0.value) } ?? 0
    return (seconds > 0 ? max(2, seconds) : Self.patience) * address.serverCount
  }

  private func unreachable(_ words: String) -> PostgresFault {
    PostgresFault(kind: .unreachable, words: scrubbed(words), operation: Self.connecting)
  }

  /// What libpq says of the connection.
  var message: String { PQerrorMessage(handle).map { String(cString: $0) } ?? "" }

  /// A message as it may be shown: in one line, and without the password.
  func scrubbed(_ words: String) -> String {
    // What follows a tab are guesses at the cause.
    let lines = words.splitAtScalar("\n").filter { !$0.isEmpty && !$0.startsWithBytes(of: "\t") }
    let shown = lines.joined(separator: "; ")
    guard let password = PQpass(handle).map({ String(cString: $0) }), !password.isEmpty else {
      return shown
    }
    return shown.replacingBytes(of: password, with: "***")
  }

  /// Runs `body` with texts as C takes them, a null pointer after the last one.
  static func withCStrings<Value>(
    _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
  ) -> Value {
    var bytes: [CChar] = []
    let starts: [Int?] = texts.map { text in
      guard let text else { return nil }
      let start = bytes.count
      bytes.append(contentsOf: text.utf8.map { CChar(bitPattern: $0) })
      bytes.append(0)
      return start
    }
    return bytes.withUnsafeBufferPointer { buffer in
      let pointers = starts.map { start in
        start.flatMap { start in buffer.baseAddress.map { $0 + start } }
      }
      return (pointers + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
    }
  }
}
