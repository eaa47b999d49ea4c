import RunningProcess
package import TinyforgeCore
package import WorkloadStore

/// Where the database of a server is.
package struct ServerAddress: Sendable {
  /// The server's name; nil where the run names none.
  package let server: String?
  /// The database.
  package let address: any StoreAddress

  /// Creates one from its parts.
  package init(_ address: any StoreAddress, of server: String? = nil) {
    self.server = server
    self.address = address
  }

  /// Opens the database for reading: see ``StoreAddress/openForReading(patience:hint:)``.
  package func open(patience: Duration = .seconds(5), hint: (String) -> Void) throws(Failure)
    -> ServerDatabase
  {
    ServerDatabase(try address.openForReading(patience: patience, hint: hint), of: server)
  }
}

/// The database of a server, open for reading.
package struct ServerDatabase {
  /// The server's name; nil where the run names none.
  package let server: String?
  /// The database.
  package let store: any WorkloadStore

  /// Creates one from its parts.
  package init(_ store: any WorkloadStore, of server: String? = nil) {
    self.server = server
    self.store = store
  }

  /// Every app's row, by name and id.
  package func workloads() throws(Failure) -> [Workload] {
    let rows = try store.workloads()
    return server == nil ? rows : rows.map { $0.labelled(server) }
  }

  /// The workloads that have volumes; none where the database does not tell.
  package func volumeOwners() throws(Failure) -> Set<WorkloadKey> {
    let owners = try store.workloadsWithVolumes()
    return server == nil ? owners : Set(owners.map { WorkloadKey($0.id, on: server) })
  }
}
