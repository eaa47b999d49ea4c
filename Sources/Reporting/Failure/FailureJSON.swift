package import TinyforgeCore

/// Renders a failure that left no report as `tinyforge.error/v1` JSON.
package enum FailureJSON {
  /// The document; `isLine` makes it one of JSON Lines.
  package static func render(_ failure: Failure, tool: String, exitStatus: Int, isLine: Bool)
    -> String
  {
    let error: JSONValue = [
      "code": .string(failure.code.rawValue), "message": .string(failure.message),
      "help": .optional(failure.remedy?.text),
    ]
    let members: [JSONValue.Member] = [
      .init("schema", "tinyforge.error/v1"), .init("tool", .string(tool)),
      .init("exit_status", .integer(exitStatus)), .init("error", error),
    ]
    guard isLine else { return JSONWriter.indented(.object(members)) + "\n" }
    return JSONWriter.compact(.object([.init("type", "error")] + members)) + "\n"
  }
}
