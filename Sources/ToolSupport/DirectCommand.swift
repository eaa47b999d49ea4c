package import ArgumentParser

/// A command that most calls make without the parser.
///
/// The parser looks at the type of every option before it looks at the first word, which takes most of a tool's start. So
/// a line of which every word is certain makes the command itself; any other, and all help, errors and completions,
/// are the parser's. A test compares the two.
package protocol DirectCommand: ParsableCommand {
  /// Creates the command of a line, and takes from it what it has a meaning for.
  init(_ line: inout DirectLine)
}

extension DirectCommand {
  /// The command of these words, without the tool's name; nil where the parser has to decide.
  package static func direct(_ words: [String]) -> Self? {
    var line = DirectLine(words)
    var command = Self(&line)
    line.check { try command.validate() }
    return line.isCertain ? command : nil
  }
}
