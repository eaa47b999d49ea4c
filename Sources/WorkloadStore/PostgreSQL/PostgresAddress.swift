internal import CPostgres
import TinyforgeCore

/// The address of a PostgreSQL database as libpq takes it; what it does not say, libpq has from its environment.
struct PostgresAddress: Sendable {
  /// The parameters of the address that hold secrets.
  private static let secrets: Set<String> = ["password", "sslpassword"]
  /// What no message repeats: the place of a user may hold a token.
  private static let hidden = secrets.union(["user"])

  /// The address without passwords and users, for messages.
  let name: String
  /// The address holds a password itself.
  let hasPassword: Bool
  /// The parameters as libpq's key words, to be given to `psql`; users and passwords are left out, as in all messages.
  let conninfo: String
  /// How many servers are named; one where the address names none.
  let serverCount: Int
  /// The parameters that the address gives, secrets left out.
  let parameters: [String: String]
  /// Kept in a closure, which no mirror shows: it may hold a password.
  private let full: @Sendable () -> String

  /// Whether a text is such an address.
  static func isAddress(_ text: String) -> Bool {
    let scheme = text.parted(atFirst: "://")?.before.lowercased()
    return scheme == "postgres" || scheme == "postgresql"
  }

  /// Loads libpq, which takes the address apart.
  ///
  /// No failure repeats the text.
  init(_ text: String) throws(Failure) {
    try LibPQ.start()
    // libpq knows the schemes in lower case alone.
    let rest = text.parted(atFirst: "://")?.after ?? ""
    let address = "postgresql://\(rest)"
    guard let given = Self.parsed(address) else {
      throw Failure(
        .usage, "libpq cannot read the address of the PostgreSQL database",
        remedy:
          "write it as postgres://HOST/DATABASE?port=PORT&user=USER&sslmode=verify-full, with each special "
          + "character of a name as % and two hexadecimal digits")
    }
    let shown = given.filter { !Self.hidden.contains($0.name) }
    hasPassword = given.contains { Self.secrets.contains($0.name) }
    parameters = Dictionary(shown.map { ($0.name, $0.value) }) { $1 }
    conninfo = shown.map { "\($0.name)=\(Self.quoted($0.value))" }.joined(separator: " ")
    serverCount = parameters["host"]?.splitAtScalar(",").count ?? 1
    name = Self.name(parameters)
    full = { address }
  }

  /// The whole address, for libpq alone.
  func reveal() -> String { full() }

  /// The command that opens the database in `psql`, as the user that PGUSER names, or this one.
  var psql: Remedy { "psql \(conninfo)" }

  /// A failure's own remedy where that is a command, else what looks closer at it.
  func command(lookingInto failure: Failure) -> Remedy {
    if let remedy = failure.remedy, remedy.text.startsWithBytes(of: "psql ") { return remedy }
    return psql
  }

  private static func parsed(_ address: String) -> [(name: String, value: String)]? {
    var reason: UnsafeMutablePointer<CChar>?
    // The reason may repeat the address, and so a password.
    defer { if let reason { PQfreemem(reason) } }
    guard let options = PQconninfoParse(address, &reason) else { return nil }
    defer { PQconninfoFree(options) }
    return given(options)
  }

  /// The options that have a value, up to the end of the list.
  static func given(_ options: UnsafeMutablePointer<PQconninfoOption>) -> [(
    name: String, value: String
  )] {
    var found: [(String, String)] = []
    var next = options
    while let keyword = next.pointee.keyword {
      if let value = next.pointee.val {
        found.append((String(cString: keyword), String(cString: value)))
      }
      next += 1
    }
    return found
  }

  private static func name(_ parameters: [String: String]) -> String {
    let database = parameters["dbname"] ?? ""
    let hosts = (parameters["host"] ?? "").splitAtScalar(",")
    let ports = (parameters["port"] ?? "").splitAtScalar(",")
    let servers = hosts.enumerated().map { index, host in
      let port = ports.count == hosts.count ? ports[index] : ports.first ?? ""
      // A socket's folder is not a host of a URL.
      if host.startsWithBytes(of: "/") { return "" }
      let shown = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : String(host)
      return port.isEmpty ? shown : "\(shown):\(port)"
    }
    let folder = hosts.first { $0.startsWithBytes(of: "/") }.map { "?host=\($0)" }
    let service = parameters["service"].map { "?service=\($0)" }
    return "postgres://\(servers.joined(separator: ","))/\(database)\(service ?? folder ?? "")"
  }

  /// A value as libpq's connection strings have it.
  private static func quoted(_ value: String) -> String {
    let isPlain = value.utf8.allSatisfy { byte in
      byte > 0x20 && byte != UInt8(ascii: "'") && byte != UInt8(ascii: "\\")
    }
    if isPlain, !value.isEmpty { return value }
    let escaped = value.unicodeScalars.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : "\($0)" }
    return "'\(escaped.joined())'"
  }
}
