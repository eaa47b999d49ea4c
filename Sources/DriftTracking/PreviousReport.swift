import Reporting
import RunningProcess
import SystemPackage
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

  /// Takes the content of a report; no time in it counts as later than `now`.
  ///
  /// A report of an older version does not say since when a field drifts: it did when that run looked.
  init(_ report: DriftReport, now: Int64) {
    generatedAt = report.generatedAt
    let looked = UTCTime.seconds(ofRFC3339: report.generatedAt) ?? now
    var known: [TrackedDrift.Key: TrackedDrift] = [:]
    func take(_ entry: TrackedDrift) {
      var entry = entry
      entry.firstSeen = min(entry.firstSeen, now)
      // Of an entry that is there twice, the earlier time holds.
      if let other = known[entry.fieldKey] {
        entry.firstSeen = min(entry.firstSeen, other.firstSeen)
      }
      known[entry.fieldKey] = entry
    }
    // The lists also hold what a filter left out of the report.
    let changes = report.previous.flatMap { try? DriftChanges(json: $0) }
    changes.map { $0.new + $0.lasting + $0.unread }?.forEach(take)
    for workload in report.workloads {
      for entry in workload.drift {
        let firstSeen = entry.since?.firstSeen ?? looked
        take(TrackedDrift(entry, of: workload, firstSeen: firstSeen))
      }
    }
    for entry in known.values.sorted(by: { $0.fieldKey < $1.fieldKey }) {
      entries[entry.key, default: []].append(entry)
    }
  }

  // MARK: The file

  /// More than a report of 40,000 workloads takes.
  private static let sizeLimit = 128 << 20

  /// Reads a report that drift wrote; nil where the file does not exist, as before the first run.
  package static func read(_ file: String, now: Int64) throws(Failure) -> PreviousReport? {
    guard let bytes = try bytes(of: file) else { return nil }
    guard !bytes.isEmpty else { throw empty(file) }
    do throws(Failure) {
      let report = try DriftReport(
        json: bytes, name: file, purpose: "--previous takes a report of drift")
      guard UTCTime.isTime(report.generatedAt) else {
        throw unusable(file, "generated_at is not of the form 2026-01-31T12:00:00Z")
      }
      if let lists = report.previous {
        do { _ = try DriftChanges(json: lists) } catch let misfit {
          throw unusable(file, "\(misfit.place.shownSafely) \(misfit.problem)")
        }
      }
      return PreviousReport(report, now: now)
    } catch {
      throw Failure(
        .usage, error.message,
        remedy: """
          name the file that drift --format json wrote at the last run; to begin anew, remove it: rm \(argument: file)
          """)
    }
  }

  private static func unusable(_ file: String, _ problem: String) -> Failure {
    Failure(.usage, "\(file.shownSafely) is not a complete drift report: \(problem)")
  }

  private static func bytes(of file: String) throws(Failure) -> [UInt8]? {
    if file == "-" { return try WholeFile.read(file, as: "the previous report") }
    do {
      let descriptor = try FileDescriptor.open(
        FilePath(file), .readOnly, options: .closeOnExec)
      return try descriptor.closeAfter { try bytes(of: descriptor, named: file) }
    } catch Errno.noSuchFileOrDirectory {
      return nil
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(
        .denied,
        "the previous report \(file.shownSafely) cannot be read: "
          + (error as? Errno ?? .ioError).words,
        remedy: "check the path and its permissions: ls -l \(argument: file)")
    }
  }

  private static func bytes(of descriptor: FileDescriptor, named file: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = try chunk.withUnsafeMutableBytes { try descriptor.read(into: $0) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= sizeLimit else {
        throw Failure(
          .usage,
          "the previous report \(file.shownSafely) has more than \(sizeLimit >> 20) MiB",
          remedy: "split the fleet with --shard, each part with a report of its own")
      }
    }
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
