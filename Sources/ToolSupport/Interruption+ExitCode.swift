package import ArgumentParser
import RunningProcess

extension Interruption {
  /// The exit code of a process that a signal ended.
  package static func exitCode(of signal: Int32) -> ExitCode { ExitCode(128 + signal) }

  /// The exit code of a command: the signal's where one was noted, else its own status.
  package static func exitCode(or status: ExitStatus) -> ExitCode {
    signal.map(exitCode) ?? status.code
  }
}
