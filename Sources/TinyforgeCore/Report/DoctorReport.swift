/// The results of the doctor's checks of the tools' environment.
package struct DoctorReport: Sendable, Equatable {
  /// The checks, in this order.
  package enum Check: String, Sendable, CaseIterable {
    case database, permissions, schema, sqlite, clock, locks, workloads, mirrors, repositories
    case tokens
  }

  /// How bad a finding is.
  package enum Severity: String, Sendable {
    /// Something that the tools need does not work.
    case fault
    /// It works, and should be known.
    case warning
  }

  /// Something that is not as it should be.
  package struct Finding: Sendable, Equatable {
    /// How bad it is.
    package var severity: Severity
    /// What was checked.
    package var check: Check
    /// What is wrong and where: one sentence without a final full stop; safe to show.
    package var message: String
    /// A command that fixes it, or its first step; for a shell.
    package var command: Remedy

    /// Creates one from its parts.
    package init(_ severity: Severity, _ check: Check, _ message: String, command: Remedy) {
      self.severity = severity
      self.check = check
      self.message = message.withoutUserinfo
      self.command = command.map(\.withoutUserinfo)
    }
  }

  /// What was found, in the order of looking.
  package var findings: [Finding] = []
  /// What could be checked: after some faults the rest cannot be.
  package var done: Set<Check> = []

  /// Creates one with its defaults.
  package init() {}

  /// Adds a finding; its check counts as done.
  package mutating func add(
    _ severity: Severity, _ check: Check, _ message: String, command: Remedy
  ) {
    done.insert(check)
    findings.append(Finding(severity, check, message, command: command))
  }

  /// The findings of one check.
  package func findings(of check: Check) -> [Finding] { findings.filter { $0.check == check } }

  /// How many findings are of a severity.
  package func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }
}
