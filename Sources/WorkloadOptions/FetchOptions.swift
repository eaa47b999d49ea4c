package import ArgumentParser
package import FleetReading
import GitSpecs
package import ProviderHTTP
import RunningProcess
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

  /// What asks the forges of these workloads; nothing is loaded before the first request.
  ///
  /// A token that names no forge is for one of `owners`, where these are given: the forge of the
  /// run's own pipeline, or the one that a report is posted to. Without `usesTokens` none is read.
  package func reader(
    for workloads: [Workload], owners: Set<HTTPOrigin>? = nil, usesTokens: Bool = true
  ) throws(Failure) -> ForgeReader {
    let written = usesTokens ? try network.writtenTokens() : []
    let needsOrigin = written.contains { $0.origin == nil }
    let owners = owners ?? RunningPipeline.origins
    let owner =
      !needsOrigin
      ? TokenBook.Owner.none
      : owners.map { .forge($0) } ?? Self.onlyOrigin(of: workloads).map { .onlyForge($0) } ?? .none
    let key = Environment.variable("ENCRYPTION_KEY").map { EncryptionKey(passphrase: $0) }
    let book = TokenBook(
      entries: written, owner: owner, key: key, job: RunningPipeline.jobToken)
    return ForgeReader(
      settings: try network.settings(), tokens: book,
      cache: noCache ? nil : ResponseCache(variable: Environment.variable))
  }

  /// The one forge of all workloads; nil where they are on several.
  private static func onlyOrigin(of workloads: [Workload]) -> HTTPOrigin? {
    var origins: Set<HTTPOrigin> = []
    for workload in workloads {
      guard let coordinates = (try? workload.liveConfig())?.coordinates,
        let forge = try? Forge(coordinates)
      else { continue }
      origins.insert(forge.web.origin)
      if origins.count > 1 { return nil }
    }
    return origins.first
  }
}
