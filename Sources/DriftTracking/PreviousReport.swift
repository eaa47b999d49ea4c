import Reporting
import RunningProcess
package import TinyforgeCore

/// What an earlier run found to drift, by workload and field.
package struct PreviousReport: Sendable {
  /// When that run looked, RFC 3339 in UTC; nil where there was none.
  let generatedAt: String?
  /// The drift that it found, and what it took over from earlier ones of workloads that it could not read.
  private(set) var entries: [WorkloadKey: [TrackedDrift]] = [:]

  /// The report before the first run.
  package static let none = PreviousReport(generatedAt: nil)

  private init(generatedAt: String?) { self.generatedAt = generatedAt }

  /// Takes what a run found; no time in it counts as later than `now`.
  private init(generatedAt: String, _ found: some Sequence<TrackedDrift>, now: Int64) {
    self.generatedAt = generatedAt
    var known: [TrackedDrift.Key: TrackedDrift] = [:]
    for var entry in found {
      entry.firstSeen = min(entry.firstSeen, now)
      // Of an entry that is there twice, the earlier time holds.
      if let other = known[entry.fieldKey] {
        entry.firstSeen = min(entry.firstSeen, other.firstSeen)
      }
      known[entry.fieldKey] = entry
    }
    for entry in known.values.sorted(by: { $0.fieldKey < $1.fieldKey }) {
      entries[entry.key, default: []].append(entry)
    }
  }

  // MARK: The file

  /// Reads a report that drift wrote; nil where the file does not exist, as before the first run.
  package static func read(_ file: String, now: Int64) throws(Failure) -> PreviousReport? {
    do throws(Failure) {
      let input = try InputFile(file, as: "the previous report")
      let beginning = try input.next()
      guard !beginning.isEmpty else { throw empty(file) }
      return try read(input, after: beginning, named: file, now: now)
    } catch {
      guard error.code != .notFound else { return nil }
      guard error.code == .denied else { throw error }
      throw Failure(
        .denied, error.message,
        remedy: "check the path and its permissions: ls -l \(argument: file)")
    }
  }

  private static func read(
    _ input: InputFile, after beginning: [UInt8], named file: String, now: Int64
  ) throws(Failure) -> PreviousReport {
    var first: [UInt8]? = beginning
    var stream = JSONStream {
      defer { first = nil }
      return try first ?? input.next()
    }
    do throws(Failure) {
      return try PreviousReport(&stream, named: file, now: now)
    } catch {
      guard error.code == .usage else { throw error }
      throw Failure(
        .usage, error.message,
        remedy: """
          name the file that drift --format json wrote at the last run; to begin anew, remove it: rm \(argument: file)
          """)
    }
  }

  /// Reads a report, of which it holds the drift alone.
  ///
  /// A report of an older version does not say since when a field drifts: it did when that run looked.
  private init(_ stream: inout JSONStream, named file: String, now: Int64) throws(Failure) {
    var found: [TrackedDrift] = []
    var isDated: [Bool] = []
    var changes: DriftChanges?
    var reader = DriftReportReader(name: file, purpose: "--previous takes a report of drift")
    let report = try reader.read(&stream, previous: { changes = try DriftChanges(&$0) }) {
      workload, _ in
      for entry in workload.drift {
        isDated.append(entry.since != nil)
        found.append(TrackedDrift(entry, of: workload, firstSeen: entry.since?.firstSeen ?? 0))
      }
    }
    guard UTCTime.isTime(report.generatedAt),
      let looked = UTCTime.seconds(ofRFC3339: report.generatedAt)
    else {
      throw Failure(
        .usage,
        "\(file.shownSafely) is not a complete drift report: generated_at is not of the form 2026-01-31T12:00:00Z"
      )
    }
    for index in found.indices where !isDated[index] { found[index].firstSeen = looked }
    // The lists also hold what a filter left out of the report.
    let listed = changes.map { $0.new + $0.lasting + $0.unread } ?? []
    self.init(generatedAt: report.generatedAt, listed + found, now: now)
  }

  private static func empty(_ file: String) -> Failure {
    Failure(
      .usage,
      "the previous report \(file.shownSafely) is empty, as a shell leaves a file that the same command redirects its "
        + "output to",
      remedy: """
        write the new report by \(option: "--output", file), which replaces it at the end; or to another file, and mv that. To begin \
        anew, remove it: rm \(argument: file)
        """)
  }
}

extension UTCTime {
  /// Whether a text is a time of the form `2026-01-31T12:00:00Z` that the calendar has.
  static func isTime(_ text: String) -> Bool {
    seconds(ofRFC3339: text).map(rfc3339) == text
  }
}
