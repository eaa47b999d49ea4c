import TinyforgeCore

/// The messages that are made far below the reports, in English, with their translations.
///
/// A failure, a note or a refusal is made where it happens, and its English text goes into JSON, into the audit log and
/// to scripts. What people read in another language is looked up here: each message is two lines, the English and the
/// Russian, with `{}` where something is named. What is named may itself be a message. The Russian may name things
/// in another order: `{2}`.
package enum Messages {
  /// A message in both languages.
  struct Entry {
    /// The English, in the parts around what is named.
    let parts: [[UInt8]]
    let russian: String
    /// How much of a text it tells: of several that fit, the one that tells most is meant.
    let weight: Int

    init(_ english: String, _ russian: String) {
      parts = Messages.parts(english).map { Array($0.utf8) }
      self.russian = russian
      weight = parts.reduce(0) { $0 + $1.count }
    }
  }

  /// All entries, those that tell most first.
  static let all: [Entry] = [
    database, databaseOpening, postgres, sync, values, usage, git, http, posting, doctor, lint,
    export, servers,
  ]
  .flatMap(entries)
  .sorted { $0.weight > $1.weight }

  private static func entries(_ text: String) -> [Entry] {
    let lines = text.splitAtScalar("\n").map(String.init)
    return stride(from: 0, to: lines.count - 1, by: 2).map { index in
      Entry(lines[index], lines[index + 1])
    }
  }

  /// A line, split at each `{}`.
  static func parts(_ line: String) -> [String] {
    var parts: [String] = [""]
    var rest = line.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "{", rest.first == "}" {
        rest.removeFirst()
        parts.append("")
      } else {
        parts[parts.count - 1].unicodeScalars.append(scalar)
      }
    }
    return parts
  }

  /// The message in Russian; nil where it is not known.
  package static func russian(_ text: String) -> String? { russian(text, depth: 0) }

  /// The same of what is named in a message, and so on.
  ///
  /// A text may be a row of sentences, as a failure with what to do about it: of what could be one, that is taken which
  /// an entry tells most of. The work grows with the text's length alone, for names in it may be anybody's.
  private static func russian(_ text: String, depth: Int) -> String? {
    guard depth < depthLimit, !text.isEmpty else { return nil }
    let sentences = sentences(of: text)
    var told: [String] = []
    var isKnown = false
    var next = 0
    while next < sentences.count {
      if let (found, end) = longest(sentences, from: next) {
        told.append(filled(found.entry.russian, found.named.map { named($0, depth) }))
        (isKnown, next) = (true, end + 1)
      } else if let rest = prefixed(sentences[next...].joined(separator: "; "), depth) {
        told.append(rest)
        (isKnown, next) = (true, sentences.count)
      } else {
        told.append(sentences[next])
        next += 1
      }
    }
    return isKnown ? told.joined(separator: "; ") : nil
  }

  private static let depthLimit = 5
  /// A text of more is taken for one: it holds names, not sentences.
  private static let sentenceLimit = 8

  /// What is named, which may be a message.
  private static func named(_ text: String, _ depth: Int) -> String {
    russian(text, depth: depth + 1) ?? text
  }

  private static func sentences(of text: String) -> [String] {
    var sentences: [String] = []
    for (index, part) in text.splitAtScalar(";").enumerated() {
      if index > 0, part.startsWithBytes(of: " ") {
        sentences.append(String(part.unicodeScalars.dropFirst()))
      } else if index > 0 {
        sentences[sentences.count - 1] += ";" + part
      } else {
        sentences.append(String(part))
      }
    }
    return sentences.count > sentenceLimit ? [text] : sentences
  }

  /// An entry that fits, and what is named in it.
  private typealias Found = (entry: Entry, named: [String])

  /// The entry that tells most of the sentences from one on, and the last of them; the shorter of alike ones.
  private static func longest(_ sentences: [String], from start: Int) -> (Found, Int)? {
    var best: (found: Found, end: Int)?
    for end in start..<sentences.count {
      guard let found = first(sentences[start...end].joined(separator: "; ")) else { continue }
      if found.entry.weight > best?.found.entry.weight ?? 0 { best = (found, end) }
    }
    return best.map { ($0.found, $0.end) }
  }

  private static func first(_ text: String) -> Found? {
    let bytes = Array(text.utf8)
    for entry in all {
      if let named = Match(parts: entry.parts).values(in: bytes) { return (entry, named) }
    }
    return nil
  }

  /// A message after the name of what it is about.
  private static func prefixed(_ text: String, _ depth: Int) -> String? {
    let parts = text.splitAtScalar(":", maxSplits: 1).map(String.init)
    guard parts.count == 2, parts[1].startsWithBytes(of: " "),
      let rest = russian(String(parts[1].unicodeScalars.dropFirst()), depth: depth + 1)
    else { return nil }
    return "\(parts[0]): \(rest)"
  }

  /// The Russian with what is named put into it.
  private static func filled(_ russian: String, _ named: [String]) -> String {
    var text = ""
    var next = 0
    var rest = russian.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "{", let end = rest.firstIndex(where: { $0 == "}" }) else {
        text.unicodeScalars.append(scalar)
        continue
      }
      let number = Int(String(rest[..<end])).map { $0 - 1 } ?? next
      text += named.indices.contains(number) ? named[number] : ""
      next += 1
      rest = rest[rest.index(after: end)...]
    }
    return text
  }
}

/// Finds the text between the parts of a message.
private struct Match {
  let parts: [[UInt8]]

  /// What is named in a text; nil where it is another message.
  func values(in text: [UInt8]) -> [String]? {
    guard let first = parts.first, let last = parts.last, text.starts(with: first) else {
      return nil
    }
    guard parts.count > 1 else { return text.count == first.count ? [] : nil }
    guard text.count > first.count + last.count, text.suffix(last.count) == last[...] else {
      return nil
    }
    var rest = text[first.count..<(text.count - last.count)]
    var values: [String] = []
    for part in parts.dropFirst().dropLast() {
      guard let place = Self.place(of: part, in: rest) else { return nil }
      values.append(String(decoding: rest[..<place], as: UTF8.self))
      rest = rest[(place + part.count)...]
    }
    guard !rest.isEmpty else { return nil }
    return values + [String(decoding: rest, as: UTF8.self)]
  }

  /// The first place of a part, with something before it.
  private static func place(of part: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    var start = text.startIndex + 1
    while start + part.count <= text.endIndex {
      if text[start..<(start + part.count)] == part[...] { return start }
      start += 1
    }
    return nil
  }
}
