package import ArgumentParser

extension ColorMode: NamedValue {}

/// Options on how results are reported, the same in every command that may have findings.
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
