package import TinyforgeCore

extension SQLiteStore {
  /// The workloads that `workload_volumes` has rows of; none where there is no such table.
  ///
  /// Only the table's name is known: the column that names the workload is found by a foreign key or by its own
  /// name. A table without one, or that cannot be read, names no workload: the run needs nothing else of it.
  package func workloadsWithVolumes() throws(Failure) -> Set<WorkloadKey> {
    do throws(Failure) { return try volumeOwners() } catch {
      guard error.code == .database else { throw error }
      return []
    }
  }

  private func volumeOwners() throws(Failure) -> Set<WorkloadKey> {
    guard let column = try volumeColumn() else { return [] }
    let statement = try connection.prepare(
      "SELECT DISTINCT \(column) FROM workload_volumes", "read the volumes of workloads")
    var owners: Set<WorkloadKey> = []
    while try statement.step() {
      let value = statement.value(0)
      if value != .null { owners.insert(WorkloadKey(schema.idForm.text(ofReference: value))) }
    }
    return owners
  }

  /// The column that holds the workload's id, quoted for SQL; nil where there is none, or no table.
  private func volumeColumn() throws(Failure) -> String? {
    let columns = try SQLiteSchema.columns(of: "workload_volumes", connection)
    guard !columns.isEmpty else { return nil }
    let key = try SQLiteSchema.foreignKeysToWorkloads(from: "workload_volumes", connection)
      .first { $0.target == nil || $0.target == "id" }?.column
    let found = key ?? ["workload_id", "workload"].first { columns[$0] != nil }
    return found.map(SQLiteSchema.quoted)
  }
}
