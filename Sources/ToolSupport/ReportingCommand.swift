package import ArgumentParser

/// A command whose report stays whole where a signal ends the run.
///
/// A signal is noted for it from the start of the tool on. The command looks for it between its steps, and ends its report with what
/// was done; the tool's end sets the exit status.
package protocol ReportingCommand: ParsableCommand {
  /// Writes the report of a run that a signal ended before anything was done.
  func reportNothing() throws
}
