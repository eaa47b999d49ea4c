/// What became of a workload.
extension Phrases {
  /// Nothing differs; with a note there is something to know all the same.
  package func inSync(_ fields: Int, isNoted: Bool) -> String {
    isNoted ? "\(inSync(fields)); \(seeNote)" : inSync(fields)
  }

  /// All of so many fields are in sync.
  package func inSync(_ fields: Int) -> String {
    let managed = managedFields(fields)
    return say(en: "in sync, \(managed)", ru: "расхождений нет, \(managed)")
  }

  private var seeNote: String { say(en: "see the note", ru: "см. примечание") }

  /// So many fields drift.
  package func drift(_ part: Int, of whole: Int) -> String {
    let fields = share(part, of: whole)
    return say(en: "drift in \(fields)", ru: "расхождение в \(fields)")
  }

  /// So many fields would change.
  package func wouldChange(_ part: Int, of whole: Int) -> String {
    let fields = share(part, of: whole)
    return say(en: "would change \(fields)", ru: "изменится \(fields)")
  }

  /// The spec declares no field that counts here.
  package var declaresNothing: String {
    say(en: "declares nothing", ru: "ничего не объявляет")
  }
  /// There is no spec.
  package var noSpec: String { say(en: "no spec", ru: "нет спецификации") }
  /// The spec could not be read.
  package var couldNotBeRead: String { say(en: "could not be read", ru: "не удалось прочитать") }
  /// The spec is invalid.
  package var invalidSpec: String { say(en: "invalid spec", ru: "ошибка в спецификации") }
  /// A sync would be refused.
  package var wouldBeRefused: String {
    say(en: "a sync would be refused", ru: "синхронизация недопустима")
  }
  /// The mirror was not fetched for long.
  package var staleMirror: String { say(en: "stale mirror", ru: "зеркало устарело") }
  /// The workload is not opted in.
  package var notOptedIn: String { say(en: "not opted in", ru: "GitOps не включён") }
  /// GitOps does not serve its source.
  package var notEligible: String { say(en: "not eligible", ru: "источник не подходит") }

  // MARK: After a sync

  /// The sync is done.
  package func applied(event: Int64?) -> String {
    let place = event.map { say(en: ", event \($0)", ru: ", событие \($0)") } ?? ""
    return say(en: "applied", ru: "применено") + place
  }

  /// Nothing was to be done.
  package var unchanged: String { say(en: "unchanged", ru: "без изменений") }
  /// A rule refused the sync.
  package var refused: String { say(en: "refused", ru: "отклонено") }
  /// The sync failed.
  package var failed: String { say(en: "failed", ru: "не удалось") }
  /// Another program is using it.
  package var busy: String { say(en: "busy", ru: "занято") }

  /// What a sync would make is against a rule; the rule follows.
  package var refusedLabel: String { say(en: "refused:", ru: "отклонено:") }

  // MARK: In a summary, after a number

  /// How many drifted.
  package var drifted: String { say(en: "drifted", ru: "с расхождением") }
  /// How many are in sync.
  package var synced: String { say(en: "in sync", ru: "без расхождений") }
  /// How many would change.
  package var toChange: String { say(en: "to change", ru: "к изменению") }
}

/// Values, and questions.
extension Phrases {
  /// A live config that lacks the key.
  package var unset: String { say(en: "(unset)", ru: "(не задано)") }

  /// A file as of a commit; `when` may be nil.
  package func at(commit: String, of when: String?) -> String {
    let date = when.map { say(en: " of \($0)", ru: " от \($0)") } ?? ""
    return say(en: "at \(commit)", ru: "на коммите \(commit)") + date
  }

  /// Where a spec was read.
  package func inRepository(_ place: String) -> String { say(en: "in \(place)", ru: "в \(place)") }

  /// A reminder that nothing is deployed.
  package var syncDoesNotDeploy: String {
    say(
      en: "A sync changes the config alone; it does not deploy.",
      ru: "Синхронизация меняет только конфигурацию, развёртывания она не запускает.")
  }

  /// The question before a sync; `yes` is the answer in every language.
  package var typeYesToApply: String {
    say(en: "Type yes to apply: ", ru: "Чтобы применить, введите yes: ")
  }

  /// The answer was not yes.
  package var notConfirmed: String {
    say(en: "not confirmed: nothing was changed", ru: "не подтверждено: ничего не изменено")
  }
}
