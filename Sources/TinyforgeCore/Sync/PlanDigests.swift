/// The digests that a saved plan pins things by.
package struct PlanDigests: Sendable {
  /// Of the spec, which is not secret.
  package let plain: Digesting
  /// Of the live config and its members, with a key that the plan does not hold.
  package let keyed: Digesting
  /// Tells which key it is, without telling the key.
  package let keyID: String

  /// Takes a digest for what is in a repository, and one with a key for live values.
  package init(plain: @escaping Digesting, keyed: @escaping Digesting) {
    self.plain = plain
    self.keyed = keyed
    keyID = keyed(Array("tinyforge saved plans".utf8))
  }

  /// The digest of a part of a workload's live config: equal parts of two workloads have different ones.
  func live(_ workload: String, _ part: String, _ bytes: some Sequence<UInt8>) -> String {
    keyed(Array("\(workload)\0\(part)\0".utf8) + bytes)
  }
}
