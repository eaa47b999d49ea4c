package import TinyforgeCore

/// Chooses workloads by id or name, or all that are opted in.
package struct WorkloadSelection: Sendable {
  let names: [String]
  let all: Bool

  /// Creates one of the names that were given.
  package init(names: [String], all: Bool) {
    self.names = names
    self.all = all
  }

  /// Nothing is chosen.
  package var isEmpty: Bool { names.isEmpty && !all }

  /// The chosen rows: in the order of the command line, or in that of the database.
  package func choose(from database: ServerDatabase) throws(Failure) -> [Workload] {
    try choose(among: try database.workloads())
  }

  /// The same of several databases: in the order of the command line, or of the servers and then in that of each database.
  package func choose(from databases: FleetDatabases) throws(Failure) -> [Workload] {
    try choose(among: try databases.workloads())
  }

  /// Where rows are from, as messages name it.
  package enum RowList: String, Sendable {
    case database = "the database"
    case snapshot = "the snapshot"
  }

  /// The chosen ones of several rows.
  package func choose(among rows: [Workload], of list: RowList = .database) throws(Failure)
    -> [Workload]
  {
    if all { return rows.filter { $0.gitopsEnabled && $0.servedKind != nil } }
    var chosen: [Workload] = []
    for name in names {
      let row = try Self.find(name, in: rows, of: list)
      if !chosen.contains(where: { $0.key == row.key }) { chosen.append(row) }
    }
    return chosen
  }

  /// The row that is meant by an id, a name, `SERVER/ID` or `SERVER/NAME`.
  ///
  /// A server's own workload comes first, then an id, then a name; what several rows have selects none of them.
  package static func find(
    _ name: String, in rows: [Workload], of list: RowList = .database
  ) throws(Failure) -> Workload {
    var (wanted, candidates) = (name, rows)
    if let (server, rest) = name.parted(atFirst: "/") {
      let own = rows.filter { $0.server?.hasSameBytes(as: server) == true }
      if !own.isEmpty { (wanted, candidates) = (String(rest), own) }
      if let row = try match(String(rest), in: own) { return row }
    }
    if let row = try match(name, in: rows) { return row }
    throw Failure(
      .notFound, "there is no workload \"\(wanted.shownSafely)\" in \(list.rawValue)",
      remedy: nearest(wanted, in: candidates, of: list))
  }

  /// The row that has an id or a name; nil where none has.
  private static func match(_ name: String, in rows: [Workload]) throws(Failure) -> Workload? {
    let ids = rows.filter { $0.id.hasSameBytes(as: name) }
    if ids.count == 1 { return ids.first }
    if areOnSeveralServers(ids) { throw severalServers(name, ids) }
    guard ids.isEmpty else {
      throw Failure(
        .usage, "\(ids.count) rows of workloads have the id \"\(name.shownSafely)\"",
        remedy: "give each workload an id of its own")
    }
    let named = rows.filter { !$0.name.isEmpty && $0.name.hasSameBytes(as: name) }
    guard named.count > 1 else { return named.first }
    if areOnSeveralServers(named) { throw severalServers(name, named) }
    let references = named.map { ShellWord($0.reference).description }.joined(separator: ", ")
    throw Failure(
      .usage, "\(named.count) workloads are named \"\(name.shownSafely)\"",
      remedy: "use an id: \(prose: references)")
  }

  private static func areOnSeveralServers(_ rows: [Workload]) -> Bool {
    rows.contains { row in row.server != nil && rows.contains { $0.server != row.server } }
  }

  /// The failure of an id or a name that workloads of several servers have.
  private static func severalServers(_ name: String, _ rows: [Workload]) -> Failure {
    let places = rows.map { ShellWord($0.reference).description }
    return Failure(
      .usage, "several servers have a workload \"\(name.shownSafely)\"",
      remedy: "name the server too: \(prose: places.joined(separator: ", "))")
  }

  private static func nearest(_ name: String, in rows: [Workload], of list: RowList) -> Remedy {
    let known = rows.flatMap { [$0.name, $0.id] }.filter { !$0.isEmpty }
    if let nearest = NearestName.find(name, among: known) {
      return "did you mean \(nearest)?"
    }
    switch list {
    case .database where rows.isEmpty: return "the database holds no apps"
    case .database: return "use an id or a name as Tinyforge shows it"
    case .snapshot: return "take a snapshot that holds it: drift --all --snapshot FILE"
    }
  }
}
