import DriftTracking
import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// Expects that the JSON Schema of `docs/schemas` takes a document, or that it refuses it, by Debian's python3-jsonschema.
func expectSchema(
  _ name: String, _ document: String, takes: Bool = true,
  sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  let program = """
    import json, jsonschema, sys
    schema = json.load(open(sys.argv[1]))
    jsonschema.Draft7Validator.check_schema(schema)
    errors = list(jsonschema.Draft7Validator(schema).iter_errors(json.load(sys.stdin)))
    print("refused" if errors else "taken", *errors[:3])
    """
  let result = try await run(
    "/usr/bin/python3", ["-c", program, "/\(root)/docs/schemas/\(name).v1.json"], input: document)
  #expect(
    result.status == 0 && result.output.hasPrefix(takes ? "taken" : "refused"), "\(result)",
    sourceLocation: sourceLocation)
}

extension World {
  /// The drift of one workload, read back from JSON that follows the schema.
  func drift(_ arguments: String...) async throws -> DriftReport {
    let result = try await run(
      builtTool("drift"), ["--workload", "w1", "--format", "json"] + arguments, in: repository,
      environment: ["TINYFORGE_DB": database, "TINYFORGE_MIRRORS": mirrors])
    try #require(result.status < 2, "\(result.output)\(result.error)")
    try await expectSchema("drift", result.output)
    return try DriftReport(json: Array(result.output.utf8), name: "drift")
  }

  /// Each drifted field of one workload with its cause.
  func causes() async throws -> [String] {
    try await drift().workloads[0].drift.map { "\($0.field) \($0.cause.rawValue)" }
  }
}
