package import ArgumentParser

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

  static let colorHelp = ArgumentHelp(
    "When to colour (default: auto, on a terminal).", valueName: ColorMode.choice)
  static let quietHelp: ArgumentHelp =
    "Print no hints on standard error; warnings and errors stay."
}
