import FleetReading
import TinyforgeCore

extension DoctorReport {
  /// What was found of the databases of one or several servers; what is the same for all of several is said once.
  init(joining reports: [(server: String?, report: DoctorReport)]) {
    self.init()
    guard let first = reports.first else { return }
    done = reports.reduce(first.report.done) { $0.intersection($1.report.done) }
    for (server, report) in reports {
      for var finding in report.findings {
        let isShared = reports.allSatisfy { $0.report.findings.contains(finding) }
        if !isShared || reports.count == 1 { finding.message = finding.message.told(of: server) }
        if !findings.contains(finding) { findings.append(finding) }
      }
    }
  }
}
