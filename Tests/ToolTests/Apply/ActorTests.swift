import TestSupport
import Testing
import TinyforgeCore

/// `--actor`: what is recorded is what is shown.
@Suite(.ownTime, .hangLimit) struct ActorTests {
  @Test(arguments: [
    ("ann", "ann"), ("  Ann  Ape ", "Ann  Ape"), ("a\u{1B}[31m\nb\u{202E}c\u{0}", "a[31mbc"),
    ("ghp_" + String(repeating: "a1B2", count: 9), String(repeating: "*", count: 40)),
    (
      "ghp_a1B2a1B2\u{200B}a1B2a1B2a1B2a1B2a1B2a1B2a1B2",
      String(repeating: "*", count: 40)
    ),
    (String(repeating: "é", count: 300), String(repeating: "é", count: 128)),
    (
      "e" + String(repeating: "\u{301}", count: 500), "e" + String(repeating: "\u{301}", count: 127)
    ),
    ("\u{1B}\n", ""),
  ])
  func onlyWhatCanBeShownIsRecorded(_ given: String, _ recorded: String) {
    let name = ActorName.recorded(given)
    #expect(name == recorded && name.shownSafely == name)
    #expect(ActorName.recorded(name) == name)
  }

  @Test func theAuditAndTheHistoryHoldTheSame() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let token = "ghp_" + String(repeating: "a1B2", count: 9)
    let actor = "bot \(token)\u{1B}]0;x\u{7}\u{202E}" + String(repeating: "x y", count: 200)
    let result = try await world.tool("apply", "--all", "--yes", "--actor", actor)
    #expect(result.status == 0, "\(result)")
    let recorded = try await world.sql("SELECT json_extract(metadata, '$.actor') FROM event_log")
    #expect(
      (100...128).contains(recorded.unicodeScalars.count) && !recorded.contains(token),
      "\(recorded)")
    let history = try await world.tool("apply", "history")
    #expect(history.output.contains(recorded) && !history.output.contains("a1B2a1B2"))
    let everything = try await world.sql(".dump")
    #expect(!everything.contains("a1B2a1B2"))
  }
}
