/// The rules on declared values, all from the field table.
enum ValueRules {
  static func check(_ declared: [DeclaredField], source: SourceKind?) -> [Finding] {
    var findings: [Finding] = []
    for declared in declared {
      if let fault = fault(in: declared) { findings.append(fault) }
      if let ignored = ignored(declared, by: source) { findings.append(ignored) }
    }
    return findings
  }

  private static func fault(in declared: DeclaredField) -> Finding? {
    let field = declared.field
    guard let fault = field.fault(declared.value) else { return nil }
    return Finding(
      field.faultCode, "\(field.name) \(fault)", at: declared.span,
      help: nearestHelp(for: declared), fix: fix(for: declared))
  }

  private static func fix(for declared: DeclaredField) -> Finding.Fix? {
    guard let allowed = declared.field.allowed, case .text(let name) = declared.value,
      !name.isEmpty, let same = NearestName.same(name, among: allowed), declared.isWrittenAlone
    else { return nil }
    return .init("write `\(same)`", [SourceEdit(declared.span, same)])
  }

  private static func nearestHelp(for declared: DeclaredField) -> String? {
    guard let allowed = declared.field.allowed, case .text(let name) = declared.value else {
      return pathHelp(for: declared) ?? declared.field.advice
    }
    let named = allowed.filter { !$0.isEmpty }
    if let nearest = NearestName.find(name, among: named) { return "did you mean `\(nearest)`?" }
    return declared.field.advice
  }

  /// The path of a whole address, which is what is meant of it.
  private static func pathHelp(for declared: DeclaredField) -> String? {
    guard case .text(let address) = declared.value, address.utf8.count <= 200,
      let scheme = address.firstRange(of: "://")
    else { return nil }
    let path = address[scheme.upperBound...].drop { $0 != "/" }
    return "write its path alone: `\(path.isEmpty ? "/" : String(path).shownSafely)`"
  }

  private static func ignored(_ declared: DeclaredField, by source: SourceKind?) -> Finding? {
    guard let source, !declared.field.honouredBy.contains(source) else { return nil }
    return Finding(
      .ignoredField, "a \(source.rawValue) workload ignores \(declared.field.name)",
      at: declared.span, help: "remove it, or check that the workload is what you think it is")
  }
}
