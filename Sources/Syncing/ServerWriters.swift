import TinyforgeCore
import WorkloadStore

/// What writes the databases of a run, each opened once something is to be written in it.
struct ServerWriters {
  private let open: (String?) throws(Failure) -> WorkloadWriter
  private var opened: [(server: String?, writer: Result<WorkloadWriter, Failure>)] = []

  init(_ open: @escaping (String?) throws(Failure) -> WorkloadWriter) { self.open = open }

  /// What writes the database of a server; it is tried to open it once.
  mutating func writer(of server: String?) throws(Failure) -> WorkloadWriter {
    if let known = opened.first(where: { $0.server == server }) { return try known.writer.get() }
    let writer = Result { () throws(Failure) in try open(server) }
    opened.append((server, writer))
    return try writer.get()
  }

  /// The databases that were opened.
  var stores: [(server: String?, store: any StoreWriter)] {
    opened.compactMap { server, writer in
      (try? writer.get()).map { (server, $0.store) }
    }
  }
}
