import Reporting
package import TinyforgeCore

/// Reads a report of drift back, one workload at a time, whether it is one document or lines.
package struct DriftReportReader {
  /// Where in a report its workloads are, to read them once more.
  package struct Place: Sendable {
    /// Where the first workload begins.
    var start = 0
    /// How many there are.
    var count = 0
    /// Whether each is a line of its own.
    var isInLines = false
  }

  /// Takes a workload of the report, and where it begins in the text.
  package typealias Taker = (ReportedWorkload, Int) -> Void

  /// What failures call the report.
  private let name: String
  /// What the report is read for, where it is another document.
  private let purpose: String
  /// Where the workloads are.
  private(set) var place = Place()
  /// The first workload that does not fit; reading goes on, since a fault of the whole document is reported first.
  private var misfit: JSONFields.Misfit?

  /// Creates one for a report of that name.
  package init(name: String, purpose: String = "merge joins reports of drift") {
    self.name = name
    self.purpose = purpose
  }

  /// Reads the report, and returns it without its workloads and without its lists against an earlier report, which `previous`
  /// reads.
  ///
  /// Refused: another schema, a form that is not known here, and lines without the summary that ends them.
  package mutating func read(
    _ stream: inout JSONStream, previous: (inout JSONStream) throws -> Void, workload: Taker
  ) throws(Failure) -> DriftReport {
    do {
      let document = try document(&stream, previous, workload)
      try requireSchema(document)
      if let misfit { throw misfit }
      return try DriftReport(frame: JSONFields(document), listed: place.count)
    } catch let error as Failure {
      throw error
    } catch let misfit as JSONFields.Misfit {
      throw failure("\(misfit.place.shownSafely) \(misfit.problem)")
    } catch let fault as JSONFault {
      throw failure(fault.sentence)
    } catch {
      throw failure("it cannot be read")
    }
  }

  private func failure(_ problem: String) -> Failure {
    Failure(
      .usage, "\(name.shownSafely) is not a complete drift report: \(problem)",
      remedy: "make it again with drift --format json (or jsonl)")
  }

  private func requireSchema(_ document: JSONValue) throws(Failure) {
    guard let schema = document["schema"]?.text else { throw failure("it names no schema") }
    guard schema == DriftJSON.schema else {
      if schema.startsWithBytes(of: "tinyforge.drift/") == false,
        let kind = DocumentKind.words(ofSchema: schema)
      {
        throw Failure(
          .usage, "\(name.shownSafely) is \(kind); \(purpose)",
          remedy: "make one for each shard with drift --format json --output FILE")
      }
      throw Failure(
        .usage,
        "\(name.shownSafely) follows the schema \"\(schema.shownSafely)\"; this version reads "
          + DriftJSON.schema,
        remedy: "make it with the same version of drift")
    }
  }

  // MARK: The text

  /// The document without its workloads, put together if it is in lines.
  private mutating func document(
    _ stream: inout JSONStream, _ previous: (inout JSONStream) throws -> Void, _ workload: Taker
  ) throws -> JSONValue {
    let members = try stream.members { name, stream in
      switch (name, try stream.next()) {
      case ("previous", UInt8(ascii: "{")): try previous(&stream)
      case ("workloads", UInt8(ascii: "[")): try list(&stream, workload)
      default: return false
      }
      return true
    }
    guard JSONValue.object(members)["type"]?.text == "run" else {
      try stream.expectEnd()
      return .object(members)
    }
    place = Place(isInLines: true)
    let summary = try lines(&stream, previous, workload)
    let marks = [
      "interrupted", "missing_shards", "missing_shards_of_servers", "unusable_reports", "previous",
    ].compactMap { name in
      summary[name].map { JSONValue.Member(name, $0) }
    }
    return .object(members + marks + [.init("summary", summary)])
  }

  /// Reads the workloads of a document.
  private mutating func list(_ stream: inout JSONStream, _ workload: Taker) throws {
    try stream.items { stream in
      _ = try stream.next()
      let offset = stream.offset
      try take(try stream.value(), at: offset, workload)
    }
  }

  /// Reads the lines after the first one, and returns the last, the summary.
  private mutating func lines(
    _ stream: inout JSONStream, _ previous: (inout JSONStream) throws -> Void, _ workload: Taker
  ) throws -> JSONValue {
    var summary: JSONValue?
    var number = 1
    while try stream.next() != nil {
      number += 1
      let offset = stream.offset
      let line = JSONValue.object(
        try stream.members { name, stream in
          guard name == "previous", try stream.next() == UInt8(ascii: "{") else { return false }
          try previous(&stream)
          return true
        })
      guard summary == nil else { throw misfit(number, "more follows after the summary") }
      switch line["type"]?.text {
      case "workload": try take(line, at: offset, workload)
      case "summary": summary = line
      default: throw misfit(number, "is neither a workload nor a summary")
      }
    }
    guard let summary else {
      throw misfit(number, "is the last, and no summary: the run was cut off")
    }
    return summary
  }

  private func misfit(_ number: Int, _ problem: String) -> JSONFields.Misfit {
    JSONFields.Misfit(place: "line \(number)", problem: problem)
  }

  private mutating func take(_ value: JSONValue, at offset: Int, _ workload: Taker) throws {
    if place.count == 0 { place.start = offset }
    defer { place.count += 1 }
    guard misfit == nil else { return }
    do throws(JSONFields.Misfit) {
      workload(try ReportedWorkload(JSONFields(value, at: "workloads[\(place.count)]")), offset)
    } catch {
      misfit = error
    }
  }
}

extension DriftReport {
  /// Reads a report back from a text that is held, with all of its workloads.
  package init(json: [UInt8], name: String) throws(Failure) {
    var stream = JSONStream(json)
    var workloads: [ReportedWorkload] = []
    var previous: JSONValue?
    var reader = DriftReportReader(name: name)
    self = try reader.read(
      &stream, previous: { previous = try $0.value() },
      workload: { read, _ in workloads.append(read) })
    self.workloads = workloads
    self.previous = previous
  }
}
