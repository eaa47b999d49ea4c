import ArgumentParser
import Testing
import ToolSupport

@testable import apply
@testable import drift
@testable import lint_spec
@testable import plan

/// The lines that one tool may be started with, and how it reads them.
struct ToolLines: Sendable, CustomTestStringConvertible {
  let tool: String
  /// What the line says when it is read directly; nil where it is left to the parser.
  let direct: @Sendable ([String]) -> String?
  /// What it says to the parser.
  let parsed: @Sendable ([String]) throws -> String
  /// What the parser's own help names.
  let options: [String]

  var testDescription: String { tool }

  private init<Command: DirectCommand>(_ command: Command.Type) {
    tool = command.configuration.commandName ?? ""
    direct = { command.direct($0).map(Self.shown) }
    parsed = { Self.shown(try command.parseAsRoot($0)) }
    options = Self.names(in: command.helpMessage(columns: 10_000))
  }

  static let all = [
    ToolLines(LintCommand.self), ToolLines(PlanCommand.self), ToolLines(DriftCommand.self),
    ToolLines(ApplyCommand.self),
  ]

  /// Every value of every option, by name.
  private static func shown(_ command: Any) -> String { String(describing: command) }

  /// The options that a line of help begins with, as in `  -q, --quiet`, short ones too.
  private static func names(in help: String) -> [String] {
    help.split(separator: "\n").filter { $0.hasPrefix("  -") }.flatMap { line in
      line.split(separator: " ").prefix { $0.hasPrefix("-") }.map {
        String($0.last == "," ? $0.dropLast() : $0)
      }
    }
  }

  /// Words that some option takes for a value, and others that mean something of their own.
  static let values = [
    "https://api.github.com",
    "text", "json", "auto", "local", "w1", "shop", "4", "0", "9999", "7d", "30s", "1/3", "main",
    "a/b.yml",
    "dockerfile", "octal-number=off", "octal-number", "en", "10.0.0.0/8",
    "git.example.org:443:192.168.1.5",
    "https://github.com/acme/site/pull/7", "ok", "run", "help", "doctor", "merge", "enable", "é",
    "*.yml", "../a", ".", "a=b", "~", "",
  ]

  /// Words with a dash that are not plain options.
  static let odd = [
    "-", "--", "-qy", "-x", "--format=json", "--color=never", "--all=1", "-h/a.yml", "--none",
    "---", "-1", "--=",
  ]
}
