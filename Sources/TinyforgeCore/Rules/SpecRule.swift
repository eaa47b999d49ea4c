/// A rule beyond the decoder's own: the finding that it makes, and how.
///
/// Each has a file of its own.
struct SpecRule: Sendable {
  let code: FindingCode
  /// Findings in any order; what a spec ignores is left out later.
  let check: @Sendable (RuleContext) -> [Finding]

  init(_ code: FindingCode, _ check: @escaping @Sendable (RuleContext) -> [Finding]) {
    self.code = code
    self.check = check
  }
}
