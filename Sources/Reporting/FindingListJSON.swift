package import TinyforgeCore

/// Renders the list of all findings for programs.
package enum FindingListJSON {
  /// One document with the code, severity, kind and summary of each finding.
  package static func render(_ codes: [FindingCode] = FindingCatalog.all) -> String {
    let findings = codes.map { code -> JSONValue in
      [
        "code": .string(code.id), "severity": .string(code.severity.rawValue),
        "kind": .string(code.kind.rawValue), "summary": .string(code.summary),
      ]
    }
    let document: JSONValue = ["schema": "tinyforge.codes/v1", "findings": .array(findings)]
    return JSONWriter.indented(document) + "\n"
  }
}
