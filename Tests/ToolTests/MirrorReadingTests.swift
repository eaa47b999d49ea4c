import TestSupport
import Testing

/// What the reading of a mirror asks of the system, as strace sees it.
struct MirrorReadingTests {
  /// What was pushed last lies in files of its own: the packs are not even listed, and the user's settings
  /// are read once for all, not once a mirror.
  @Test func noMoreIsReadThanNeeded() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.addWorkload("w2")
    try await world.push(World.spec.replacing("8080", with: "8081"))
    let loose = try await opened(by: "plan", in: world)
    #expect(loose.count { $0.contains("/objects/pack") } == 0)
    #expect(loose.count { $0.contains("/home/.gitconfig") } == 1)
    let mirror = "\(world.mirrors)/acme/shop.git"
    try await git("gc", "-q", "--prune=now", in: mirror)
    let packed = try await opened(by: "plan", in: world)
    #expect(packed.contains { $0.contains("/objects/pack") })
    // Anything unusual is left to libgit2.
    try await git("config", "user.name", "Ann", in: mirror)
    let unusual = try await opened(by: "plan", in: world)
    #expect(unusual.count { $0.contains("/home/.gitconfig") } > 1)
  }

  private func opened(by tool: String, in world: World) async throws -> [String] {
    let calls = world.scratch.file("calls")
    try world.scratch.write("home/.gitconfig", "[core]\n\tbare = false\n")
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
