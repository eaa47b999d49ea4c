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

  /// Who holds locks at this moment: see ``StoreAddress/heldLocks(on:)``.
  package func heldLocks(on host: String) throws(Failure) -> HeldLocks {
    do throws(Failure) { return try address.heldLocks(on: host) } catch {
      throw error.told(of: server)
    }
  }

  /// Opens the database for reading: see ``StoreAddress/openForReading(patience:hint:)``.
  package func open(patience: Duration = .seconds(5), hint: (String) -> Void) throws(Failure)
    -> ServerDatabase
  {
    do throws(Failure) {
      let store = try address.openForReading(patience: patience) { hint($0.told(of: server)) }
      return ServerDatabase(store, of: server)
    } catch {
      throw error.told(of: server)
    }
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
    do throws(Failure) {
      let rows = try store.workloads()
      return server == nil ? rows : rows.map { $0.labelled(server) }
    } catch {
      throw error.told(of: server)
    }
  }

  fileprivate func isSame(as other: ServerDatabase) throws(Failure) -> Bool {
    do throws(Failure) { return try store.isSame(as: other.store) } catch {
      throw error.told(of: server)
    }
  }

  /// The workloads that have volumes; none where the database does not tell.
  package func volumeOwners() throws(Failure) -> Set<WorkloadKey> {
    do throws(Failure) {
      let owners = try store.workloadsWithVolumes()
      return server == nil ? owners : Set(owners.map { WorkloadKey($0.id, on: server) })
    } catch {
      throw error.told(of: server)
    }
  }
}

/// The databases of a run, in the order of their servers' names: each has one where there are several.
///
/// A run is over all of them or ends: a report never looks whole without one of its servers.
package struct FleetDatabases {
  /// The databases.
  package let all: [ServerDatabase]

  /// Opens databases for reading.
  package init(
    _ addresses: [ServerAddress], patience: Duration = .seconds(5), hint: (String) -> Void
  ) throws(Failure) {
    var all: [ServerDatabase] = []
    for address in addresses {
      let database = try address.open(patience: patience, hint: hint)
      for other in all where try database.isSame(as: other) {
        throw Failure(
          .usage,
          "the servers \(other.server ?? "") and \(database.server ?? "") are given the same database",
          remedy: "give each server the database of its own")
      }
      all.append(database)
    }
    self.all = all
  }

  /// Whether there is more than one.
  package var areSeveral: Bool { all.count > 1 }

  /// The names of the servers.
  package var servers: [String] { all.compactMap(\.server) }

  /// The database of a server; nil where the run has none of that name.
  package subscript(server: String?) -> ServerDatabase? { all.first { $0.server == server } }

  /// Every app's row, by server, name and id.
  package func workloads() throws(Failure) -> [Workload] {
    var rows: [Workload] = []
    for database in all { rows += try database.workloads() }
    return rows
  }

  /// The workloads that have volumes; none of a database that does not tell.
  package func volumeOwners() throws(Failure) -> Set<WorkloadKey> {
    var owners: Set<WorkloadKey> = []
    for database in all { owners.formUnion(try database.volumeOwners()) }
    return owners
  }
}

extension Failure {
  /// The failure with the name of the server that it is about, where the run names servers.
  package func told(of server: String?) -> Failure {
    guard let server else { return self }
    return Failure(code, message.told(of: server), remedy: remedy)
  }
}

extension String {
  /// A sentence with the name of the server that it is about, where the run names servers.
  package func told(of server: String?) -> String {
    server.map { "server \($0): \(self)" } ?? self
  }
}
