import TestSupport
import Testing
import TinyforgeCore

/// `SUDO_USER`: who ran sudo is recorded beside the actor.
@Suite(.ownTime, .hangLimit) struct SudoUserTests {
  private static let recorded =
    "SELECT json_extract(metadata, '$.actor', '$.sudo_user') FROM event_log"

  /// The variable, the actor that is given, and what the audit and the text hold.
  @Test(arguments: [
    ("bob", "ann", #"["ann","bob"]"#, " (sudo: bob)"),
    ("ann", "ann", #"["ann","ann"]"#, " (sudo: ann)"),
    (" b\u{1B}[31mo\nb\u{202E} ", "ann", #"["ann","b[31mob"]"#, " (sudo: b[31mob)"),
    ("", "ann", #"["ann",null]"#, ""), ("\u{1B}\n", "ann", #"["ann",null]"#, ""),
    ("::error::x", "ann", #"["ann","::error::x"]"#, " (sudo: ::error::x)"),
  ])
  func itStandsBesideTheActor(_ variable: String, _ actor: String, _ audit: String, _ shown: String)
    async throws
  {
    let world = try await World()
    try await world.addWorkload("w1")
    let result = try await world.tool(
      "apply", "--all", "--yes", "--actor", actor, environment: ["SUDO_USER": variable])
    #expect(result.status == 0, "\(result)")
    #expect(try await world.sql(Self.recorded) == audit)
    let text = try await world.tool("apply", "history")
    #expect(text.output.contains(" ann@") && text.output.contains("sudo") == !shown.isEmpty)
    #expect(text.output.contains("\(shown)  "), "\(text.output)")
    let json = try await world.tool("apply", "history", "--format", "json")
    try await expectSchema("history", json.output)
    #expect(json.output.contains(#""actor": "ann""#) && json.output.contains(#""sudo_user": ""#))
  }

  /// The actor is the operating-system user all the same, and everything that writes an audit row records it.
  @Test func everyKindOfRowTellsIt() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let token = "ghp_" + String(repeating: "a1B2", count: 9)
    let environment = ["SUDO_USER": "bob \(token) " + String(repeating: "x", count: 300)]
    for arguments in [
      ["disable", "w1"], ["enable", "w1"], ["--all", "--yes"], ["revert", "w1", "--yes"],
    ] {
      let result = try await world.tool("apply", arguments: arguments, environment: environment)
      #expect(result.status == 0, "\(result)")
    }
    let user = try await mustRun("id", ["-un"])
    let rows = try await world.sql(Self.recorded).split(separator: "\n")
    #expect(rows.count == 4 && rows.allSatisfy { $0.hasPrefix(#"["\#(user)","bob ****"#) })
    #expect(try await !world.sql(".dump").contains("a1B2a1B2"))
    #expect(rows.allSatisfy { $0.utf8.count < 128 + 20 + user.utf8.count })
  }
}
