import FleetReading
import GitSpecs
import ProviderHTTP
import TestSupport
import Testing
import TinyforgeCore

/// Where a workload's spec is looked for.
@Suite(.ownTime, .hangLimit) struct SpecLocatorTests {
  @Test func aNamedRepositoryIsUsedWhateverTheRowSays() async throws {
    let world = try await World()
    try await world.addWorkload("w1", config: World.config(name: "gone"))
    let row = try world.row()
    let live = try row.liveConfig()
    let locator = world.locator(repository: world.repository, folders: [])
    let spec = try await locator.read(row, live: live, from: locator.source(of: live))
    #expect(spec.content == .file(Array(World.spec.utf8)))
  }

  @Test func aRevisionIsReadInsteadOfTheBranch() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let row = try world.row()
    let live = try row.liveConfig()
    let first = try await git("rev-parse", "HEAD", in: world.repository)
    try await world.push("version: 1\ndeploy: {port: 9000}\n")
    let locator = world.locator(revision: "main~1")
    let spec = try await locator.read(row, live: live, from: locator.source(of: live))
    #expect(spec.commit?.id == first)
  }

  /// The first folder that holds the repository is used.
  @Test func foldersAreSearchedInOrder() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let empty = try world.scratch.folder("empty")
    let live = try world.row().liveConfig()
    guard
      case .repository(let found) = try world.locator(folders: [empty, world.mirrors]).source(
        of: live)
    else {
      Issue.record("not found in a folder")
      return
    }
    #expect(found.folder.hasPrefix("\(world.mirrors)/acme/shop.git"))
  }

  @Test(arguments: [
    (false, "no folder of mirrors is named to look for acme/shop in", "--mirrors DIR"),
    (true, "is not a complete repository", "git clone --mirror"),
  ])
  func whatIsMissingIsSaid(_ isCutOff: Bool, _ message: String, _ remedy: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    if isCutOff { try await mustRun("rm", ["\(world.mirrors)/acme/shop.git/HEAD"]) }
    let live = try world.row().liveConfig()
    let locator = world.locator(folders: isCutOff ? nil : [])
    let failure = try #require(throws: Failure.self) { try locator.source(of: live) }
    #expect(failure.code == .notFound && failure.message.contains(message), "\(failure)")
    #expect(failure.remedy?.text.contains(remedy) == true)
  }

  @Test func aForgeIsAskedWhereNoMirrorIs() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let live = try world.row().liveConfig()
    let locator = SpecLocator(
      repository: nil, revision: nil, mirrors: [], mode: .auto,
      forges: ForgeReader(settings: HTTPSettings(), tokens: TokenBook(), cache: nil),
      fetchTimeout: .seconds(1))
    guard case .forge(_, let coordinates) = try locator.source(of: live) else {
      Issue.record("no forge is asked")
      return
    }
    #expect(coordinates.host == "git.example.org" && coordinates.name == "shop")
  }
}
