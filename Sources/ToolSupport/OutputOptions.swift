package import ArgumentParser

extension ColorMode: NamedValue {}

/// Options on how results are told, the same in every command that may have findings.
package struct OutputOptions: ParsableArguments {
  @Option(
    help: ConsoleOptions.colorHelp, completion: ColorMode.completion, transform: ColorMode.named)
  package var color: ColorMode = .auto

  @Flag(name: [.short, .long], help: ConsoleOptions.quietHelp)
  package var quiet = false

  @Flag(help: "Exit with 0 even where there are findings.")
  package var exitZero = false

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    color = line.value("--color", ColorMode.init(rawValue:)) ?? .auto
    quiet = line.flag("--quiet", "-q")
    exitZero = line.flag("--exit-zero")
  }

  /// The console that these options describe.
  package var console: Console { Console(color: color, quiet: quiet) }

  /// The status as it is asked for.
  package func status(_ status: ExitStatus) -> ExitStatus { status.reportedOnly(exitZero) }
}

/// The same for commands that never have findings.
///
/// Not a group within the other: a group more costs each start 3 %.
package struct ConsoleOptions: ParsableArguments {
  @Option(help: Self.colorHelp, completion: ColorMode.completion, transform: ColorMode.named)
  package var color: ColorMode = .auto

  @Flag(name: [.short, .long], help: Self.quietHelp)
  package var quiet = false

  /// Creates one with its defaults.
  package init() {}

  /// The console that these options describe.
  package var console: Console { Console(color: color, quiet: quiet) }

  fileprivate static let colorHelp = ArgumentHelp(
    "When to colour (default: auto, on a terminal).", valueName: ColorMode.choice)
  fileprivate static let quietHelp: ArgumentHelp =
    "Print no hints on standard error; warnings and errors stay."
}
