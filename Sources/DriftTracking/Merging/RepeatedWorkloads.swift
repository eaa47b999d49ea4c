import TinyforgeCore

/// The workloads that several reports list.
struct RepeatedWorkloads {
  private let reports: [ScannedReport]
  /// Where each workload is, those with the same hash one after the other.
  private var places: [Place] = []
  private var counted = DriftSummary()
  /// Where a report tells something else of a workload than an earlier one, the owner.
  private var conflicts: [(place: Place, owner: Int)] = []

  private struct Place {
    let hash: Int
    let report: Int
    let offset: Int
  }

  init(_ reports: [ScannedReport]) {
    self.reports = reports
    places.reserveCapacity(reports.reduce(0) { $0 + $1.listed.count })
    for (number, report) in reports.enumerated() {
      places += report.listed.lazy.map {
        Place(hash: $0.hash, report: number, offset: $0.offset)
      }
    }
    places.sort { ($0.hash, $0.report, $0.offset) < ($1.hash, $1.report, $1.offset) }
  }

  /// What repeated workloads add to the summary too often, as negative counts; throws where two reports differ on one.
  consuming func correction() throws(Failure) -> DriftSummary {
    var start = 0
    while start < places.count {
      let end = places[start...].firstIndex { $0.hash != places[start].hash } ?? places.count
      if end - start > 1 { try compare(places[start..<end]) }
      start = end
    }
    guard let report = conflicts.map(\.place.report).min() else { return counted }
    let differing = conflicts.filter { $0.place.report == report }
    guard let first = differing.min(by: { $0.place.offset < $1.place.offset }) else {
      return counted
    }
    let workload = try reports[report].workload(at: first.place.offset)
    throw failure(workload, report, first.owner, more: differing.count - 1)
  }

  private mutating func compare(_ places: ArraySlice<Place>) throws(Failure) {
    var known: [(workload: ReportedWorkload, report: Int)] = []
    for place in places {
      let workload = try reports[place.report].workload(at: place.offset)
      guard let other = known.first(where: { $0.workload.key == workload.key }) else {
        known.append((workload, place.report))
        continue
      }
      counted.remove(workload.withCountedDrift)
      if other.workload != workload { conflicts.append((place, other.report)) }
    }
  }

  private func failure(_ workload: ReportedWorkload, _ report: Int, _ owner: Int, more: Int)
    -> Failure
  {
    Failure(
      .usage,
      "\(reports[report].name.shownSafely) and \(reports[owner].name.shownSafely) tell different things of the same workload: "
        + workload.title.shownSafely + (more > 0 ? " and \(more) more" : ""),
      remedy: """
        merge one report for each shard of one split; if the workloads are of several servers, make the reports of each with \
        drift --server-name NAME
        """)
  }
}
