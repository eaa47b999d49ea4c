import TinyforgeCore

extension ReportedWorkload {
  /// The same with its messages in a language; findings of the spec stay as lint tells them.
  func told(in phrases: Phrases) -> ReportedWorkload {
    guard phrases.language != .en else { return self }
    var told = self
    told.message = phrases.message(message)
    told.notes = notes.map(phrases.message)
    told.mergeFaults = mergeFaults.map(phrases.message)
    for index in told.drift.indices {
      told.drift[index].reason = phrases.message(drift[index].reason)
      told.drift[index].untold = drift[index].untold.map(phrases.message)
    }
    return told
  }
}
