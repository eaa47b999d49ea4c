import Reporting

/// What a sync would change, in forms that only plan writes.
extension Phrases {
  /// A field's change: `a sync would change port: 3000 → 8080`.
  func wouldSet(_ field: String, from old: String, to new: String) -> String {
    say(
      en: "a sync would change \(field): \(old) → \(new)",
      ru: "синхронизация изменит \(field): \(old) → \(new)")
  }

  /// The same as a part of ``onceMerged(_:)``.
  func changeOf(_ field: String, from old: String, to new: String, of workload: String) -> String {
    say(
      en: "\(field) \(old) → \(new) of \(workload)",
      ru: "\(field) \(old) → \(new) рабочей нагрузки \(workload)")
  }

  /// What follows a merge; the changes are listed.
  func onceMerged(_ changes: String) -> String {
    say(
      en: "Once this is merged, a sync changes \(changes).",
      ru: "После слияния синхронизация изменит \(changes).")
  }

  var planHeading: String { say(en: "Plan", ru: "План") }
  var changesHeading: String { say(en: "Changes", ru: "Изменения") }
  var changes: String { say(en: "Changes", ru: "Изменится") }
  var changedField: String { say(en: "would change", ru: "изменится") }
}
