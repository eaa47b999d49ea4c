/// What a workload's spec said at its last sync, from which follows which side changed since.
package enum SyncBase: Sendable, Equatable {
  /// There was no sync.
  case none
  /// The fields that the spec declared as of that commit, and the source honours.
  case spec([DeclaredField], commit: String)
  /// It is not known; the sentence says why.
  case unknown(String)
}
