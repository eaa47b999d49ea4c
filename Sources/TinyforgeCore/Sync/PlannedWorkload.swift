/// What a saved plan pins of one workload.
package struct PlannedWorkload: WorkloadNamed, Sendable, Equatable {
  /// A field that the spec declares and the source honours.
  package struct Field: Sendable, Equatable {
    /// The field.
    package var field: SpecField
    /// The live value at planning; nil where the key was absent.
    package var from: JSONValue?
    /// The declared value.
    package var to: JSONValue

    /// Creates one from its parts.
    package init(field: SpecField, from: JSONValue?, to: JSONValue) {
      self.field = field
      self.from = from
      self.to = to
    }
  }

  /// A member of the live config that no spec declares.
  package struct Undeclared: Sendable, Equatable {
    /// The name; empty where there is none.
    package var name: String
    /// Nil for a member that holds a secret, by its name, by a name in it or by how its text looks.
    package var digest: String?

    /// Creates one from its parts.
    package init(name: String, digest: String?) {
      self.name = name
      self.digest = digest
    }
  }

  /// The workload's server; nil where the run named none.
  package var server: String?
  /// The workload's id.
  package var id: String
  /// The name; empty where there is none.
  package var name: String
  /// What the workload is built from.
  package var sourceKind: String
  /// The spec's path, commit and bytes' digest.
  package var path: String
  /// The full id of the commit that the spec was read from.
  package var commit: String
  /// The digest of the spec's bytes.
  package var specDigest: String
  /// The digest of the whole live config.
  package var liveDigest: String
  /// The digest of its members that are not managed, whatever the layout.
  package var restDigest: String
  /// The commit that the row recorded at planning.
  package var lastSyncCommit: String
  /// The members that no spec declares.
  package var undeclared: [Undeclared]
  /// The managed fields, those that do not change as well.
  package var fields: [Field]

  /// Creates one from its parts.
  package init(
    id: String, name: String, sourceKind: String, path: String, commit: String, specDigest: String,
    liveDigest: String, restDigest: String, lastSyncCommit: String, undeclared: [Undeclared],
    fields: [Field], server: String? = nil
  ) {
    self.server = server
    self.id = id
    self.name = name
    self.sourceKind = sourceKind
    self.path = path
    self.commit = commit
    self.specDigest = specDigest
    self.liveDigest = liveDigest
    self.restDigest = restDigest
    self.lastSyncCommit = lastSyncCommit
    self.undeclared = undeclared
    self.fields = fields
  }
}

extension PlannedWorkload {
  /// Why a workload cannot be pinned.
  package enum Obstacle: Error, Sendable, Equatable {
    /// It has no valid plan, or its spec no commit.
    case notPlanned
    /// A value of that field looks like a credential, which no file may keep.
    case credential(String)
  }

  /// Pins what a report plans.
  package init(_ report: WorkloadReport, _ digests: PlanDigests) throws(Obstacle) {
    guard let plan = report.plan, plan.isValid, let spec = report.spec,
      let commit = spec.commit?.id,
      case .file(let bytes) = spec.content, let live = try? report.workload.liveConfig()
    else { throw .notPlanned }
    let row = report.workload
    let managed = plan.managed.map(\.field)
    self.init(
      id: row.id, name: row.name, sourceKind: row.sourceKind, path: row.gitopsPath, commit: commit,
      specDigest: digests.plain(bytes),
      liveDigest: digests.live(row.id, "live", live.json.bytes),
      restDigest: Self.restDigest(row.id, live, besides: managed, digests),
      lastSyncCommit: row.lastSyncCommit,
      undeclared: Self.undeclared(row.id, live, besides: managed, digests),
      fields: plan.managed.map { Field(field: $0.field, from: live[$0.field], to: $0.value.json) },
      server: row.server)
    for field in fields {
      for value in [field.from, field.to] where value != value?.withoutCredentials {
        throw .credential(field.field.name)
      }
    }
  }

  private static func undeclared(
    _ id: String, _ live: LiveConfig, besides managed: [SpecField], _ digests: PlanDigests
  ) -> [Undeclared] {
    live.members(besides: managed).map { member in
      let isSecret =
        CredentialWord.isAtEnd(of: member.name) || member.value.holdsCredential
      return Undeclared(
        name: member.name, digest: isSecret ? nil : digest(of: member, id, live, digests))
    }
  }

  static func digest(
    of member: JSONText.Member, _ id: String, _ live: LiveConfig, _ digests: PlanDigests
  ) -> String {
    digests.live(id, "member \(member.name)", live.json.bytes[member.valueRange])
  }

  /// Names are quoted and values JSON, so no two lists of members give the same bytes.
  static func restDigest(
    _ id: String, _ live: LiveConfig, besides managed: [SpecField], _ digests: PlanDigests
  ) -> String {
    digests.live(
      id, "rest",
      live.members(besides: managed).flatMap {
        live.json.bytes[$0.nameRange] + [UInt8(ascii: ":")] + live.json.bytes[$0.valueRange]
          + [UInt8(ascii: "\n")]
      })
  }
}

extension LiveConfig {
  /// The members that a sync of those fields leaves alone: what no spec can declare, and the fields
  /// that this one does not.
  func members(besides managed: [SpecField]) -> [JSONText.Member] {
    json.members.filter { member in
      !managed.contains { $0.name.hasSameBytes(as: member.name) }
    }
  }
}
