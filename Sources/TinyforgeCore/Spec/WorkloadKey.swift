/// What identifies a workload: its server, where a run names one, and its id there, compared byte by byte.
///
/// Swift takes canonically equivalent texts for one: two ids that differ in their bytes alone are two
/// workloads.
package struct WorkloadKey: Sendable, Hashable, Comparable {
  /// The name of the server; nil where none is named.
  package let server: String?
  /// The id as it is shown.
  package let id: String

  /// The key of a workload in a run that names no server.
  package init(_ id: String) { self.init(id, on: nil) }

  /// Creates one from its parts.
  package init(_ id: String, on server: String?) {
    self.server = server
    self.id = id
  }

  /// Whether servers and ids have the same bytes.
  package static func == (left: WorkloadKey, right: WorkloadKey) -> Bool {
    left.id.hasSameBytes(as: right.id) && ServerName.isSame(left.server, right.server)
  }

  /// Whether a key comes first: by the server, none before any, then by the id, both by their bytes.
  package static func < (left: WorkloadKey, right: WorkloadKey) -> Bool {
    guard ServerName.isSame(left.server, right.server) else {
      return ServerName.comesBefore(left.server, right.server)
    }
    return left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
  }

  /// Hashes the bytes of both: servers may all have the same ids.
  package func hash(into hasher: inout Hasher) {
    if var server { server.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) } }
    var id = id
    id.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
