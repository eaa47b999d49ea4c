package import ProviderHTTP
import RunningProcess
internal import TinyforgeCore

/// How the forges of a run are asked: over which networks, with which tokens, with the cache or without it.
package struct ForgeAccess: Sendable {
  private let settings: HTTPSettings
  private let tokens: WrittenTokens
  private let usesCache: Bool
  private let pipeline: Set<HTTPOrigin>?
  private let jobToken: TokenBook.JobToken?

  /// Creates one from its parts; `pipeline` is the forge of the pipeline that the process runs in, nil outside of one,
  /// and `jobToken` the token that the pipeline gave it.
  package init(
    settings: HTTPSettings, tokens: WrittenTokens, usesCache: Bool, pipeline: Set<HTTPOrigin>?,
    jobToken: TokenBook.JobToken?
  ) {
    self.settings = settings
    self.tokens = tokens
    self.usesCache = usesCache
    self.pipeline = pipeline
    self.jobToken = jobToken
  }

  /// What asks the forges of these workloads; nothing is loaded before the first request.
  ///
  /// A token that names no forge is for one of `owners`, where these are given: the forge of the
  /// run's own pipeline, or the one that a report is posted to. Without `usesTokens` none is read.
  func reader(for workloads: [Workload], owners: Set<HTTPOrigin>?, usesTokens: Bool)
    throws(Failure) -> ForgeReader
  {
    let written = usesTokens ? try writtenTokens() : []
    let key = Environment.variable("ENCRYPTION_KEY").map { EncryptionKey(passphrase: $0) }
    let book = TokenBook(
      entries: written, owner: owner(of: written, workloads, owners), key: key, job: jobToken)
    return ForgeReader(
      settings: settings, tokens: book,
      cache: usesCache ? ResponseCache(variable: Environment.variable) : nil)
  }

  private func writtenTokens() throws(Failure) -> [TokenBook.Entry] {
    try tokens.entries(variable: Environment.variable) { (path) throws(Failure) in
      try WholeFile.read(path, as: "the token file")
    }
  }

  /// The forge that a token is for which names none.
  private func owner(
    of written: [TokenBook.Entry], _ workloads: [Workload], _ owners: Set<HTTPOrigin>?
  ) -> TokenBook.Owner {
    guard written.contains(where: { $0.origin == nil }) else { return .none }
    if let owners = owners ?? pipeline { return .forge(owners) }
    return Self.onlyOrigin(of: workloads).map { .onlyForge($0) } ?? .none
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
