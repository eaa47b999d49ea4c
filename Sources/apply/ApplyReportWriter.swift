import ArgumentParser
import Reporting
import RunningProcess
import TinyforgeCore
import ToolSupport

/// Writes what became of workloads: as text at once, as JSON in one document at the end.
struct ApplyReportWriter {
  private let format: ApplyFormat
  private let text: WorkloadText
  private let console: Console
  /// The names of the servers that the workloads are of.
  private let servers: [String]
  /// The JSON of the workloads so far.
  private var parts = ""
  /// Why the text could not be written; the run goes on all the same.
  private var failure: Failure?

  init(
    _ format: ApplyFormat, _ phrases: Phrases, _ console: Console, _ listing: WorkloadListing,
    servers: [String]
  ) {
    self.servers = servers
    self.format = format
    self.console = console
    text = WorkloadText(phrases: phrases, style: console.output, listing: listing)
  }

  /// Adds workloads that are done.
  mutating func add(_ reports: [WorkloadReport]) {
    switch format {
    case .json: for report in reports { WorkloadJSON.add(report, to: &parts, tool: .apply) }
    case .text: write(text.list(reports))
    }
  }

  /// Ends the report; returns what the process ends with.
  mutating func end(
    _ reports: [WorkloadReport], untried: Int, replacement: DatabaseReplacement? = nil,
    status: ExitStatus
  ) throws -> ExitCode {
    let signal = Interruption.signal
    switch format {
    case .text:
      write(
        text.summaryLine(reports, untried: untried) + (replacement.map(text.render) ?? ""))
    case .json:
      write(
        WorkloadJSON.document(
          parts, of: reports, tool: .apply, servers: servers, untried: untried,
          isInterrupted: signal != nil,
          replacement: replacement))
    }
    guard let signal else {
      if let failure { throw failure }
      return status.code
    }
    console.warn(Self.words(signal, untried, of: reports.count + untried))
    return Interruption.exitCode(of: signal)
  }

  private mutating func write(_ text: String) {
    guard failure == nil, !text.isEmpty else { return }
    do { try console.print(text, as: format.outputForm) } catch { failure = error }
  }

  private static func words(_ signal: Int32, _ untried: Int, of all: Int) -> String {
    let name = Interruption.name(of: signal)
    guard untried > 0 else { return "interrupted by \(name)" }
    return "interrupted by \(name): \(untried) of \(all) workloads "
      + "\(untried == 1 ? "was" : "were") not tried; run the command again for the rest"
  }
}
