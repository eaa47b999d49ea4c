import TinyforgeCore

/// From input to report.
struct LintRun {
  var settings: SpecLint.Settings

  func check(_ input: LintInput) -> LintReport {
    switch input.content {
    case .failure(let failure):
      return LintReport(
        path: input.path, verdict: .error, decoded: Self.nothing, bytes: nil, failure: failure)
    case .success(.file(let bytes)):
      let path = input.path == "-" ? nil : input.path
      let linted = SpecLint.check(bytes, path: path, settings: settings)
      return LintReport(
        path: input.path, verdict: linted.decoded.isValid ? .ok : .invalid,
        decoded: linted.decoded, bytes: linted.bytes)
    case .success(.absent(let message)):
      return LintReport(
        path: input.path, verdict: .noFile,
        decoded: Self.withFinding(Finding(.noSpec, message, at: nil)), bytes: nil)
    case .success(.refused(let obstacle)):
      return LintReport(
        path: input.path, verdict: .invalid, decoded: Self.withFinding(.obstacle(obstacle)),
        bytes: nil)
    }
  }

  private static let nothing = DecodedSpec(decodes: false, version: 0, declared: [], findings: [])

  private static func withFinding(_ finding: Finding) -> DecodedSpec {
    DecodedSpec(decodes: false, version: 0, declared: [], findings: [finding])
  }
}
