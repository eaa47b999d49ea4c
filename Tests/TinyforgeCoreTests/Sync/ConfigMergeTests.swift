import TestSupport
import Testing
import TinyforgeCore

/// Properties of the merge, on random configs and random specs.
struct ConfigMergeTests {
  @Test(arguments: 0..<2_000)
  func mergeTouchesDeclaredLeavesAlone(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let live = try LiveConfig(RandomConfig.text(&generator))
    let spec = SpecReading.read(Array(RandomConfig.spec(&generator).utf8))
    try #require(spec.decodes)
    let source = try #require(SourceKind.allCases.randomElement(using: &generator))
    let plan = SyncPlan(spec, source: source, live: live)
    guard ConfigValidation.misfits(plan.changes).isEmpty else {
      #expect(!plan.isValid && plan.merged.json.bytes == live.json.bytes)
      return
    }
    // A merged config drifts no more, and merging it again changes nothing.
    #expect(Drift.compare(plan.managed, with: plan.merged).isEmpty)
    let again = SyncPlan(spec, source: source, live: plan.merged)
    #expect(again.changes.isEmpty && again.merged.json.bytes == plan.merged.json.bytes)
    try expectTheRestUntouched(plan, live)
  }

  /// Every member that was not changed keeps its place, its name's spelling and its value's text.
  private func expectTheRestUntouched(_ plan: SyncPlan, _ live: LiveConfig) throws {
    let changed = Set(plan.changes.map(\.field.name))
    let before = live.json.members.filter { !changed.contains($0.name) }
    let after = plan.merged.json.members.filter { !changed.contains($0.name) }
    #expect(before.map { text($0, live) } == after.map { text($0, plan.merged) })
    let order = live.json.members.map(\.name)
    #expect(Array(plan.merged.json.members.map(\.name).prefix(order.count)) == order)
    for change in plan.changes {
      #expect(plan.merged.json[change.field.name] == change.repo.json)
    }
  }

  private func text(_ member: JSONText.Member, _ config: LiveConfig) -> String {
    let range = member.nameRange.lowerBound..<member.valueRange.upperBound
    return String(decoding: config.json.bytes[range], as: UTF8.self)
  }

  /// Names that the server's JSON reader would take for a field's.
  @Test(arguments: ["Port", "PORT", "healthchec\u{212A}", "deploy_\u{17F}trategy", "Healthcheck"])
  func refusesLookalikes(_ name: String) {
    #expect(throws: JSONFault.self) { try LiveConfig("{\"\(name)\":1}") }
  }
}

/// Random live configs and specs.
enum RandomConfig {
  static func text(_ generator: inout SeededGenerator) -> String {
    let space = ["", " ", "\n  ", "\t"].randomElement(using: &generator) ?? ""
    var members = [
      #""branch":"main""#, #""n":12345678901234567890"#, #""price" : 1.10"#,
      #""nested":{"port":1,"list":[1.0,2e3,{"healthcheck":"x"}]}"#,
      #""uni":"\u00e9\ud83d\ude00/\/""#,
      #""é":null"#, #""access_token":"aGVsbG8=""#, #""empty":{}"#,
    ]
    members += leaf(
      "port", ["8080", "8080.0", "0", "70000", "null", "\"8080\"", "8.5"], &generator)
    members += leaf("healthcheck", ["\"\"", "\"/healthz\"", "\"x y\"", "null", "5"], &generator)
    members += leaf(
      "deploy_strategy", ["\"\"", "\"recreate\"", "\"blue-green\"", "\"odd\"", "null", "[]"],
      &generator)
    members.shuffle(using: &generator)
    let kept = members.prefix(Int.random(in: 0...members.count, using: &generator))
    return "{\(space)" + kept.joined(separator: ",\(space)") + "\(space)}"
  }

  private static func leaf(_ name: String, _ values: [String], _ generator: inout SeededGenerator)
    -> [String]
  {
    guard Bool.random(using: &generator), let value = values.randomElement(using: &generator)
    else { return [] }
    return ["\"\(name)\":\(value)"]
  }

  static func spec(_ generator: inout SeededGenerator) -> String {
    var lines = ["version: 1", "deploy:"]
    let fields = [
      "port": ["8080", "1", "0", "70000", "~"],
      "healthcheck": ["/healthz", "\"\"", "/a\"b", "/ü", "relative"],
      "deploy_strategy": ["recreate", "blue-green", "\"\"", "odd"],
    ]
    for (name, values) in fields.sorted(by: { $0.key < $1.key })
    where Bool.random(using: &generator) {
      lines.append("  \(name): \(values.randomElement(using: &generator) ?? "")")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
