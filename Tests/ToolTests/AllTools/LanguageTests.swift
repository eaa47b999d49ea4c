import TestSupport
import Testing

/// The language of text for people, and the names of formats, through the built tools.
@Suite(.ownTime, .hangLimit) struct LanguageTests {
  @Test func russianByOptionOrByEnvironment() async throws {
    let world = try await World()
    try await world.addWorkload("w1", name: "shop")
    let asked = try await world.tool("drift", "--all", "--lang", "ru")
    #expect(asked.output.contains("shop (w1) dockerfile: расхождение в 3 из 3 управляемых полей"))
    #expect(asked.output.contains("в спецификации /healthz, сейчас (не задано)"))
    #expect(asked.output.hasSuffix("1 рабочая нагрузка: 1 с расхождением\n"))
    let found = try await world.tool("drift", "--all", environment: ["LANG": "ru_RU.UTF-8"])
    #expect(found.output == asked.output)
    let english = try await world.tool(
      "drift", "--all", "--lang", "en", environment: ["LC_ALL": "ru_RU.UTF-8"])
    #expect(english.output.hasSuffix("1 workload: 1 drifted\n"))
  }

  @Test func anUnknownLanguageIsRefused() async throws {
    let result = try await run(builtTool("plan"), ["--all", "--lang", "de"])
    #expect(result.status == 2 && result.error.contains("en"))
  }

  @Test(arguments: [
    ("drift", "jsn", "did you mean json?"), ("plan", "txt", "did you mean text?"),
    ("apply", "jso", "did you mean json?"), ("apply", "zzzzzz", "not one of text, json"),
  ])
  func anUnknownFormatIsRefusedWithAGuess(_ tool: String, _ name: String, _ words: String)
    async throws
  {
    let result = try await run(builtTool(tool), ["--all", "--format", name])
    #expect(result.status == 2 && result.error.contains(words), "\(result.error)")
    #expect(result.output.isEmpty)
  }
}
