/// What has a workload's id and name.
package protocol WorkloadNamed {
  /// The workload's id.
  var id: String { get }
  /// The workload's name; may be empty.
  var name: String { get }
}

extension WorkloadNamed {
  /// The name where there is one, else the id.
  package var shownName: String { name.isEmpty ? id : name }

  /// The name with the id, or the id alone where there is no other name.
  package var title: String {
    name.isEmpty || name.hasSameBytes(as: id) ? id : "\(name) (\(id))"
  }
}

/// The id and name of a workload, without anything else of it.
package struct WorkloadName: WorkloadNamed {
  /// The workload's id.
  package var id: String
  /// The workload's name; empty where it has none.
  package var name: String

  /// Creates one from its parts.
  package init(id: String, name: String) {
    self.id = id
    self.name = name
  }
}
