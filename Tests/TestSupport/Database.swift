/// Makes a Tinyforge database with the fixture's schema, by the `sqlite3` program.
package func makeTinyforgeDatabase(at path: String) async throws {
  let schema = try readFile(projectFile("Tests/TestSupport/Fixtures/tinyforge.sql"))
  try await mustRun("sqlite3", [path], input: String(decoding: schema, as: UTF8.self))
}
