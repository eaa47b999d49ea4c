/// A report in Markdown that must fit in somewhere: what is said first always stands, and sections
/// follow as long as there is room.
struct MarkdownDocument {
  /// The title, the numbers, and what else always stands; with its final line break.
  var head: String
  /// In the order of their weight, each whole or not at all.
  var sections: [String]

  /// The document in at most `limit` UTF-16 units, as far as the head alone leaves room.
  ///
  /// Forges state their limits in characters; UTF-16 units are never fewer.
  func render(limit: Int, phrases: Phrases) -> String {
    let rest = { (number: Int) in number > 0 ? "\n\(phrases.leftOut(number))\n" : "" }
    let room = limit - head.utf16.count - rest(sections.count).utf16.count
    var taken = 0
    var length = 0
    for section in sections {
      length += section.utf16.count + 1
      let isLast = taken + 1 == sections.count
      guard length <= (isLast ? limit - head.utf16.count : room) else { break }
      taken += 1
    }
    return head + sections.prefix(taken).map { "\n" + $0 }.joined() + rest(sections.count - taken)
  }
}
