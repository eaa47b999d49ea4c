import TinyforgeCore

extension [String] {
  /// The name of the one server that a run is about; nil if it is about several, or names none.
  package var onlyServer: String? { count == 1 ? first : nil }
}

/// The names of servers in JSON: of one workload, or of all that a document is about.
extension [JSONValue.Member] {
  /// Appends the servers of a document: `server` for one, `servers` for several, nothing for none.
  package mutating func append(servers: [String]) {
    if servers.count > 1 {
      append(.init("servers", .array(servers.map { .string($0) })))
    } else {
      append("server", servers.onlyServer)
    }
  }
}

extension JSONFields {
  /// The name of a workload's server; nil where it is absent or null.
  package func server() throws(Misfit) -> String? {
    guard let name = try optionalText("server") else { return nil }
    return try checked(name, "server")
  }

  /// The names of a document's servers.
  package func servers() throws(Misfit) -> [String] {
    if let server = try server() { return [server] }
    var names: [String] = []
    for name in try texts("servers") { names.append(try checked(name, "servers")) }
    return names
  }

  private func checked(_ name: String, _ member: String) throws(Misfit) -> String {
    guard ServerName.isName(name) else { throw misfit(member, "is not the name of a server") }
    return name
  }
}
