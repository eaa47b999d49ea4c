import DriftTracking
import Reporting
import TinyforgeCore

/// The sentences of a notification.
struct NotificationWords {
  let phrases: Phrases
  /// Encodes text of others for the service.
  let encode: (String) -> String

  /// The numbers of a notification.
  func head(_ notification: DriftNotification) -> String {
    let counts = [
      (notification.new.count, phrases.say(en: "new", ru: "новое")),
      (notification.changed.count, phrases.say(en: "changed", ru: "изменилось")),
      (notification.resolved.count, phrases.say(en: "resolved", ru: "устранено")),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return phrases.say(en: "Drift: ", ru: "Расхождения: ") + counts.joined(separator: ", ")
  }

  /// A line for each field.
  func lines(_ notification: DriftNotification) -> [String] {
    notification.new.map { line(phrases.say(en: "new", ru: "новое"), $0) }
      + notification.changed.map { line(phrases.say(en: "changed", ru: "изменилось"), $0) }
      + notification.resolved.map(resolved)
  }

  /// How many lines are left out for want of room.
  func leftOut(_ number: Int) -> String {
    phrases.say(en: "and \(number) more", ru: "и ещё \(number)")
  }

  private func line(_ word: String, _ entry: TrackedDrift) -> String {
    let (spec, live) = (encode(shown(entry.repo)), encode(shown(entry.live)))
    return "\(word): \(subject(entry)): "
      + phrases.say(en: "spec \(spec), live \(live)", ru: "в спецификации \(spec), сейчас \(live)")
  }

  private func resolved(_ entry: TrackedDrift) -> String {
    let word = phrases.say(en: "resolved", ru: "устранено")
    return switch entry.resolution {
    case .notManaged:
      "\(word): \(subject(entry)), "
        + phrases.say(en: "no longer managed", ru: "больше не управляется")
    case .gone:
      "\(word): \(subject(entry)), "
        + phrases.say(
          en: "the workload is no longer there", ru: "рабочей нагрузки больше нет")
    case .inSync, nil: "\(word): \(subject(entry))"
    }
  }

  private func subject(_ entry: TrackedDrift) -> String {
    "\(encode(short(entry.title))) \(encode(short(entry.field)))"
  }

  private func shown(_ value: JSONValue) -> String {
    value == .null ? phrases.say(en: "not set", ru: "не задано") : short(JSONWriter.compact(value))
  }

  /// A text of others at a length that leaves room for others.
  private func short(_ text: String) -> String {
    let limit = 200
    let scalars = text.unicodeScalars
    return scalars.count > limit ? String(scalars.prefix(limit)) + "…" : text
  }
}
