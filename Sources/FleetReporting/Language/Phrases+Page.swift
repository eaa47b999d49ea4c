import Reporting

/// The page of HTML.
extension Phrases {
  func pill(_ verdict: WorkloadVerdict) -> String {
    switch verdict {
    case .fetchFailed: say(en: "Not readable", ru: "Не читается")
    case .invalid: say(en: "Invalid", ru: "Ошибка")
    case .noFile: say(en: "No spec", ru: "Нет файла")
    case .drifted: say(en: "Drift", ru: "Расхождение")
    case .refused: say(en: "Refused", ru: "Недопустимо")
    case .staleMirror: say(en: "Stale", ru: "Устарело")
    case .ineligible: say(en: "Not eligible", ru: "Не подходит")
    case .disabled: say(en: "Off", ru: "Выключено")
    case .declaresNothing: say(en: "No fields", ru: "Нет полей")
    case .inSync: say(en: "In sync", ru: "Совпадает")
    }
  }

  var driftHeading: String { say(en: "Drift", ru: "Расхождения") }
  var workloadsHeading: String {
    say(en: "Workloads, the worst first", ru: "Рабочие нагрузки, сначала худшие")
  }
  var workloadsByServer: String {
    say(
      en: "Workloads by server, the worst first",
      ru: "Рабочие нагрузки по серверам, сначала худшие")
  }
  var noServer: String { say(en: "no server named", ru: "сервер не назван") }
  var serverWord: String { say(en: "server", ru: "сервер") }
  var statusHeading: String { say(en: "Status", ru: "Состояние") }
  var syncHeading: String { say(en: "Spec and sync", ru: "Спецификация и синхронизация") }
  var specHeading: String { say(en: "Spec", ru: "Спецификация") }
  var skip: String { say(en: "Skip to the workloads", ru: "К рабочим нагрузкам") }
  func shard(_ text: String) -> String {
    say(en: "part \(text) of the fleet", ru: "часть \(text) парка")
  }
  func madeBy(_ tool: String) -> String {
    say(en: "Made by \(tool)", ru: "Отчёт составлен программой \(tool)")
  }

  // MARK: Filters

  var filters: String { say(en: "Filters", ru: "Фильтры") }
  var search: String { say(en: "Search", ru: "Поиск") }
  var searchHint: String {
    say(en: "Name, repository, field, value…", ru: "Имя, репозиторий, поле, значение…")
  }
  var source: String { say(en: "source", ru: "источник") }
  var anySource: String { say(en: "any", ru: "любой") }
  var anyCause: String { say(en: "any", ru: "любая") }
  var unfold: String { say(en: "Expand all", ru: "Развернуть все") }
  var fold: String { say(en: "Collapse all", ru: "Свернуть все") }
  var reset: String { say(en: "Reset", ru: "Сбросить") }
  func shown(_ part: String, of whole: String) -> String {
    say(en: "\(part) of \(whole) shown", ru: "показано \(part) из \(whole)")
  }
  var noWorkloads: String {
    say(en: "There are no workloads to look at.", ru: "Рабочих нагрузок для проверки нет.")
  }
  var nothingFits: String {
    say(en: "No workload fits these filters.", ru: "Под эти фильтры ничего не подходит.")
  }

  // MARK: Details

  var managedField: String { say(en: "managed", ru: "управляемое") }
  var driftedField: String { say(en: "drifted", ru: "расходится") }
  var syncedField: String { say(en: "in sync", ru: "совпадает") }
  var faultyPlace: String { say(en: "error", ru: "ошибка") }
  /// What a preview of a spec leaves out.
  func moreLines(_ number: Int) -> String {
    count(
      number, en: ("more line", "more lines"), ru: ("строка ещё", "строки ещё", "строк ещё"))
  }
  var repository: String { say(en: "Repository", ru: "Репозиторий") }
  var commit: String { say(en: "Commit", ru: "Коммит") }
  var lastSync: String { say(en: "Last sync", ru: "Синхронизация") }
  var fetched: String { say(en: "Fetched", ru: "Зеркало обновлено") }
  var anchor: String { say(en: "Link", ru: "Ссылка") }
  var never: String { say(en: "never", ru: "ещё не было") }
}
