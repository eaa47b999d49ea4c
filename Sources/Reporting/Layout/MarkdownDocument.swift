/// A report in Markdown with a size limit: its beginning is always kept, and sections
/// follow as long as there is room.
struct MarkdownDocument {
  /// How many sections are open; those after them are folded into one that readers open.
  private static let openLimit = 10

  /// The title, the numbers, and what else is always kept; with its final line break.
  var head: String
  /// In the order of their weight, each whole or not at all.
  var sections: [String]
  /// How many there are beside, which have no room.
  var omitted = 0

  /// The document in at most `limit` UTF-16 units, as far as the head alone leaves room.
  ///
  /// Forges state their limits in characters; UTF-16 units are never fewer.
  func render(limit: Int, phrases: Phrases) -> String {
    let whole = document(of: sections.count, phrases)
    if omitted == 0, whole.utf16.count <= limit { return whole }
    var taken = 0
    // What frames the sections is never longer than where nearly all of them are folded, or left out.
    var length = head.utf16.count + frame(phrases)
    for section in sections {
      length += section.utf16.count + 1
      guard length <= limit else { break }
      taken += 1
    }
    return document(of: taken, phrases)
  }

  private func frame(_ phrases: Phrases) -> Int {
    let all = sections.count + omitted
    let folds = (1...21).map { fold(all * 100 + $0, phrases).utf16.count }
    let rests = (1...21).map { rest(all * 100 + $0, phrases).utf16.count }
    return (sections.count > Self.openLimit ? folds.max() ?? 0 : 0) + Self.foldEnd.utf16.count
      + (rests.max() ?? 0)
  }

  private func document(of taken: Int, _ phrases: Phrases) -> String {
    let open = sections.prefix(min(taken, Self.openLimit)).map { "\n" + $0 }.joined()
    let folded = sections.prefix(taken).dropFirst(Self.openLimit).map { "\n" + $0 }.joined()
    return head + open
      + (folded.isEmpty
        ? "" : fold(taken - Self.openLimit, phrases) + folded + Self.foldEnd)
      + rest(sections.count + omitted - taken, phrases)
  }

  /// Markdown is read within it only after an empty line.
  private func fold(_ number: Int, _ phrases: Phrases) -> String {
    "\n<details>\n<summary>\(phrases.furtherWorkloads(number))</summary>\n"
  }

  private static let foldEnd = "\n</details>\n"

  private func rest(_ number: Int, _ phrases: Phrases) -> String {
    number > 0 ? "\n\(phrases.leftOut(number))\n" : ""
  }
}
