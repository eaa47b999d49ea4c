/// Where specs may come from.
package enum FetchMode: String, Sendable, CaseIterable {
  /// A local repository where there is one, else the forge.
  case auto
  case local, http
}
