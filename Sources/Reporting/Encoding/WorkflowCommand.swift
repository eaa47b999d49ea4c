import TinyforgeCore

/// One line that GitHub's and Gitea's runners take for a command, such as `::error file=a::text`.
///
/// The escapes are those of GitHub's own toolkit: `%`, CR and LF everywhere, `:` and `,` in
/// properties too. A runner also looks for commands of the old form (`##[`) anywhere in a line.
package enum WorkflowCommand {
  /// The command's line, with its line break; text within it can neither end nor start one.
  package static func line(
    _ name: String, _ properties: [(name: String, value: String)], _ message: String
  ) -> String {
    let list = properties.map { "\($0.name)=\(property($0.value))" }.joined(separator: ",")
    return "::\(name)\(list.isEmpty ? "" : " \(list)")::\(data(message))\n"
  }

  private static func data(_ text: String) -> String {
    // Line breaks are the only control characters that the runner shows as they are meant.
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { unarmed(String($0).shownSafely).replacing("%", with: "%25") }
      .joined(separator: "%0A")
  }

  private static func property(_ text: String) -> String {
    unarmed(text.shownSafely).replacing("%", with: "%25").replacing(":", with: "%3A")
      .replacing(",", with: "%2C")
  }

  /// Takes the sting out of commands of the old form.
  package static func unarmed(_ text: String) -> String {
    // A look at the bytes first: the search for a text in a text is a hundred times slower, and finds
    // nothing in nearly all of them.
    let bytes = text.utf8
    var last: (UInt8, UInt8) = (0, 0)
    for byte in bytes {
      if byte == UInt8(ascii: "["), last == (UInt8(ascii: "#"), UInt8(ascii: "#")) {
        return text.replacing("##[", with: "# #[")
      }
      last = (last.1, byte)
    }
    return text
  }

  /// Text of others at a line's start of plain text, where a runner would take `::` for a command.
  static func atLineStart(_ text: String) -> String {
    (text.hasPrefix("::") ? "./" : "") + text.shownSafely
  }
}
