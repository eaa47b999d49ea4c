package import TinyforgeCore

/// A drifted field of a workload, as one run hands it on to the next.
package struct TrackedDrift: WorkloadNamed, Sendable, Equatable {
  /// Why a field drifts no more.
  package enum Resolution: String, Sendable {
    /// The live value is the declared one.
    case inSync = "in_sync"
    /// The spec no longer declares the field, or GitOps no longer serves the workload.
    case notManaged = "not_managed"
    /// The workload is no longer selected by the run.
    case gone
  }

  /// The workload's server; nil where the run named none.
  package var server: String?
  /// The workload's id.
  package var id: String
  /// The workload's name; empty where there is none.
  package var name: String
  /// The field's name.
  package var field: String
  /// The declared value.
  package var repo: JSONValue
  /// The live value.
  package var live: JSONValue
  /// When the field was first seen to drift, in seconds since 1970.
  package var firstSeen: Int64
  /// Whether one of the two values is another than in the previous report.
  package var isChanged = false
  /// Whether it has lasted long enough to be a finding.
  package var isCounted = true
  /// Whether it drifted in the previous report and did not count there, and does now.
  package var isNewlyCounted = false
  /// Why it drifts no more; nil where it does, or where that is not known.
  package var resolution: Resolution?

  /// The drifted field of a workload.
  init(_ entry: ReportedDrift, of workload: ReportedWorkload, firstSeen: Int64) {
    self.init(
      id: workload.id, name: workload.name, field: entry.field, repo: entry.repo, live: entry.live,
      firstSeen: firstSeen, server: workload.server)
    isCounted = entry.since?.isCounted != false
  }

  /// Creates one from its parts.
  package init(
    id: String, name: String, field: String, repo: JSONValue, live: JSONValue, firstSeen: Int64,
    server: String? = nil
  ) {
    self.server = server
    self.id = id
    self.name = name
    self.field = field
    self.repo = repo
    self.live = live
    self.firstSeen = firstSeen
  }

  /// What it is known by from one run to the next.
  var fieldKey: Key { Key(workload: key, field: field) }

  /// A field of a workload, compared by bytes; the values are not part of it.
  struct Key: Hashable, Comparable {
    let workload: WorkloadKey
    private let name: WorkloadKey

    init(workload: WorkloadKey, field: String) {
      self.workload = workload
      name = WorkloadKey(field)
    }

    static func < (left: Key, right: Key) -> Bool {
      left.workload == right.workload ? left.name < right.name : left.workload < right.workload
    }
  }
}
