import TestSupport
import Testing
import TinyforgeCore

/// What the readers of a pipeline's form see: the number of findings in each file.
func validated(_ form: String, _ files: [String]) async throws -> [Int] {
  let program = projectFile("Tests/Peers/validate-report.py")
  let result = try await run(projectFile(".build/peers/bin/python"), [program, form] + files)
  #expect(result.status == 0, "\(form): \(result.error)")
  return try result.output.split(separator: "\n").map { try jsonList(String($0)).count }
}

/// The items of a list in JSON.
func jsonList(_ text: String) throws -> [JSONValue] {
  let document = try JSONText(Array("{\"list\": \(text)}".utf8))
  guard case .array(let items)? = document["list"] else {
    throw TestSupportError("no list: \(text)")
  }
  return items
}

/// JUnit's XML by the schema that Jenkins publishes, and with so many cases in each file.
func expectJUnit(_ files: [String], cases: [Int]) async throws {
  let schema = projectFile(".build/peers/junit-10.xsd")
  let result = try await run("xmllint", ["--noout", "--schema", schema] + files)
  #expect(result.status == 0, "\(result.error.prefix(2000))")
  for (file, number) in zip(files, cases).prefix(20) {
    let count = try await run("xmllint", ["--xpath", "count(//testcase)", file])
    #expect(count.output == "\(number)\n")
  }
}
