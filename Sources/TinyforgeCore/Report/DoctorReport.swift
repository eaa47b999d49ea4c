/// What looking at the environment of the tools came to.
package struct DoctorReport: Sendable, Equatable {
  /// What is looked at, in this order.
  package enum Check: String, Sendable, CaseIterable {
    case database, permissions, schema, sqlite, clock, locks, workloads, mirrors, repositories
    case tokens
  }

  package enum Severity: String, Sendable {
    /// Something that the tools need does not work.
    case fault
    /// It works, and should be known.
    case warning
  }

  /// Something that is not as it should be.
  package struct Finding: Sendable, Equatable {
    package var severity: Severity
    package var check: Check
    /// What is wrong and where: one sentence without a final full stop; safe to show.
    package var message: String
    /// A command that mends it, or begins to; for a shell.
    package var command: Remedy

    package init(_ severity: Severity, _ check: Check, _ message: String, command: Remedy) {
      self.severity = severity
      self.check = check
      self.message = message
      self.command = command
    }
  }

  package var findings: [Finding] = []
  /// What could be looked at: after some faults the rest is out of reach.
  package var done: Set<Check> = []

  package init() {}

  package mutating func add(
    _ severity: Severity, _ check: Check, _ message: String, command: Remedy
  ) {
    done.insert(check)
    findings.append(Finding(severity, check, message, command: command))
  }

  package func findings(of check: Check) -> [Finding] { findings.filter { $0.check == check } }

  package func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }
}
