/// What a snapshot holds of a workload: its fields, where its repository is, its last sync.
package struct SnapshotWorkload: Sendable, Equatable {
  /// With a config of nothing but the coordinates and the fields; empty where the database's could
  /// not be used.
  package var workload: Workload
  /// The fields whose live values look like credentials, and so are not in the snapshot.
  package var withheld: [String]
  /// What the event log says of its syncs; nil where it has no row of the workload.
  package var log: SyncRecord?
  /// Whether the workload has volumes, as far as the database says.
  package var hasVolumes: Bool

  /// Creates one from its parts.
  package init(
    workload: Workload, withheld: [String], log: SyncRecord? = nil, hasVolumes: Bool = false
  ) {
    self.workload = workload
    self.withheld = withheld
    self.log = log
    self.hasVolumes = hasVolumes
  }

  /// Takes from a row what a comparison needs, and nothing else.
  package init(of row: Workload, log: SyncRecord? = nil, hasVolumes: Bool = false) {
    self.log = log
    self.hasVolumes = hasVolumes
    var reduced = row
    reduced.sourceConfig = ""
    withheld = []
    if let subject = try? GitOpsWorkload(row, includingDisabled: true) {
      let live = subject.liveConfig
      var members = live.publicCoordinates
      for field in SpecFieldTable.all where field.honouredBy.contains(subject.sourceKind) {
        guard let value = live[field] else { continue }
        if value.withoutCredentials == value {
          members.append(.init(field.name, value))
        } else {
          withheld.append(field.name)
        }
      }
      reduced.sourceConfig = JSONWriter.compact(.object(members))
    }
    workload = reduced
  }
}

extension LiveConfig {
  /// The members that tell where the repository is, without user, password and query.
  fileprivate var publicCoordinates: [JSONValue.Member] {
    ["provider", "base_url", "repo_owner", "repo_name", "branch"].compactMap { name in
      guard let text = text(name) else { return nil }
      let shown = name == "base_url" ? Self.withoutUser(text) : text
      return JSONValue.Member(name, .string(shown.withoutCredentials))
    }
  }

  /// An address without user, query and fragment.
  private static func withoutUser(_ address: String) -> String {
    var kept = Array(address.utf8.prefix { !"?#".utf8.contains($0) })
    let start = kept.firstRange(of: "://".utf8)?.upperBound ?? kept.startIndex
    let authority = kept[start...].prefix { $0 != UInt8(ascii: "/") }
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) { kept.removeSubrange(start...at) }
    return String(decoding: kept, as: UTF8.self)
  }
}
