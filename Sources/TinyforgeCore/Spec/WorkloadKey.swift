/// A workload's id, compared byte by byte.
///
/// Swift takes canonically equivalent texts for one: two ids that differ in their bytes alone are two
/// workloads.
package struct WorkloadKey: Sendable, Hashable, Comparable {
  /// The id as it is shown.
  package let id: String

  /// Creates one from its parts.
  package init(_ id: String) { self.id = id }

  /// Whether two ids have the same bytes.
  package static func == (left: WorkloadKey, right: WorkloadKey) -> Bool {
    left.id.hasSameBytes(as: right.id)
  }

  /// Whether an id comes first, by its bytes.
  package static func < (left: WorkloadKey, right: WorkloadKey) -> Bool {
    left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
  }

  /// Hashes the bytes of the id.
  package func hash(into hasher: inout Hasher) {
    var id = id
    id.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
