package import Reporting
import TinyforgeCore

/// Says what changed against an earlier run, for people.
package struct DriftChangesText {
  /// So many entries of a list are named; JSON has them all.
  private static let limit = 20

  private let phrases: Phrases
  private let encode: (String) -> String

  /// Creates one for a language; `encode` makes names safe for the sink.
  private init(_ phrases: Phrases, encode: @escaping (String) -> String) {
    self.phrases = phrases
    self.encode = encode
  }

  /// Lines of plain text.
  package static func text(_ changes: DriftChanges, _ phrases: Phrases, _ style: TextStyle)
    -> String
  {
    let words = DriftChangesText(phrases) { $0.shownSafely }
    let lists = words.lists(changes).map { list in
      list.lines.map { "  \(list.name): \($0)\n" }.joined()
    }
    return style.wrapped("\(words.head(changes))\n\(lists.joined())")
  }

  /// A paragraph and a list of Markdown.
  package static func markdown(_ changes: DriftChanges, _ phrases: Phrases) -> String {
    let words = DriftChangesText(phrases, encode: MarkdownText.code)
    let lists = words.lists(changes).map { list in
      list.lines.map { "\n- \(list.name): \($0)" }.joined()
    }.joined()
    return words.head(changes) + (lists.isEmpty ? "" : "\n" + lists)
  }

  /// Paragraphs of HTML.
  package static func html(_ changes: DriftChanges, _ phrases: Phrases) -> String {
    let words = DriftChangesText(phrases) { "<code>\(HTMLText.encoded($0))</code>" }
    let lists = words.lists(changes).map { list in
      "<p class=\"when\">\(list.name): \(list.lines.joined(separator: "; "))</p>\n"
    }
    return "<p class=\"when\">\(words.head(changes))</p>\n\(lists.joined())"
  }

  // MARK: Words

  /// The numbers: `Since the report of T: 2 new, 3 lasting (1 changed), 1 resolved`.
  private func head(_ changes: DriftChanges) -> String {
    let changed = changes.changed.count
    let counts = [
      "\(changes.new.count) \(phrases.newWord)",
      "\(changes.lasting.count) \(phrases.lastingWord)"
        + (changed > 0 ? " (\(changed) \(phrases.changedWord))" : ""),
      "\(changes.resolved.count) \(phrases.resolvedWord)",
      changes.unread.isEmpty ? nil : "\(changes.unread.count) \(phrases.unreadWord)",
    ]
    return phrases.sinceReport(of: changes.previousAt.map(encode)) + ": "
      + counts.compactMap(\.self).joined(separator: ", ")
  }

  private func lists(_ changes: DriftChanges) -> [(name: String, lines: [String])] {
    [
      (phrases.newWord, lines(changes.new)), (phrases.lastingWord, lines(changes.lasting)),
      (phrases.resolvedWord, lines(changes.resolved)), (phrases.unreadWord, lines(changes.unread)),
    ].filter { !$0.lines.isEmpty }
  }

  private func lines(_ entries: [TrackedDrift]) -> [String] {
    let lines = entries.prefix(Self.limit).map(line)
    let more = entries.count - Self.limit
    return more > 0 ? lines + [phrases.more(more)] : lines
  }

  private func line(_ entry: TrackedDrift) -> String {
    let changed = entry.isChanged ? ", \(phrases.changedWord)" : ""
    let reason = entry.resolution.flatMap(phrases.reason).map { ", \($0)" } ?? ""
    return "\(encode(entry.title)) \(encode(entry.field)), "
      + phrases.sinceTime(encode(UTCTime.rfc3339(entry.firstSeen))) + changed + reason
  }
}

extension Phrases {
  fileprivate func sinceReport(of time: String?) -> String {
    guard let time else {
      return say(en: "Without an earlier report", ru: "Без предыдущего отчёта")
    }
    return say(en: "Since the report of \(time)", ru: "С отчёта от \(time)")
  }

  fileprivate var newWord: String { say(en: "new", ru: "новое") }
  fileprivate var lastingWord: String { say(en: "lasting", ru: "прежнее") }
  fileprivate var changedWord: String { say(en: "changed", ru: "изменилось") }
  fileprivate var resolvedWord: String { say(en: "resolved", ru: "устранено") }
  fileprivate var unreadWord: String { say(en: "not compared", ru: "не сравнивалось") }

  fileprivate func sinceTime(_ time: String) -> String { say(en: "since \(time)", ru: "с \(time)") }
  fileprivate func more(_ number: Int) -> String {
    say(en: "and \(number) more", ru: "и ещё \(number)")
  }

  fileprivate func reason(_ resolution: TrackedDrift.Resolution) -> String? {
    switch resolution {
    case .inSync: nil
    case .notManaged: say(en: "no longer managed", ru: "больше не управляется")
    case .gone:
      say(en: "the workload is no longer selected", ru: "рабочей нагрузки больше нет в выборке")
    }
  }
}
