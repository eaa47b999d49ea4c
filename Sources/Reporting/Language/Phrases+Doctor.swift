import TinyforgeCore

/// What the doctor says around its findings.
extension Phrases {
  /// A check that found nothing.
  package var healthy: String { say(en: "ok", ru: "в порядке") }
  /// A check that was out of reach.
  package var notInspected: String { say(en: "not inspected", ru: "не проверялось") }
  /// What is inspected.
  func name(of check: DoctorReport.Check) -> String {
    switch check {
    case .database: say(en: "database", ru: "база")
    case .permissions: say(en: "permissions", ru: "права")
    case .schema: say(en: "schema", ru: "схема")
    case .sqlite: check.rawValue
    case .clock: say(en: "clock", ru: "часы")
    case .locks: say(en: "locks", ru: "блокировки")
    case .workloads: say(en: "workloads", ru: "нагрузки")
    case .mirrors: say(en: "mirrors", ru: "зеркала")
    case .repositories: say(en: "repositories", ru: "репозитории")
    case .tokens: say(en: "tokens", ru: "токены")
    }
  }
  /// The word for a fault.
  package var fault: String { say(en: "fault", ru: "неисправность") }
  /// The word for a warning.
  package var warning: String { say(en: "warning", ru: "предупреждение") }

  /// How many faults and warnings there are.
  package func doctorSummary(faults: Int, warnings: Int) -> String {
    faultCount(faults) + ", " + warningCount(warnings)
  }

  private func faultCount(_ number: Int) -> String {
    count(
      number, en: ("fault", "faults"), ru: ("неисправность", "неисправности", "неисправностей"))
  }

  private func warningCount(_ number: Int) -> String {
    count(
      number, en: ("warning", "warnings"),
      ru: ("предупреждение", "предупреждения", "предупреждений"))
  }
}
