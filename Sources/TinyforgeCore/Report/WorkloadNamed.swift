/// What has a workload's id and name, and the name of its server where a run names one.
package protocol WorkloadNamed {
  /// The workload's server; nil where none is named.
  var server: String? { get }
  /// The workload's id.
  var id: String { get }
  /// The workload's name; may be empty.
  var name: String { get }
}

extension WorkloadNamed {
  /// What identifies the workload.
  package var key: WorkloadKey { WorkloadKey(id, on: server) }

  /// The name where there is one, else the id: what the workload is called on its own server.
  package var ownName: String { name.isEmpty ? id : name }

  /// What selects the workload on a command line: `SERVER/ID`, or the id without a server.
  package var reference: String { server.map { "\($0)/\(id)" } ?? id }

  /// What the workload is called among those of all servers: `SERVER/NAME`, or the name alone without a server.
  package var shownName: String { server.map { "\($0)/\(ownName)" } ?? ownName }

  /// The name with the id, or the id alone where there is no other name.
  package var title: String {
    name.isEmpty || name.hasSameBytes(as: id) ? shownName : "\(shownName) (\(id))"
  }

  /// Whether a workload comes first in a report: by server, none before any, then by name and id, byte by byte.
  package func comesBefore(_ other: some WorkloadNamed) -> Bool {
    guard ServerName.isSame(server, other.server) else {
      return ServerName.comesBefore(server, other.server)
    }
    if name.hasSameBytes(as: other.name) { return key < other.key }
    return name.utf8.lexicographicallyPrecedes(other.name.utf8)
  }
}

/// The id and name of a workload, without anything else of it.
package struct WorkloadName: WorkloadNamed {
  /// The workload's server; nil where none is named.
  package var server: String?
  /// The workload's id.
  package var id: String
  /// The workload's name; empty where it has none.
  package var name: String

  /// Creates one from its parts.
  package init(id: String, name: String, server: String? = nil) {
    self.server = server
    self.id = id
    self.name = name
  }
}
