package import ArgumentParser
package import FleetReading
package import TinyforgeCore
package import ToolSupport

extension FetchMode: NamedValue {}

/// How forges are asked over HTTP.
package struct FetchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where specs come from (default: auto, a local repository where there is one, else the forge).",
      valueName: FetchMode.choice), completion: FetchMode.completion, transform: FetchMode.named)
  package var fetch: FetchMode = .auto

  @OptionGroup package var network: NetworkOptions

  @Option(
    help: ArgumentHelp(
      "How long all requests of a run may take together, such as 90s or 5m; a number alone is seconds.",
      valueName: "duration"))
  package var fetchTimeout = usualTimeout

  @Flag(help: "Keep no answers of forges on disk, and use none that were kept.")
  package var noCache = false

  private static let usualTimeout = TimeSpan(seconds: 300)

  /// Creates one with its defaults.
  package init() {}

  /// The options of a line that is read directly.
  package init(_ line: inout DirectLine) {
    fetch = line.value("--fetch", FetchMode.init(rawValue:)) ?? .auto
    network = NetworkOptions(&line)
    fetchTimeout = line.value("--fetch-timeout", TimeSpan.init(argument:)) ?? Self.usualTimeout
    noCache = line.flag("--no-cache")
  }

  /// How forges are asked.
  package func forgeAccess() throws(Failure) -> ForgeAccess {
    ForgeAccess(
      settings: try network.settings(), tokens: network.tokens, usesCache: !noCache,
      pipeline: RunningPipeline.origins, jobToken: RunningPipeline.jobToken)
  }
}
