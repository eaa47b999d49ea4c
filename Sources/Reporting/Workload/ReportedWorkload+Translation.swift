package import TinyforgeCore

extension ReportedWorkload {
  /// The workload with its messages in a language.
  package func translated(by phrases: Phrases) -> ReportedWorkload {
    guard phrases.language != .en else { return self }
    var translated = self
    translated.message = phrases.message(message)
    translated.outcome?.message = phrases.message(outcome?.message ?? "")
    translated.notes = notes.map(phrases.message)
    translated.mergeFaults = mergeFaults.map(phrases.message)
    translated.findings = findings.map { $0.translated(by: phrases) }
    for index in translated.drift.indices {
      translated.drift[index].reason = phrases.message(drift[index].reason)
      translated.drift[index].untold = drift[index].untold.map(phrases.message)
    }
    return translated
  }
}

extension ReportedFinding {
  /// The finding in a language.
  func translated(by phrases: Phrases) -> ReportedFinding {
    var translated = self
    translated.message = phrases.message(message)
    translated.help = help.map(phrases.message)
    translated.related = related.map { place in
      var place = place
      place.message = phrases.message(place.message)
      return place
    }
    return translated
  }
}
