package import TinyforgeCore

/// History, locks and opt-ins.
extension Phrases {
  /// There is no event.
  package var noHistory: String {
    say(en: "no syncs in the event log", ru: "в журнале событий нет синхронизаций")
  }

  /// Event, time, actor, deed, workload, origin.
  package var historyHeader: [String] {
    columns(
      say(
        en: "event|when|who|what|workload|from",
        ru: "событие|когда|кто|что|нагрузка|откуда"))
  }

  /// What was done.
  package func done(_ kind: SyncEvent.Kind) -> String {
    switch kind {
    case .sync: say(en: "sync", ru: "синхронизация")
    case .revert: say(en: "revert", ru: "откат")
    case .enable: say(en: "enable", ru: "включение")
    case .disable: say(en: "disable", ru: "выключение")
    }
  }

  /// The name of an event.
  package func ofEvent(_ id: Int64) -> String { say(en: "event \(id)", ru: "событие \(id)") }

  /// Where a plan was saved.
  package func savedPlan(_ file: String) -> String {
    say(en: "saved; to apply it: apply \(file)", ru: "план сохранён; применить его: apply \(file)")
  }

  /// What a revert would undo.
  package func wouldRevert(_ event: String) -> String {
    say(en: "would undo \(event)", ru: "будет отменено: \(event)")
  }

  /// What a revert undid.
  package func reverted(_ event: String) -> String {
    say(en: "undone: \(event)", ru: "отменено: \(event)")
  }

  var nextDeployTakesThem: String {
    say(
      en: "The new values count from the next deploy on.",
      ru: "Новые значения начнут действовать со следующего развёртывания.")
  }

  /// Whose sync is undone.
  func undoes(actor: String, at date: String, commit: String) -> String {
    say(
      en: "The sync of \(actor) at \(date), of commit \(commit).",
      ru: "Синхронизация: \(actor), \(date), коммит \(commit).")
  }

  /// A value that was set after the sync, and would be lost.
  func movedSince(field: String, synced: String, now: String) -> String {
    say(
      en: "\(field) was \(synced) after that sync, and \(now) was set since: that would be lost.",
      ru:
        "\(field): после той синхронизации было \(synced), затем задано \(now), и это будет утрачено."
    )
  }

  var specStaysAsItIs: String {
    say(
      en: "The spec stays as it is: the next sync would set its values again.",
      ru: "Спецификация не меняется: следующая синхронизация снова задаст её значения.")
  }

  func staysAsItIs(_ parts: String) -> String {
    say(en: "Stays as it is: \(parts).", ru: "Не меняется: \(parts).")
  }

  func undeclaredMembers(_ number: Int) -> String {
    count(
      number, en: ("undeclared member", "undeclared members"),
      ru: ("необъявленный параметр", "необъявленных параметра", "необъявленных параметров"))
  }

  func otherMembers(_ number: Int) -> String {
    count(
      number, en: ("other member", "other members"),
      ru: ("остальной параметр", "остальных параметра", "остальных параметров"))
  }

  /// The question before a revert.
  package var typeYesToRevert: String {
    say(en: "Type yes to revert: ", ru: "Чтобы вернуть прежние значения, введите yes: ")
  }

  /// No lock is held.
  package var noLocks: String {
    say(en: "no lock is held", ru: "ни одна блокировка не занята")
  }

  /// Who holds SQLite's own write lock.
  package func databaseWriter(_ writer: DatabaseWriter) -> String {
    let who = process(writer)
    return writer.isExclusive
      ? say(
        en:
          "the database itself is locked exclusively by \(who): nobody else can read or write it",
        ru: "саму базу монопольно заблокировал \(who): никто другой не может ни читать, ни писать")
      : say(
        en: "the database itself is write-locked by \(who)",
        ru: "саму базу заблокировал на запись \(who)")
  }

  private func process(_ writer: DatabaseWriter) -> String {
    guard let number = writer.processID else {
      return say(en: "a process in another container", ru: "процесс в другом контейнере")
    }
    let name = writer.program.isEmpty ? "" : " (\(writer.program.shownSafely))"
    return say(en: "process \(number)\(name)", ru: "процесс \(number)\(name)")
  }

  /// Workload, actor, process, state, time, tool.
  package var locksHeader: [String] {
    columns(
      say(
        en: "workload|who|process|state|since|tool",
        ru: "нагрузка|кто|процесс|состояние|с|программа"))
  }

  /// What a lock's holder does.
  package func state(_ state: LockHolder.State) -> String {
    switch state {
    case .running: say(en: "running", ru: "работает")
    case .suspended: say(en: "suspended", ru: "приостановлен")
    case .unknown: say(en: "unknown", ru: "неизвестно")
    }
  }

  /// The workload is opted in.
  package func optedIn(path: String) -> String {
    say(en: "opted in, spec \(path)", ru: "GitOps включён, спецификация \(path)")
  }

  /// A reminder that an opt-in syncs nothing.
  package var optInSyncsNothing: String {
    say(
      en: "Nothing is synced yet: plan shows what a sync would change.",
      ru: "Пока ничего не синхронизировано: plan покажет, что изменит синхронизация.")
  }

  /// A reminder that an opt-out changes no value.
  package var optOutChangesNothing: String {
    say(
      en: "The live config stays as it is.", ru: "Действующая конфигурация остаётся как есть.")
  }

  private func columns(_ header: String) -> [String] {
    header.splitAtScalar("|", omittingEmpty: true).map(String.init)
  }
}
