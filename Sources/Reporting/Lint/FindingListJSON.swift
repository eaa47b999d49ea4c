package import TinyforgeCore

/// Renders the list of all findings for programs.
package enum FindingListJSON {
  /// One document with the code, severity, kind and summary of each finding, and its page where `toolkit` has one.
  package static func render(
    _ codes: [FindingCode] = FindingCatalog.all, of toolkit: Toolkit
  ) -> String {
    let findings = codes.map { code -> JSONValue in
      var members: [JSONValue.Member] = [
        .init("code", .string(code.id)), .init("severity", .string(code.severity.rawValue)),
        .init("kind", .string(code.kind.rawValue)), .init("summary", .string(code.summary)),
      ]
      members.append("url", toolkit.page(on: code))
      return .object(members)
    }
    let document: JSONValue = ["schema": "tinyforge.codes/v1", "findings": .array(findings)]
    return JSONWriter.indented(document) + "\n"
  }
}
