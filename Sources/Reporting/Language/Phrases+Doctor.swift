/// What the doctor says around its findings.
extension Phrases {
  package var healthy: String { say(en: "ok", ru: "в порядке") }
  package var notLookedAt: String { say(en: "not looked at", ru: "не проверялось") }
  package var fault: String { say(en: "fault", ru: "неисправность") }
  package var warning: String { say(en: "warning", ru: "предупреждение") }

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
