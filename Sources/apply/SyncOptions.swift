package import ArgumentParser
package import Syncing
package import ToolSupport

/// How a sync is asked for, and carried out over several workloads.
package struct SyncOptions: ParsableArguments {
  @OptionGroup package var consent: ConsentOptions
  @OptionGroup package var writer: WriterOptions

  @Flag(help: "Go on with the next workload after one was refused or failed.")
  package var keepGoing = false

  @Flag(help: "Apply all workloads in one transaction, or none of them.")
  package var atomic = false

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    consent = ConsentOptions(&line)
    writer = WriterOptions(&line)
    keepGoing = line.flag("--keep-going")
    atomic = line.flag("--atomic")
    line.check(validate)
  }

  /// Checks what the options say together.
  package func validate() throws {
    if atomic, keepGoing { throw ValidationError("--atomic and --keep-going exclude each other") }
  }

  /// Whether no question is asked, and each workload is synced by itself.
  package var asksNobody: Bool { consent.yes && !consent.dryRun && !atomic }

  /// When a run ends before its last workload.
  package var mode: SyncRunner.Mode { atomic ? .atomic : keepGoing ? .keepGoing : .untilStopped }
}
