package import TinyforgeCore

/// History, locks and opt-ins.
extension Phrases {
  /// There is no event.
  package var noHistory: String {
    say(en: "no syncs in the event log", ru: "в журнале событий нет синхронизаций")
  }

  /// There is no event since the time that was asked for.
  package var noRecentHistory: String {
    say(
      en: "no syncs in the event log since then",
      ru: "с этого времени в журнале событий нет синхронизаций")
  }

  /// Event, time, actor, deed, workload, origin.
  package var historyHeader: [String] {
    columns(
      say(
        en: "event|when|who|what|workload|from",
        ru: "событие|когда|кто|что|нагрузка|откуда"))
  }

  /// Who wrote a row of the log that names no tool.
  var server: String { say(en: "server", ru: "сервер") }

  /// What the workloads' rows record beside the log.
  func unlogged(hasLog: Bool) -> String {
    let absent = say(
      en: "The database has no event log that tells of syncs.",
      ru: "В базе нет журнала событий с записями о синхронизациях.")
    let pruned = say(
      en:
        "The syncs without a number have no row in the event log: they changed no value, or the log was pruned.",
      ru:
        "О синхронизациях без номера в журнале нет записей: они не изменили значений, или журнал был очищен."
    )
    let origin = say(
      en: "Time and commit of such a sync are from the workload's row.",
      ru: "Время и коммит такой синхронизации взяты из строки рабочей нагрузки.")
    return "\(hasLog ? pruned : absent) \(origin)"
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

  /// That a plan was saved which changes nothing.
  package var savedEmptyPlan: String {
    say(
      en: "saved, but nothing would change: there is nothing to apply",
      ru: "план сохранён, но менять нечего: применять его незачем")
  }

  /// That a saved plan holds no change.
  package var planChangesNothing: String {
    say(en: "the saved plan changes nothing", ru: "в сохранённом плане нет изменений")
  }

  /// What a revert would undo.
  package func wouldRevert(_ event: String) -> String {
    say(en: "would revert \(event)", ru: "будет отменено: \(event)")
  }

  /// What a revert undid.
  package func reverted(_ event: String) -> String {
    say(en: "reverted \(event)", ru: "отменено: \(event)")
  }

  /// What a revert to a commit would do.
  package func wouldPutBack(commit: String) -> String {
    say(
      en: "would put back the spec of commit \(commit)",
      ru: "будет возвращена спецификация коммита \(commit)")
  }

  /// What a revert to a commit did.
  package func putBack(commit: String) -> String {
    say(
      en: "put back the spec of commit \(commit)", ru: "возвращена спецификация коммита \(commit)")
  }

  /// The row of the log that audits what was done.
  func recorded(_ event: String) -> String {
    say(en: "recorded as \(event)", ru: "записано как \(event)")
  }

  /// Fields with a value that no sync of a commit sets.
  package func undeclared(_ fields: String) -> String {
    say(
      en: "not declared at that commit, so left as it is: \(fields)",
      ru: "в том коммите не объявлено и потому не меняется: \(fields)")
  }

  /// Whose databases a sync writes.
  func onServers(_ names: String) -> String {
    say(en: "Servers that are written: \(names)", ru: "Записи на серверах: \(names)")
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

  /// The database's file was replaced in a run, and the new one holds all that was applied.
  var replacedWhole: String {
    say(
      en: "The database file was replaced during the run. The new file holds all that was applied.",
      ru: "Во время работы файл базы был заменён. В новом файле есть всё, что было применено.")
  }

  /// The same, and it lacks some; a list of them follows.
  func replaced(lacking number: Int) -> String {
    let workloads = workloads(number)
    return say(
      en: "The database file was replaced during the run. "
        + "The new file lacks what was applied to \(workloads):",
      ru: "Во время работы файл базы был заменён. "
        + "В новом файле нет того, что было применено (\(workloads)):")
  }

  /// The same, and it could not be read; a list of all that was applied follows.
  func replacedUnread(_ reason: String) -> String {
    say(
      en: "The database file was replaced during the run, and what is there now cannot be read "
        + "(\(reason)). It may lack what was applied to:",
      ru: "Во время работы файл базы был заменён, и то, что теперь на его месте, не читается "
        + "(\(reason)). Там может не быть того, что было применено:")
  }

  /// No lock is held.
  package var noLocks: String {
    say(en: "no lock is held", ru: "ни одна блокировка не занята")
  }

  /// Who holds SQLite's own write lock.
  package func databaseHolder(_ holder: DatabaseHolder) -> String {
    let who = process(holder)
    return holder.isExclusive
      ? say(
        en:
          "the database itself is locked exclusively by \(who): no other process can read or write it",
        ru: "саму базу монопольно заблокировал \(who): никто другой не может ни читать, ни писать")
      : say(
        en: "the database itself is write-locked by \(who)",
        ru: "саму базу заблокировал на запись \(who)")
  }

  private func process(_ holder: DatabaseHolder) -> String {
    guard let number = holder.processID else {
      return say(en: "a process in another container", ru: "процесс в другом контейнере")
    }
    let name = holder.program.isEmpty ? "" : " (\(holder.program.shownSafely))"
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

  /// The workload was opted out.
  package var optedOut: String { say(en: "opted out", ru: "GitOps выключен") }

  /// What an opt-out does, and how to undo it.
  package func optOutEffect(_ enable: String) -> String {
    say(
      en: "plan, drift and apply leave it out from now on; the live config stays as it is. "
        + "To opt it in again: \(enable)",
      ru: "plan, drift и apply больше её не трогают; действующая конфигурация остаётся как есть. "
        + "Включить снова: \(enable)")
  }

  private func columns(_ header: String) -> [String] {
    header.splitAtScalar("|", omittingEmpty: true).map(String.init)
  }
}
