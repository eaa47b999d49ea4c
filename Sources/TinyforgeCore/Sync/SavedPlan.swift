/// A plan that a later `apply` carries out as it is, or not at all.
///
/// It holds declared fields and digests, never the live config itself.
package struct SavedPlan: Sendable, Equatable {
  /// The form of the file: a plan of another one is not read.
  package static let schema = "tinyforge.plan-file/v1"

  /// When it was made, RFC 3339 in UTC.
  package var createdAt: String
  /// The toolkit that made it; another version might merge in another way.
  package var toolVersion: String
  /// Which key its digests of live configs are made with; nil in plans of older versions, which had none.
  package var keyID: String?
  /// The same for each server, where the plan is for the databases of several.
  package var serverKeyIDs: [String: String]
  /// In the order in which they are applied.
  package var workloads: [PlannedWorkload]

  /// Creates one from its parts.
  package init(
    createdAt: String, toolVersion: String, keyID: String?, serverKeyIDs: [String: String] = [:],
    workloads: [PlannedWorkload]
  ) {
    self.serverKeyIDs = serverKeyIDs
    self.createdAt = createdAt
    self.toolVersion = toolVersion
    self.keyID = keyID
    self.workloads = workloads
  }

  /// Which key the digests of a server's workloads are made with.
  package func keyID(of server: String?) -> String? {
    server.flatMap { serverKeyIDs[$0] } ?? keyID
  }

  /// Whether the plan is for a server among so many of a run; one that changes nothing is for the only one.
  package func isFor(_ server: String?, of count: Int) -> Bool {
    workloads.isEmpty ? count == 1 : workloads.contains { $0.server == server }
  }
}

/// Names bytes by a digest, such as `sha256:` and hexadecimal digits.
package typealias Digesting = @Sendable ([UInt8]) -> String
