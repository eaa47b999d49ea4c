package import TinyforgeCore

/// Renders what the doctor found as `tinyforge.doctor/v1` JSON.
package enum DoctorJSON {
  /// Renders the report as one document.
  package static func render(_ report: DoctorReport) -> String {
    let document: JSONValue = [
      "schema": "tinyforge.doctor/v1",
      "checks": .array(DoctorReport.Check.allCases.map { check($0, report) }),
      "summary": [
        "faults": .integer(report.count(.fault)), "warnings": .integer(report.count(.warning)),
      ],
    ]
    return JSONWriter.indented(document) + "\n"
  }

  private static func check(_ check: DoctorReport.Check, _ report: DoctorReport) -> JSONValue {
    let findings = report.findings(of: check)
    let worst = findings.contains { $0.severity == .fault } ? "fault" : "warning"
    let status = findings.isEmpty ? (report.done.contains(check) ? "ok" : "skipped") : worst
    return [
      "check": .string(check.rawValue), "status": .string(status),
      "findings": .array(
        findings.map {
          [
            "severity": .string($0.severity.rawValue), "message": .string($0.message),
            "command": .string($0.command.text),
          ]
        }),
    ]
  }
}
