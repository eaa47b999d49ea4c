/// What to do about a failure: advice, often with a command to paste.
///
/// Text that is put into it becomes one quoted word of a shell, so that no name in it can do more than name. Text
/// that belongs to a sentence says so: `\(prose: name)`.
package struct Remedy: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// The advice.
  package private(set) var text: String

  /// Creates one from its parts.
  package init(stringLiteral text: String) { self.text = text }

  /// Creates one from its parts.
  package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// The advice with another after it.
  package static func + (left: Remedy, right: Remedy) -> Remedy {
    var sum = left
    sum.text += right.text
    return sum
  }

  /// The same after a change of its text, such as one that takes credentials out.
  package func map(_ change: (String) -> String) -> Remedy { Remedy(stringLiteral: change(text)) }

  /// Puts values into a remedy.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    /// Begins with no text.
    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    /// The advice's own words.
    package mutating func appendLiteral(_ literal: String) { text += literal }

    /// Text from anywhere, as one word of a shell.
    package mutating func appendInterpolation(_ word: some StringProtocol) {
      text += ShellWord(String(word)).description
    }

    /// A word that is quoted already.
    package mutating func appendInterpolation(_ word: ShellWord) { text += word.description }

    /// A number.
    package mutating func appendInterpolation(_ number: some BinaryInteger) { text += "\(number)" }

    /// An option with its value, which may begin like an option itself.
    package mutating func appendInterpolation(option name: String, _ value: String) {
      text += "\(name)\(value.startsWithBytes(of: "-") ? "=" : " ")\(ShellWord(value))"
    }

    /// The last argument of a command, which may begin like an option.
    package mutating func appendInterpolation(argument: String) {
      text += (argument.startsWithBytes(of: "-") ? "-- " : "") + ShellWord(argument).description
    }

    /// Another remedy.
    package mutating func appendInterpolation(_ remedy: Remedy) { text += remedy.text }

    /// Text within a sentence, which is not pasted into a shell.
    package mutating func appendInterpolation(prose: some StringProtocol) {
      text += String(prose).shownSafely
    }
  }
}
