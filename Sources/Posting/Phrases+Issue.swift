import Reporting

/// What an issue about drift says beside the report.
extension Phrases {
  /// The title of the issue, before what distinguishes it from others.
  var issueTitle: String {
    say(
      en: "Drift between specs and live configs",
      ru: "Расхождения спецификаций с действующими настройками")
  }

  /// The comment that the issue is closed with.
  var driftIsGone: String {
    say(
      en: "✅ The drift is gone: every workload was compared, and nothing differs any more.",
      ru: "✅ Расхождений больше нет: проверены все рабочие нагрузки.")
  }

  /// Leads from a further issue to the one that is kept; its number follows.
  var continuedIn: String {
    say(en: "Continued in", ru: "Продолжение:")
  }
}
