import TestSupport
import Testing

@Test func scratchIsThere() throws {
  #expect(builtTool("plan").hasSuffix("/plan"))
  print(builtTool("plan"))
}
