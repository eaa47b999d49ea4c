package import TinyforgeCore

/// Why a field drifted, and who moved.
extension Phrases {
  /// The words for a cause.
  package func cause(_ cause: DriftCause) -> String {
    switch cause {
    case .liveEdited: say(en: "live value edited", ru: "изменено действующее значение")
    case .specMoved: say(en: "spec changed", ru: "изменена спецификация")
    case .both: say(en: "both changed", ru: "изменено и то и другое")
    case .reverted: say(en: "sync reverted", ru: "синхронизация отменена")
    case .neverSynced: say(en: "never synced", ru: "ещё не синхронизировалось")
    case .unknown: say(en: "cause unknown", ru: "причина неизвестна")
    }
  }

  /// What a cause means, in a sentence.
  package func explanation(of cause: DriftCause) -> String {
    switch cause {
    case .liveEdited:
      say(
        en: "The spec is as it was synced last; the live value was changed since.",
        ru: "Спецификация та же, что при последней синхронизации; действующее значение с тех пор "
          + "изменили.")
    case .specMoved:
      say(
        en: "The live value is as it was synced last; the spec was changed since.",
        ru: "Действующее значение то же, что после последней синхронизации; спецификацию с тех пор "
          + "изменили.")
    case .both:
      say(
        en: "Both the spec and the live value were changed since the last sync.",
        ru: "С последней синхронизации изменили и спецификацию, и действующее значение.")
    case .reverted:
      say(
        en: "The sync of this value was reverted; the spec still declares it.",
        ru: "Синхронизацию этого значения отменили; в спецификации оно осталось.")
    case .neverSynced:
      say(
        en: "The workload, or this field of it, was never synced.",
        ru: "Рабочая нагрузка или это её поле ещё ни разу не синхронизировались.")
    case .unknown:
      say(
        en: "What was synced last cannot be told.",
        ru: "Узнать, что синхронизировалось в последний раз, нельзя.")
    }
  }

  /// A field's two values, each with its side.
  func sides(spec: String, live: String) -> String {
    say(en: "spec \(spec), live \(live)", ru: "в спецификации \(spec), сейчас \(live)")
  }

  /// Who wrote the value's line in the spec.
  func touched(commit: String, at date: String, author: String, subject: String) -> String {
    say(
      en: "line last changed by \(author) in \(commit) of \(date): \(subject)",
      ru: "строку последним изменил автор \(author), коммит \(commit) от \(date): \(subject)")
  }

  /// Why it is not known who wrote the line.
  func untold(_ reason: String) -> String {
    say(
      en: "who changed the line last is not known: \(reason)",
      ru: "кто последним изменил строку, неизвестно: \(reason)")
  }

  /// The sync, or the revert of one, that wrote the live value.
  func syncedBy(actor: String, at date: String, event: Int64, reverts: Int64?) -> String {
    let undone = reverts.map {
      say(en: ", which reverted event \($0)", ru: ", отменившее событие \($0)")
    }
    return say(
      en: "last set by \(actor) at \(date), event \(event)",
      ru: "последняя запись: \(actor), \(date), событие \(event)") + (undone ?? "")
  }

  /// Since when a field drifts, for readers of whom the age says nothing.
  func drifting(since time: String) -> String {
    say(en: "drifting since \(time)", ru: "расходится с \(time)")
  }

  /// How long a field drifts: `drifting for 3 days, since 2026-11-26T12:00:00Z`.
  func drifting(for seconds: Int64, since time: String) -> String {
    guard seconds > 0 else {
      return say(
        en: "drifting, first seen in this run", ru: "расхождение обнаружено при этой проверке")
    }
    let age = language == .ru ? russianAge(seconds) : TimeSpanText.words(seconds)
    return say(en: "drifting for \(age), since \(time)", ru: "расходится \(age), с \(time)")
  }

  private func russianAge(_ seconds: Int64) -> String {
    switch seconds {
    case 86_400...: "\(seconds / 86_400) дн."
    case 3600...: "\(seconds / 3600) ч"
    case 60...: "\(seconds / 60) мин"
    default: "\(seconds) с"
    }
  }

  /// The live values come from a snapshot.
  package func snapshotTaken(at date: String) -> String {
    say(
      en: "Live values from a snapshot taken at \(date)",
      ru: "Действующие значения из снимка, сделанного \(date)")
  }

  /// When the run looked.
  package func lookedAt(_ time: String) -> String {
    say(en: "Looked at \(time)", ru: "Проверено \(time)")
  }

  /// The value as of the last sync.
  func synced(to value: String) -> String {
    say(en: "at the last sync: \(value)", ru: "при последней синхронизации: \(value)")
  }

  // MARK: In a summary, after a number

  var countedUnread: String { say(en: "could not be read", ru: "не удалось прочитать") }
  var countedFailed: String { say(en: "failed", ru: "с неудачей") }
  var countedBusy: String { say(en: "busy", ru: "заняты другими") }
  var countedUntried: String { say(en: "not tried", ru: "без попытки") }
  var countedInvalid: String { say(en: "with an invalid spec", ru: "с ошибкой в спецификации") }
  var countedWithoutSpec: String { say(en: "without a spec", ru: "без спецификации") }
  var countedIneligible: String { say(en: "not eligible", ru: "с неподходящим источником") }
  var countedDisabled: String { say(en: "not opted in", ru: "без GitOps") }
  var countedRefused: String {
    say(en: "whose sync would be refused", ru: "с недопустимой синхронизацией")
  }
  var countedStaleMirrors: String { say(en: "with a stale mirror", ru: "с устаревшим зеркалом") }
}

/// Words of tables and titles.
extension Phrases {
  func driftTitle(_ part: Int, of whole: Int) -> String {
    let share = share(part, ofWorkloads: whole)
    return say(en: "Drift in \(share)", ru: "Расхождения: \(share)")
  }

  /// What a sync would do: `A sync would change 2 of 9 workloads, and be refused for 3; 1 could not be read`.
  func planTitle(changed: Int, refused: Int, unread: Int, of whole: Int) -> String {
    let isRead = unread == 0
    let tail = isRead ? "" : "; \(unread) \(countedUnread)"
    if changed > 0 {
      let share = share(changed, ofWorkloads: whole)
      let rest =
        refused == 0
        ? "" : say(en: ", and be refused for \(refused)", ru: ", недопустима для \(refused)")
      return say(en: "A sync would change \(share)", ru: "Синхронизация изменит \(share)") + rest
        + tail
    }
    if refused > 0 {
      let share = share(refused, ofWorkloads: whole)
      return say(
        en: "A sync would be refused for \(share)", ru: "Синхронизация недопустима для \(share)")
        + tail
    }
    guard isRead else {
      let share = share(unread, ofWorkloads: whole)
      return say(en: "\(share) could not be read", ru: "Не удалось прочитать: \(share)")
    }
    return noPlanTitle(whole)
  }

  /// Some of the workloads: `2 of 9 workloads`.
  package func share(_ part: Int, ofWorkloads whole: Int) -> String {
    "\(part) " + say(en: "of ", ru: "из ")
      + count(
        whole, en: ("workload", "workloads"),
        ru: ("рабочей нагрузки", "рабочих нагрузок", "рабочих нагрузок"))
  }

  func problemsTitle(of whole: Int) -> String {
    let all = workloads(whole)
    return say(en: "No drift, but problems: \(all)", ru: "Расхождений нет, есть неполадки: \(all)")
  }

  /// Workloads that could not be compared: without a spec, with an invalid or an unreadable one.
  func uncompared(_ number: Int) -> String {
    say(
      en: "\(number) cannot be compared",
      ru: "не удалось сравнить: \(number)")
  }

  func nothingComparedTitle(_ number: Int) -> String {
    let all = workloads(number)
    return say(en: "Not compared: \(all)", ru: "Не удалось сравнить: \(all)")
  }

  func incompleteTitle(_ gaps: DriftGaps) -> String {
    say(en: "Incomplete: ", ru: "Отчёт неполон: ") + self.gaps(gaps)
  }

  /// What a merged report lacks: `shards 2 and 4 of 4 are missing; 1 report is unusable`.
  package func gaps(_ gaps: DriftGaps) -> String {
    var parts = gaps.missing.map(missing)
    if gaps.unusableReports > 0 {
      parts.append(
        count(
          gaps.unusableReports, en: ("report is incomplete", "reports are incomplete"),
          ru: ("отчёт неполон", "отчёта неполны", "отчётов неполны")))
    }
    return parts.joined(separator: "; ")
  }

  private func missing(_ shards: DriftGaps.MissingShards) -> String {
    let listed = shards.indexes.prefix(10).map(String.init).joined(separator: ", ")
    let more = shards.indexes.count - 10
    let all = more > 0 ? listed + say(en: " and \(more) more", ru: " и ещё \(more)") : listed
    let place = shards.servers.isEmpty ? "" : shards.servers.joined(separator: ", ") + ": "
    return place
      + (shards.indexes.count == 1
        ? say(
          en: "shard \(all) of \(shards.count) is missing",
          ru: "нет части \(all) из \(shards.count)")
        : say(
          en: "shards \(all) of \(shards.count) are missing",
          ru: "нет частей \(all) из \(shards.count)"))
  }

  func noDriftTitle(_ number: Int) -> String {
    let all = workloads(number)
    return say(en: "No drift: \(all)", ru: "Расхождений нет: \(all)")
  }

  func noPlanTitle(_ number: Int) -> String {
    let all = workloads(number)
    return say(
      en: "A sync would change nothing: \(all)", ru: "Синхронизация ничего не изменит: \(all)")
  }

  /// What is folded away in a comment, for readers to open.
  func furtherWorkloads(_ number: Int) -> String {
    count(
      number, en: ("more workload", "more workloads"),
      ru: ("ещё одна рабочая нагрузка", "другие рабочие нагрузки", "других рабочих нагрузок"))
  }

  /// What a report has no room for.
  func leftOut(_ number: Int) -> String {
    count(
      number, en: ("more workload is left out here", "more workloads are left out here"),
      ru: (
        "рабочая нагрузка здесь не показана", "рабочие нагрузки здесь не показаны",
        "рабочих нагрузок здесь не показано"
      ))
  }

  var field: String { say(en: "field", ru: "поле") }
  /// The column of the declared value.
  package var specColumn: String { say(en: "spec", ru: "в спецификации") }
  /// The column of the live value.
  package var liveColumn: String { say(en: "live", ru: "сейчас") }
  /// The column of the cause.
  package var causeColumn: String { say(en: "cause", ru: "причина") }
  /// The column of the value before a sync.
  package var fromColumn: String { say(en: "from", ru: "было") }
  /// The column of the value after a sync.
  package var toColumn: String { say(en: "to", ru: "станет") }
  /// The word before a note.
  package var note: String { say(en: "note:", ru: "примечание:") }
  var help: String { say(en: "help:", ru: "подсказка:") }
}
