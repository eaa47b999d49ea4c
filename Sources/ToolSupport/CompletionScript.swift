internal import TinyforgeCore

/// Completion scripts as the parser writes them, with what it gets wrong put right.
enum CompletionScript {
  /// A script that offers subcommands where the tool also takes any number of operands.
  ///
  /// The parser's scripts take every word for an operand then, so that no subcommand and none of its options is
  /// offered. zsh has no way to offer both: there the operands are left out.
  static func withSubcommandsFirst(_ script: String, tool: String) -> String {
    var kept: [String] = []
    // In bash, what offers the operands.
    var operands: String?
    var isInOperands = false
    // The tool's own part comes before those of its subcommands.
    var isOfTheTool = true
    for line in script.splitAtScalar("\n").map({ String($0) }) {
      if line == "_\(tool)() {" { isOfTheTool = true }
      if !isOfTheTool {
        kept.append(
          line.replacingBytes(of: "complete -o filenames", with: "complete -o default -o filenames")
        )
      } else if isInOperands {
        if line.startsWithBytes(of: "        __") { operands = line }
        isInOperands = line != "    esac"
      } else if line == "    # Offer positional completions" {
        isInOperands = true
      } else if !line.startsWithBytes(of: "        '*:") {
        kept.append(countingNoOperands(line, tool))
        if let operands, line.startsWithBytes(of: "        COMPREPLY+=($(compgen") {
          kept.append(operands)
        }
      }
      if line == "}" || line.startsWithBytes(of: "        __\(tool)_parse_subcommand") {
        isOfTheTool = false
      }
    }
    return kept.joined(separator: "\n").replacingBytes(
      of: "\"\(tool)\" -eq 2' -fa", with: "\"\(tool)\" -eq 1' -fa")
  }

  /// The line that says how many operands the tool takes, in bash and in fish, with none.
  private static func countingNoOperands(_ line: String, _ tool: String) -> String {
    line
      .replacingBytes(
        of: "__\(tool)_offer_flags_options -1", with: "__\(tool)_offer_flags_options 0"
      )
      .replacingBytes(of: "__\(tool)_parse_subcommand -r 1 ", with: "__\(tool)_parse_subcommand 0 ")
  }

  /// A script without the subcommand `help`, which the parser offers also for a tool that has no subcommands.
  static func withoutHelpCommand(_ script: String, tool: String) -> String {
    var kept: [String] = []
    // The last line of the part that is being left out.
    var end: String?
    for line in script.splitAtScalar("\n").map({ String($0) }) {
      if let last = end {
        if line == last { end = nil }
      } else if let last = endOfPart(from: line, tool) {
        end = last
      } else if !isAboutHelpCommand(line, tool) {
        kept.append(line)
      }
    }
    return kept.joined(separator: "\n")
  }

  /// The last line of a part about subcommands that begins with this line: in bash, in zsh, in both.
  private static func endOfPart(from line: String, _ tool: String) -> String? {
    switch line {
    case "    # Offer subcommand / subcommand argument completions", "    case \"${state}\" in":
      "    esac"
    case "_\(tool)_help() {": "}"
    default: nil
    }
  }

  /// Whether a line alone is about subcommands: in zsh and in fish.
  private static func isAboutHelpCommand(_ line: String, _ tool: String) -> Bool {
    let offer = "complete -c '\(tool)' -n '__\(tool)_should_offer_completions_for_"
    return ["        '(-): :->command'", "        '(-)*:: :->arg'"].contains(line)
      || line.startsWithBytes(of: offer + "positional \"\(tool)\" -eq 1' -fa 'help'")
      || line.startsWithBytes(of: offer + "flags_or_options \"\(tool) help\"")
  }
}
