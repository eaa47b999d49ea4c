package import ArgumentParser

extension ColorMode: NamedValue {}

/// Options on how results are told, the same in every tool.
package struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "When to colour (default: auto, on a terminal).", valueName: ColorMode.choice),
    completion: ColorMode.completion, transform: ColorMode.named)
  package var color: ColorMode = .auto

  @Flag(name: [.short, .long], help: "Print no hints on standard error; warnings and errors stay.")
  package var quiet = false

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    color = line.value("--color", ColorMode.init(rawValue:)) ?? .auto
    quiet = line.flag("--quiet", "-q")
  }

  /// The console that these options describe.
  package var console: Console { Console(color: color, quiet: quiet) }
}

/// What a command that may have findings ends with.
package struct FindingOptions: ParsableArguments {
  @Flag(help: "Exit with 0 even where there are findings.")
  package var exitZero = false

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) { exitZero = line.flag("--exit-zero") }

  /// The status as it is asked for.
  package func status(_ status: ExitStatus) -> ExitStatus { status.reportedOnly(exitZero) }
}
