import Reporting
package import RunningProcess
import SystemPackage
package import TinyforgeCore

/// A report of drift that was read once and found to be whole: what it holds beside its workloads, and where those are.
package struct ScannedReport: Sendable {
  /// What failures call it.
  let name: String
  /// The report without its workloads.
  let frame: DriftReport
  /// What it found against an earlier report; nil where it was compared with none.
  let changes: DriftChanges?
  /// Its workloads by what they are known by.
  let listed: [Listed]
  /// Whether the workloads are in the order of a database, as drift writes them.
  let isInOrder: Bool

  private let bytes: StoredBytes
  private let place: DriftReportReader.Place

  /// A workload of the report.
  struct Listed: Sendable {
    /// The hash of its key: two workloads may have the same.
    let hash: Int
    /// Where it begins in the text.
    let offset: Int
  }

  /// Reads a report; `name` is what failures call it.
  package init(_ bytes: StoredBytes, name: String) throws(Failure) {
    var listed: [Listed] = []
    var (last, isInOrder): (ReportedWorkload?, Bool) = (nil, true)
    var changes: DriftChanges?
    var stream = Self.stream(of: bytes, named: name, at: 0, pieces: Self.pieceSize)
    var reader = DriftReportReader(name: name)
    frame = try reader.read(&stream, previous: { changes = try DriftChanges(&$0) }) {
      workload, offset in
      listed.append(Listed(hash: workload.key.hashValue, offset: offset))
      if let last, workload.comesBefore(last) { isInOrder = false }
      last = workload
    }
    (self.bytes, self.name, self.changes, self.listed) = (bytes, name, changes, listed)
    (self.isInOrder, place) = (isInOrder, reader.place)
  }

  /// How much of a text is read at a time.
  private static let pieceSize = 1 << 16

  private static func stream(
    of bytes: StoredBytes, named name: String, at start: Int, pieces size: Int
  ) -> JSONStream {
    var offset = start
    return JSONStream(at: start) {
      do throws(Errno) {
        let piece = try bytes.read(at: offset, upTo: size)
        offset += piece.count
        return piece
      } catch {
        throw WholeFile.notRead(name, "the report", error)
      }
    }
  }

  /// The workload that begins at a place.
  func workload(at offset: Int) throws(Failure) -> ReportedWorkload {
    var stream = Self.stream(of: bytes, named: name, at: offset, pieces: 1 << 12)
    return try Self.workload(of: &stream, name)
  }

  private static func workload(of stream: inout JSONStream, _ name: String) throws(Failure)
    -> ReportedWorkload
  {
    do { return try ReportedWorkload(JSONFields(try stream.value())) } catch {
      throw error as? Failure ?? changed(name)
    }
  }

  private static func changed(_ name: String) -> Failure {
    Failure(
      .io, "the report \(name.shownSafely) changed while it was merged", remedy: "merge again")
  }

  /// The workloads of a report, read once more.
  struct Workloads {
    private let name: String
    private let isInLines: Bool
    private let count: Int
    private var stream: JSONStream
    private var taken = 0

    /// Begins before the first one; `size` is how much of the text is held.
    init(_ report: ScannedReport, pieces size: Int = pieceSize) {
      (name, isInLines, count) = (report.name, report.place.isInLines, report.place.count)
      stream = ScannedReport.stream(
        of: report.bytes, named: name, at: report.place.start, pieces: size)
    }

    /// The next one; nil after the last one.
    mutating func next() throws(Failure) -> ReportedWorkload? {
      guard taken < count else { return nil }
      if !isInLines {
        let isThere = try? stream.hasItem(isFirst: taken == 0)
        guard isThere == true else { throw changed(name) }
      }
      taken += 1
      return try ScannedReport.workload(of: &stream, name)
    }
  }
}
