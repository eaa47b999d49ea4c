// Compiled by ci/fuzz into one module with TinyforgeCore, so that is not imported.

/// Decoder, rules and fixes take any bytes without a crash, and agree with each other.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDecoder(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let linted = SpecLint.check(bytes, path: ".tinyforge.yml")
  let spec = SpecReading.read(bytes)
  check(linted.decoded.decodes == spec.decodes, "the rules change the verdict")
  check(linted.decoded.isValid == spec.isValid, "the rules change the verdict")
  let length = SourceText(bytes).scalars.count
  for finding in linted.decoded.findings {
    for span in [finding.span].compactMap(\.self) + finding.related.map(\.span) {
      check(span.lowerBound >= 0 && span.upperBound <= length + 1, "outside")
    }
    check(finding.message == finding.message.shownSafely, "an unsafe message")
  }
  guard linted.decoded.findings.contains(where: { $0.fix != nil }) else { return 0 }
  let settings = SpecLint.Settings()
  let fixed = SpecFix.apply(to: bytes, path: nil, settings: settings).bytes
  let again = SpecFix.apply(to: fixed, path: nil, settings: settings).bytes
  check(again == fixed, "fixing twice is not fixing once")
  check(!spec.isValid || SpecReading.read(fixed).isValid, "a good spec made bad")
  return 0
}

/// Ends the run with a message, which `precondition` leaves out of an optimized build.
private func check(_ holds: Bool, _ message: String) {
  if !holds { fatalError(message) }
}
