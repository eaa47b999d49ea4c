import TinyforgeCore

/// Folders of the machine that a report was made on, which say nothing to those who read it as a comment.
enum RunnerPaths {
  /// The text with only the end of each absolute path: `…/acme/shop.git`.
  static func shortened(in text: String) -> String {
    text.splitAtScalar(" ").map { shortened(String($0)) }.joined(separator: " ")
  }

  private static func shortened(_ word: String) -> String {
    let scalars = word.unicodeScalars
    let start = scalars.firstIndex { !"'\"(`«".unicodeScalars.contains($0) } ?? scalars.endIndex
    guard scalars[start...].first == "/" else { return word }
    let parts = String(scalars[start...]).splitAtScalar("/", omittingEmpty: true)
    guard parts.count > 1 else { return word }
    return String(scalars[..<start]) + "…/"
      + parts.suffix(max(1, min(2, parts.count - 1))).joined(separator: "/")
  }
}

extension ReportedWorkload {
  /// The same without folders of the machine that the report was made on.
  var withoutRunnerPaths: ReportedWorkload {
    var shown = self
    if status == .fetchFailed || status == .noFile {
      shown.message = RunnerPaths.shortened(in: message)
    }
    if shown.spec?.provenance != .http { shown.spec?.repository = nil }
    for index in shown.drift.indices {
      shown.drift[index].reason = RunnerPaths.shortened(in: drift[index].reason)
      shown.drift[index].untold = drift[index].untold.map(RunnerPaths.shortened)
    }
    return shown
  }
}
