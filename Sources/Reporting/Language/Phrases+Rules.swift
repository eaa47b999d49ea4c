import TinyforgeCore

/// The kinds of issues in pipelines' forms.
extension Phrases {
  /// A rule in a few words.
  func name(of rule: DriftRule) -> String {
    if let cause = rule.cause { return self.cause(cause) }
    switch rule {
    case .invalid: return invalidSpec
    case .noFile: return noSpec
    case .refused: return wouldBeRefused
    case .staleMirror: return staleMirror
    case .note: return say(en: "worth knowing", ru: "к сведению")
    default: return couldNotBeRead
    }
  }

  /// A rule in a sentence.
  func explanation(of rule: DriftRule) -> String {
    if let cause = rule.cause { return explanation(of: cause) }
    switch rule {
    case .invalid:
      return say(en: "The server would refuse the spec.", ru: "Сервер отверг бы эту спецификацию.")
    case .noFile:
      return say(
        en: "The workload is opted in, and its repository holds no spec at its path.",
        ru: "GitOps включён, но спецификации по указанному пути в репозитории нет.")
    case .refused:
      return say(
        en: "The config that a sync would make is against a rule.",
        ru: "Конфигурация, которая получилась бы при синхронизации, нарушает правило.")
    case .staleMirror:
      return say(
        en: "The mirror was not fetched for longer than the run allows.",
        ru: "Зеркало не обновлялось дольше, чем допускает проверка.")
    case .note:
      return say(en: "No drift, and good to know.", ru: "Не расхождение, но об этом стоит знать.")
    default:
      return say(
        en: "The workload's spec could not be read.",
        ru: "Спецификацию рабочей нагрузки не удалось прочитать.")
    }
  }

  /// What is over the limit of a pipeline's annotations.
  package func notAnnotated(_ number: Int) -> String {
    count(
      number,
      en: ("more finding than are annotated here", "more findings than are annotated here"),
      ru: (
        "замечание сверх показанных здесь", "замечания сверх показанных здесь",
        "замечаний сверх показанных здесь"
      ))
  }
}
