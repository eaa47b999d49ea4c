import TinyforgeCore

extension ReportedWorkload {
  /// The same with its messages in a language.
  func told(in phrases: Phrases) -> ReportedWorkload {
    guard phrases.language != .en else { return self }
    var told = self
    told.message = phrases.message(message)
    told.notes = notes.map(phrases.message)
    told.mergeFaults = mergeFaults.map(phrases.message)
    told.findings = findings.map { $0.told(in: phrases) }
    for index in told.drift.indices {
      told.drift[index].reason = phrases.message(drift[index].reason)
      told.drift[index].untold = drift[index].untold.map(phrases.message)
    }
    return told
  }
}

extension ReportedFinding {
  /// The same in a language.
  fileprivate func told(in phrases: Phrases) -> ReportedFinding {
    var told = self
    told.message = phrases.message(message)
    told.help = help.map(phrases.message)
    told.related = related.map { place in
      var place = place
      place.message = phrases.message(place.message)
      return place
    }
    return told
  }
}
