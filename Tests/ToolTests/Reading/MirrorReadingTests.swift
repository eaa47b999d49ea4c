import Glibc
import TestSupport
import Testing

/// What the reading of a mirror asks of the system, as strace sees it.
@Suite(.ownTime, .hangLimit) struct MirrorReadingTests {
  /// What was pushed last lies in files of its own: the packs are not even listed.
  ///
  /// The user's settings are read only
  /// where a mirror is another user's, and then once for all.
  @Test func noMoreIsReadThanNeeded() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.addWorkload("w2")
    try await world.push(World.spec.replacing("8080", with: "8081"))
    let loose = try await opened(by: "plan", in: world)
    #expect(loose.count { $0.contains("/objects/pack") } == 0)
    #expect(loose.count { $0.contains("/home/.gitconfig") } == 0)
    #expect(loose.count { $0.contains("/shop.git/config\"") } == 2)
    let mirror = "\(world.mirrors)/acme/shop.git"
    try await git("gc", "-q", "--prune=now", in: mirror)
    let packed = try await opened(by: "plan", in: world)
    #expect(packed.contains { $0.contains("/objects/pack") })
    guard geteuid() == 0 else { return }
    try await mustRun("chown", ["-R", "65534:65534", mirror])
    let foreign = try await opened(by: "plan", in: world)
    #expect(foreign.count { $0.contains("/home/.gitconfig") } == 1)
  }

  private func opened(by tool: String, in world: World) async throws -> [String] {
    let calls = world.scratch.file("calls")
    try world.scratch.write("home/.gitconfig", "[safe]\n\tdirectory = *\n")
    let result = try await run(
      "strace", ["-f", "-o", calls, "-e", "trace=openat", builtTool(tool), "--all"],
      environment: [
        "HOME": world.scratch.file("home"), "TINYFORGE_DB": world.database,
        "TINYFORGE_MIRRORS": world.mirrors,
      ])
    #expect(result.status == 1, "\(result.output)\(result.error)")
    return try readFile(calls).split(separator: UInt8(ascii: "\n")).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}

/// A mirror whose `HEAD` names a branch that upstream has renamed.
@Suite(.ownTime, .hangLimit) struct StaleHeadTests {
  @Test func driftNamesItAndItsRemedyWorks() async throws {
    let world = try await World()
    let config = World.config().replacing(#""branch":"main","#, with: "")
    try await world.addWorkload("w1", config: config)
    let mirror = "\(world.mirrors)/acme/shop.git"
    try await git("branch", "-q", "-m", "main", "trunk", in: world.repository)
    try await git("fetch", "-q", "--prune", in: mirror)
    let stale = try await world.tool("drift", "--all", "--format", "json", "--fetch", "local")
    #expect(stale.status == 2 && stale.output.contains(#""status": "fetch_failed""#), "\(stale)")
    #expect(stale.output.contains("names the branch main, which does not exist"), "\(stale)")
    let told = try await world.tool("drift", "--all", "--fetch", "local")
    let lines = (told.output + told.error).split(separator: "\n")
    let help = try #require(lines.first { $0.contains("symbolic-ref HEAD") }, "\(told)")
    let command = try #require(help.firstRange(of: "git -C ")).lowerBound
    try await mustRun("sh", ["-c", String(help[command...])])
    let mended = try await world.tool("drift", "--all", "--format", "json", "--fetch", "local")
    #expect(mended.status == 1 && mended.output.contains(#""status": "ok""#), "\(mended)")
  }

  /// Git allows names that a terminal shows in another order, or as nothing.
  @Test(arguments: ["\u{202E}", "\u{2066}", "\u{200B}", "\u{FEFF}"])
  func anUnsafeNameIsWrittenAsAnEscape(_ unsafe: Unicode.Scalar) async throws {
    let world = try await World()
    let config = World.config().replacing(#""branch":"main","#, with: "")
    let branch = "ma\(unsafe)in"
    try await world.addWorkload("w1", config: config)
    let named = config.replacing("{", with: #"{"branch":"\#(branch)","#)
    try await world.addWorkload("w2", config: named)
    let mirror = "\(world.mirrors)/acme/shop.git"
    try await git("symbolic-ref", "HEAD", "refs/heads/\(branch)", in: mirror)
    let escape = "ma\\u{\(String(unsafe.value, radix: 16))}in"
    for command in [
      ["drift", "--all", "--fetch", "local"], ["plan", "--all", "--fetch", "local"],
      ["plan", "doctor"], ["lint-spec", "--rev", branch],
    ] {
      let result = try await world.tool(command[0], arguments: Array(command.dropFirst()))
      let shown = result.output + result.error
      #expect(result.status != 0 && shown.contains(escape), "\(command): \(result)")
      #expect(!shown.unicodeScalars.contains(unsafe), "\(command): \(result)")
    }
  }
}
