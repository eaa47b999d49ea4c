import GitSpecs
import TestSupport
import Testing
import TinyforgeCore

@Suite(.ownTime, .hangLimit) struct ObstacleTests {
  static let lfsPointer = """
    version https://git-lfs.github.com/spec/v1
    oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
    size 12345

    """

  /// A commit with everything that may stand at a spec's path.
  private func everything() async throws -> (Fixture, GitRepository) {
    let fixture = try await Fixture()
    try fixture.write("deploy/.tinyforge.yml", spec(1))
    try fixture.write("pointer", Self.lfsPointer)
    try fixture.write("not-a-pointer", "# " + Self.lfsPointer)
    try fixture.write("full", String(repeating: "a", count: 65_536))
    try fixture.write("over", String(repeating: "a", count: 65_537))
    try fixture.write("huge", String(repeating: "b", count: 3 << 20))
    try fixture.write("empty", "")
    try fixture.write("program", spec(2))
    try await mustRun("chmod", ["+x", "\(fixture.repo)/program"])
    try await mustRun("ln", ["-s", "deploy", "\(fixture.repo)/link"])
    try await mustRun("ln", ["-s", "program", "\(fixture.repo)/file-link"])
    let head = try await fixture.commit("files")
    try await git(
      "update-index", "--add", "--cacheinfo", "160000,\(head),module", in: fixture.repo)
    try await git("commit", "-q", "-m", "a submodule", in: fixture.repo)
    // Packed with deltas as well as loose.
    try await git("gc", "-q", in: fixture.repo)
    return (fixture, try GitRepository.open(try await fixture.clone("mirror.git", "--mirror")))
  }

  @Test func inACommit() async throws {
    let (fixture, repository) = try await everything()
    defer { withExtendedLifetime(fixture) {} }
    let cases: [(String, SpecObstacle?)] = [
      ("link", .symbolicLink), ("link/.tinyforge.yml", .symbolicLink),
      ("file-link", .symbolicLink), ("module", .submodule),
      ("module/.tinyforge.yml", .submodule), ("module/a/b", .submodule), ("deploy", .directory),
      ("pointer", .lfsPointer), ("over", .tooLarge(65_537)), ("huge", .tooLarge(3 << 20)),
      ("full", nil), ("empty", nil), ("program", nil), ("not-a-pointer", nil),
    ]
    for (path, obstacle) in cases {
      let snapshot = try repository.read(revision: nil, path: path)
      #expect(snapshot.obstacle == obstacle, "\(path)")
      #expect((snapshot.text != nil) == (obstacle == nil), "\(path)")
    }
    #expect(try repository.read(revision: nil, path: "full").text?.utf8.count == 65_536)
    let absent = ["program/x", "deploy/x", "none", "deploy/none/x", "DEPLOY/.tinyforge.yml"]
    for path in absent {
      #expect(try repository.read(revision: nil, path: path).absence != nil, "\(path)")
    }
    let told = try #require(try repository.read(revision: nil, path: "none").absence)
    #expect(told.hasPrefix("none is not in the commit "))
  }

  @Test(arguments: [
    "", "/", "/etc/passwd", "./.tinyforge.yml", "../.tinyforge.yml", "deploy/../x", "a//b", "a/",
    "a/./b", "..", ".", "a\0b",
  ])
  func pathsMustBePlain(_ path: String) async throws {
    let fixture = try await Fixture.withHistory()
    let repository = try GitRepository.open(fixture.repo)
    let faults = [
      try failure { () throws(Failure) in try repository.index().read(path: path) },
      try failure { () throws(Failure) in try repository.read(revision: nil, path: path) },
      try failure { () throws(Failure) in try repository.read(branch: "main", path: path) },
    ]
    for fault in faults {
      #expect(fault.code == .usage)
      #expect(fault.message.hasPrefix("the path '"))
    }
  }
}
