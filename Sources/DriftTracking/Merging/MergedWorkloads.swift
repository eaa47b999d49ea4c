package import TinyforgeCore

/// The workloads of several reports in one order, of each report one at a time.
package struct MergedWorkloads {
  /// The workloads of a report that are still to come, and the next of them.
  private struct Source {
    var next: ReportedWorkload
    var rest: Rest

    enum Rest {
      /// In order in the text.
      case inText(ScannedReport.Workloads)
      /// Held, for the text has them in another order; the last comes first.
      case held([ReportedWorkload])

      mutating func next() throws(Failure) -> ReportedWorkload? {
        switch self {
        case .inText(var workloads):
          // Not twice while it changes, which would copy what it holds.
          self = .held([])
          defer { self = .inText(workloads) }
          return try workloads.next()
        case .held(var workloads):
          self = .held([])
          defer { self = .held(workloads) }
          return workloads.popLast()
        }
      }
    }
  }

  /// So much of all texts together is held.
  private static let held = 16 << 20

  private var sources: [Source] = []
  /// The numbers of the sources, the one whose workload comes first at the end.
  private var order: [Int] = []
  /// The workload that was given last.
  private var last: ReportedWorkload?

  init(_ reports: [ScannedReport]) throws(Failure) {
    let size = max(1 << 12, min(1 << 16, Self.held / max(1, reports.count)))
    for report in reports {
      var rest = try Self.rest(of: report, pieces: size)
      guard let next = try rest.next() else { continue }
      sources.append(Source(next: next, rest: rest))
    }
    order = sources.indices.sorted { sources[$1].next.comesBefore(sources[$0].next) }
  }

  private static func rest(of report: ScannedReport, pieces size: Int) throws(Failure)
    -> Source.Rest
  {
    var workloads = ScannedReport.Workloads(report, pieces: size)
    guard !report.isInOrder else { return .inText(workloads) }
    var held: [ReportedWorkload] = []
    while let next = try workloads.next() { held.append(next) }
    return .held(held.sorted { $1.comesBefore($0) })
  }

  /// The next workloads, at most `limit`, and none at the end; one that several reports list comes once.
  package mutating func next(upTo limit: Int) throws(Failure) -> [ReportedWorkload] {
    var batch: [ReportedWorkload] = []
    while batch.count < limit, let workload = try nextOne() {
      if let last, last.key == workload.key { continue }
      last = workload
      batch.append(workload)
    }
    return batch
  }

  private mutating func nextOne() throws(Failure) -> ReportedWorkload? {
    guard let number = order.popLast() else { return nil }
    let workload = sources[number].next
    if let next = try sources[number].rest.next() {
      sources[number].next = next
      insert(number)
    }
    return workload
  }

  /// Puts a source where its next workload belongs, by halves.
  private mutating func insert(_ number: Int) {
    let workload = sources[number].next
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if workload.comesBefore(sources[order[middle]].next) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    order.insert(number, at: low)
  }
}
