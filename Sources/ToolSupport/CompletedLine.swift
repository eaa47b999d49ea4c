/// The command line that a shell asks completions for.
package struct CompletedLine {
  private let words: [String]

  /// The line of these words, the tool's name first.
  package init(_ words: [String]) { self.words = words }

  /// The value of an option that is given as two words or with `=`; nil if the line does not hold it.
  package func value(of option: String) -> String? {
    for (index, word) in words.enumerated() {
      if word == option, index + 1 < words.count { return words[index + 1] }
      if word.utf8.starts(with: "\(option)=".utf8) {
        return String(word.unicodeScalars.dropFirst(option.unicodeScalars.count + 1))
      }
    }
    return nil
  }
}
