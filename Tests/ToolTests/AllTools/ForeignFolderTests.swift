import Glibc
import TestSupport
import Testing
import TinyforgeCore

/// Root works in folders of another account, whose owner exchanges them for links that lead elsewhere: nothing is
/// made or changed there.
@Suite(.ownTime, .hangLimit, .enabled(if: geteuid() == 0)) struct ForeignFolderTests {
  private static let runs = 25

  /// A folder `home/out` of the other account's, and beside it the link that takes its place.
  private func trap(_ world: World) async throws -> (folder: String, victim: String) {
    let out = try world.scratch.folder("home/out")
    let victim = try world.scratch.folder("victim")
    try await mustRun("chown", ["\(foreignUser)", out])
    try await mustRun("ln", ["-s", victim, world.scratch.file("home/trap")])
    return (world.scratch.file("home"), victim)
  }

  @Test(arguments: [
    ["drift", "--all", "--output"], ["drift", "--all", "--snapshot"], ["plan", "--all", "--out"],
  ])
  func filesAreWrittenIntoTheFolderThatWasOpened(_ command: [String]) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let (home, victim) = try await trap(world)
    let arguments = command.dropFirst() + ["\(home)/out/file"]
    try await whileExchanging("out", "trap", in: home, scratch: world.scratch) {
      for _ in 0..<Self.runs {
        _ = try await run(
          builtTool(command[0]), Array(arguments),
          environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
      }
    }
    #expect(try await mustRun("ls", ["-A", victim]).isEmpty)
    // Where the folder was in its place, it was written.
    #expect(try await mustRun("find", [home, "-type", "f", "-name", "file"]).contains("file"))
  }

  /// A link of another account's is named, and the file's real path works.
  @Test func foreignLinksAreNamed() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let (home, victim) = try await trap(world)
    try await mustRun("chown", ["-h", "\(foreignUser)", home, "\(home)/trap"])
    let refused = try await world.tool("drift", "--all", "--output", "\(home)/trap/file")
    #expect(refused.status == 2 && refused.error.contains("belongs to another user"), "\(refused)")
    #expect(refused.error.contains("realpath \(home)/trap"))
    let real = try await mustRun("realpath", ["\(home)/trap"])
    #expect(try await world.tool("drift", "--all", "--output", "\(real)/file").status == 1)
    #expect(try await mustRun("ls", ["-A", victim]) == "file")
    // One's own links are followed, and a link is not replaced.
    try await mustRun("ln", ["-s", victim, world.scratch.file("own")])
    let own = world.scratch.file("own/other")
    #expect(try await world.tool("drift", "--all", "--output", own).status == 1)
    try await mustRun("ln", ["-s", "file", "\(victim)/link"])
    let link = try await world.tool("drift", "--all", "--output", "\(victim)/link")
    #expect(link.status == 2 && link.error.contains("not a regular file"), "\(link)")
  }

  @Test func fixesStayInTheFolderThatWasOpened() async throws {
    let world = try await World(spec: nil)
    let bad = "version: 1\ndeploy:\n  Port: 8080\n"
    let (home, victim) = try await trap(world)
    try world.scratch.write("victim/.tinyforge.yml", bad)
    let reset =
      "for n in out trap; do [ -L $0/$n ] || cp $1 $0/$n/.tinyforge.yml; done 2>/dev/null; true"
    let sample = try world.scratch.write("sample", bad)
    try await whileExchanging("out", "trap", in: home, scratch: world.scratch) {
      for _ in 0..<Self.runs * 4 {
        try await mustRun("sh", ["-c", reset, home, sample])
        _ = try await run(builtTool("lint-spec"), ["--fix", "\(home)/out/.tinyforge.yml"])
        let kept = String(decoding: try readFile("\(victim)/.tinyforge.yml"), as: UTF8.self)
        if kept != bad { throw TestSupportError("a file elsewhere was fixed") }
      }
    }
    #expect(try await mustRun("ls", ["-A", victim]) == ".tinyforge.yml")
  }

  /// The cache of the forges' answers, in a home of another account's.
  @Test func answersAreKeptInTheFolderThatWasOpened() async throws {
    let world = try await World()
    let (home, victim) = try await trap(world)
    let forge = ForgeWorld.forge("gitea", [("acme/shop", world.repository)])
    try await ForgeServer.run(forge) { server in
      try await world.addWorkload("w1", config: ForgeWorld.config("gitea", server.address))
      let environment = ["TINYFORGE_TOKEN": ForgeWorld.token, "XDG_CACHE_HOME": "\(home)/out"]
      try await whileExchanging("out", "trap", in: home, scratch: world.scratch) {
        for _ in 0..<Self.runs {
          let result = try await world.fetch(environment: environment)
          // Nothing that is wrong with the cache fails a run.
          #expect(result.status == 1, "\(result)")
        }
      }
    }
    #expect(try await mustRun("ls", ["-A", victim]).isEmpty)
  }

  /// The summary of a job, which the runner names.
  @Test func summariesStayInTheFolderThatWasOpened() async throws {
    let world = try await World(spec: "version: 1\ndeploy:\n  prot: 1\n")
    let (home, victim) = try await trap(world)
    try await whileExchanging("out", "trap", in: home, scratch: world.scratch) {
      for _ in 0..<Self.runs * 2 {
        let result = try await run(
          builtTool("lint-spec"), ["--format", "github", ".tinyforge.yml"], in: world.repository,
          environment: ["GITHUB_STEP_SUMMARY": "\(home)/out/summary"])
        #expect(result.status == 1, "\(result)")
      }
    }
    #expect(try await mustRun("ls", ["-A", victim]).isEmpty)
    #expect(
      try await mustRun("find", [home, "-type", "f", "-name", "summary"]).contains("summary"))
  }
}
