/// A command line that is read without the parser: words without a dash, and options written as help writes them.
///
/// It is read only where its meaning is certain: nothing is said twice, no `=` is used, no value is empty or begins
/// with a dash, and every word is taken by something. What is said otherwise is for the parser.
package struct DirectLine {
  private let words: [String]
  /// Where the words are that begin with a dash; those that were taken have left.
  private var dashed: [Int] = []
  /// Which words are the values of options.
  private var values: Set<Int> = []
  private var isDoubtful: Bool
  private var hasOperands: Bool

  /// The line of these words, without the tool's name.
  init(_ words: [String]) {
    self.words = words
    for (index, word) in words.enumerated() where Self.isDashed(word) { dashed.append(index) }
    isDoubtful = words.contains("")
    hasOperands = dashed.count < words.count
  }

  /// Whether all words were taken, and each has one meaning.
  var isCertain: Bool { !isDoubtful && dashed.isEmpty && !hasOperands }

  /// Whether a flag of one of these names is given.
  package mutating func flag(_ names: String...) -> Bool {
    take { names.contains($0) } != nil
  }

  /// The value of an option; nil where it is not given.
  package mutating func value(_ name: String) -> String? {
    value(name) { $0 }
  }

  /// The value of an option, as `read` reads it; nil where it is not given.
  package mutating func value<Value>(_ name: String, _ read: (String) throws -> Value?) -> Value? {
    guard let index = take({ $0 == name }) else { return nil }
    return self.value(after: index, read)
  }

  /// The values of an option that may be given several times.
  package mutating func values<Value>(_ name: String, _ read: (String) throws -> Value?) -> [Value]
  {
    let places = dashed.filter { words[$0] == name }
    if places.isEmpty { return [] }
    dashed.removeAll { words[$0] == name }
    return places.compactMap { value(after: $0, read) }
  }

  /// The values of an option that may be given several times, as they are.
  package mutating func values(_ name: String) -> [String] {
    values(name) { $0 }
  }

  /// The words that are neither an option nor an option's value; asked for once all options are taken.
  package mutating func operands() -> [String] {
    hasOperands = false
    return words.indices.filter { !values.contains($0) && !Self.isDashed(words[$0]) }
      .map { words[$0] }
  }

  /// Leaves a line to the parser whose options do not fit each other.
  package mutating func check(_ validate: () throws -> Void) {
    do { try validate() } catch { isDoubtful = true }
  }

  /// Takes the one word with a dash that is wanted.
  private mutating func take(_ isWanted: (String) -> Bool) -> Int? {
    guard let place = dashed.firstIndex(where: { isWanted(words[$0]) }) else { return nil }
    let index = dashed.remove(at: place)
    if dashed.contains(where: { isWanted(words[$0]) }) { isDoubtful = true }
    return index
  }

  private mutating func value<Value>(after index: Int, _ read: (String) throws -> Value?) -> Value?
  {
    guard index + 1 < words.count, words[index + 1] != "-", !Self.isDashed(words[index + 1]),
      let value = try? read(words[index + 1])
    else {
      isDoubtful = true
      return nil
    }
    values.insert(index + 1)
    return value
  }

  private static func isDashed(_ word: String) -> Bool {
    word.utf8.count > 1 && word.utf8.first == UInt8(ascii: "-")
  }
}
