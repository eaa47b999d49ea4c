import TestSupport
import Testing
import TinyforgeCore

/// Causes of drift, against an oracle that knows the fields' normal forms by heart.
struct SyncBaseTests {
  static let values: [String: [String]] = [
    "port": ["1", "2", "3"],
    "healthcheck": ["''", "/a", "/b"],
    "deploy_strategy": ["''", "recreate", "blue-green"],
  ]

  /// What a value means, spelled one way; nil for what nobody declared.
  private static func meaning(_ value: String?) -> String? {
    value == "''" || value == "recreate" ? "" : value
  }

  private static func oracle(base: String?, now: String, live: String?) -> String? {
    let lived = meaning(live ?? (Int(now) == nil ? "''" : nil))
    let (synced, declared) = (meaning(base), meaning(now))
    if lived == declared { return nil }
    guard let synced else { return "never_synced" }
    if synced == declared { return "live_edited" }
    return synced == lived ? "spec_moved" : "both"
  }

  private static func declared(_ values: [String: String]) -> [DeclaredField] {
    let lines = values.map { "  \($0.key): \($0.value)\n" }.joined()
    return SpecReading.read(Array("version: 1\ndeploy:\n\(lines)".utf8)).declared
  }

  private static func config(_ values: [String: String]) throws -> LiveConfig {
    let members = values.map { name, value in
      let json = Int(value) == nil ? "\"\(value.replacing("'", with: ""))\"" : "\(value).0"
      return "\"\(name)\":\(json)"
    }
    return try LiveConfig("{\(members.joined(separator: ","))}")
  }

  @Test func causesAreTheOracles() throws {
    var random = SeededGenerator(seed: UInt64(FuzzSetting.seed))
    for _ in 0..<FuzzSetting.count(default: 2000) {
      func some(declaring share: Int) -> [String: String] {
        Self.values.compactMapValues { all in
          Int.random(in: 0..<10, using: &random) < share ? all.randomElement(using: &random) : nil
        }
      }
      let (base, now, live) = (some(declaring: 7), some(declaring: 9), some(declaring: 7))
      let sync = SyncBase.spec(Self.declared(base), commit: "abc")
      let changes = Drift.compare(Self.declared(now), with: try Self.config(live))
      let causes = Dictionary(
        uniqueKeysWithValues: changes.map {
          ($0.field.name, sync.cause(of: $0).cause.rawValue)
        })
      let expected = Dictionary(
        uniqueKeysWithValues: now.compactMap { name, value in
          Self.oracle(base: base[name], now: value, live: live[name]).map { (name, $0) }
        })
      #expect(causes == expected, "base \(base), spec \(now), live \(live)")
    }
  }

  @Test func withoutABaseNothingIsGuessed() throws {
    let change = try #require(
      Drift.compare(Self.declared(["port": "1"]), with: try Self.config(["port": "2"])).first)
    #expect(SyncBase.none.cause(of: change).cause == .neverSynced)
    let cause = SyncBase.unknown("the clone is shallow").cause(of: change)
    #expect(cause.cause == .unknown && cause.reason == "the clone is shallow")
  }
}
