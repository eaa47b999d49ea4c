/// A workload source that GitOps v1 serves.
package enum SourceKind: String, Sendable, CaseIterable {
  case dockerfile
  case staticSite = "static"
}
