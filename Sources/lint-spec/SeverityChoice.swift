import ArgumentParser
import TinyforgeCore

/// A severity that somebody chose for a finding.
struct SeverityChoice {
  var code: FindingCode
  /// Nil turns the finding off.
  var severity: Severity?

  /// Reads `CODE=SEVERITY`.
  init(_ text: String) throws {
    let parts = text.splitAtScalar("=", maxSplits: 1)
    guard parts.count == 2 else {
      throw ValidationError("write it as CODE=off, CODE=info, CODE=warning or CODE=error")
    }
    do {
      code = try FindingCode.called(String(parts[0]))
    } catch {
      throw ValidationError(
        [error.message, error.remedy?.text].compactMap(\.self).joined(separator: "; "))
    }
    guard code.kind == .advice else {
      throw ValidationError("`\(code.id)` is the server's own refusal, which cannot be set")
    }
    severity = Severity(rawValue: String(parts[1]))
    guard severity != nil || parts[1] == "off" else {
      throw ValidationError(
        "\"\(String(parts[1]).shownSafely)\" is no severity; use off, info, warning or error")
    }
  }
}

extension FindingCode {
  /// The finding of that name; throws with the nearest where there is none.
  static func called(_ id: String) throws(Failure) -> FindingCode {
    guard let code = FindingCatalog.named(id) else {
      let nearest = NearestName.find(id, among: FindingCatalog.all.map(\.id))
      throw Failure(
        .usage, "there is no finding \"\(id.shownSafely)\"",
        remedy: nearest.map { "did you mean `\(prose: $0)`?" }
          ?? "`lint-spec --list-codes` lists them all"
      )
    }
    return code
  }
}
