import ArgumentParser
package import TinyforgeCore
package import ToolSupport

/// Whether a change is shown only, asked for, or made at once.
package struct ConsentOptions: ParsableArguments {
  @Flag(name: [.short, .long], help: "Do not ask for confirmation; required without a terminal.")
  package var yes = false

  @Flag(help: "Show what would be done, and do nothing.")
  package var dryRun = false

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    yes = line.flag("--yes", "-y")
    dryRun = line.flag("--dry-run")
  }

  /// Fails where a question could not be seen or answered.
  package func requireAnswerable() throws(Failure) {
    guard yes || dryRun || Console.canAsk else {
      let stream = Console.canRead ? "standard error" : "standard input"
      throw Failure(
        .usage, "cannot ask for confirmation: \(stream) is not a terminal",
        remedy: "use --yes to apply without asking, or --dry-run to look only")
    }
  }
}
