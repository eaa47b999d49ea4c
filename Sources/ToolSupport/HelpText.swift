import TinyforgeCore

/// The text of help pages.
package enum HelpText {
  /// What help says between a command's summary and its options: examples, words, exit statuses.
  ///
  /// An example is a line that can be run, with a comment; examples are run by `ci/check-examples`.
  package static func discussion(
    examples: [String], _ words: String, statuses: [ExitStatus]
  ) -> String {
    let lines = examples.map { "  \($0)\n" }.joined()
    let table = statuses.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n")
    return "Examples:\n\(lines)\n\(words)\n\nExit status:\n\(table)"
  }

  /// A help page with the options that most calls need before those for forges and for posting.
  static func commonFirst(_ page: String) -> String {
    var sections: [[Substring]] = [[]]
    for line in page.splitAtScalar("\n") {
      if isHeading(line) { sections.append([]) }
      sections[sections.count - 1].append(line)
    }
    let special = sections.filter { $0.first?.startsWithBytes(of: "OPTIONS FOR ") == true }
    guard let common = sections.firstIndex(where: { $0.first == "OPTIONS:" }), !special.isEmpty
    else { return page }
    let before = sections[..<common].filter { !special.contains($0) }
    // The page may end without an empty line, which the section that is now last has.
    var ordered = before + [sections[common]] + special + sections[(common + 1)...]
    for index in ordered.indices { while ordered[index].last == "" { ordered[index].removeLast() } }
    return ordered.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private static func isHeading(_ line: Substring) -> Bool {
    line.utf8.last == UInt8(ascii: ":") && !line.isEmpty
      && line.utf8.dropLast().allSatisfy { (0x41...0x5A).contains($0) || $0 == 0x20 }
  }

  /// What the parser says of a line that it refuses, in the form of all messages: a message in lower case, and hints.
  static func message(_ words: String) -> String {
    // What is written where no value belongs may be a secret, such as an address after --notify.
    if let (option, _) = words.parted(atFirst: " does not take any value, but") {
      return message("\(option) does not take a value")
    }
    let sentences = words.replacingBytes(of: ". Did you mean", with: "; did you mean")
    guard let first = sentences.unicodeScalars.first, ("A"..."Z").contains(first),
      let second = sentences.unicodeScalars.dropFirst().first,
      ("a"..."z").contains(second)
        || second == " "
    else { return sentences }
    return first.properties.lowercaseMapping + String(sentences.unicodeScalars.dropFirst())
  }

  /// The lines that the parser adds to a refusal: what the option takes, how the command is called, where its help is.
  static func hints(_ lines: String) -> String {
    lines.splitAtScalar("\n").map { line in
      let line = String(line)
      if let rest = line.dropping("Help:  ") { return "help: \(rest)" }
      if let rest = line.dropping("Usage: ") { return "usage: \(rest)" }
      if let rest = line.dropping("  See '")?.droppingLast("' for more information.") {
        return "help: \(rest) shows all options"
      }
      return line
    }.joined(separator: "\n")
  }
}

extension String {
  /// What follows `start`; nil where it does not begin so.
  fileprivate func dropping(_ start: String) -> String? {
    startsWithBytes(of: start)
      ? String(decoding: utf8.dropFirst(start.utf8.count), as: UTF8.self) : nil
  }

  /// What precedes `end`; nil where it does not end so.
  fileprivate func droppingLast(_ end: String) -> String? {
    endsWithBytes(of: end) ? String(decoding: utf8.dropLast(end.utf8.count), as: UTF8.self) : nil
  }
}
