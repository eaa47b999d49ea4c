import GitSpecs
import Glibc
import TestSupport
import Testing
import TinyforgeCore

/// Whom a repository belongs to, and who may read it.
///
/// Settings are read once a run, so each case runs in a process of its own.
@Suite(.ownTime, .hangLimit, .enabled(if: geteuid() == 0)) struct OwnershipTests {
  @Test(arguments: [Layout.plain, .mirror, .worktree, .gitFolder])
  func theRemedyOfAForeignRepositoryMendsIt(_ layout: Layout) async throws {
    let fixture = try await Fixture.withHistory()
    let path = try await layout.make(fixture)
    let home = try fixture.scratch.folder("home")
    try await mustRun("chown", ["-R", "65534:65534", fixture.repo, path])
    // Without a configuration, and with one that trusts another folder.
    for other in [nil, "/somewhere/else"] as [String?] {
      if let other {
        try await mustRun(
          "git", ["config", "--global", "safe.directory", other], environment: ["HOME": home])
      }
      await #expect(processExitsWith: .success) { [path = path as String, home = home as String] in
        useHome(home)
        let fault = try failure { () throws(Failure) in try GitRepository.open(path) }
        #expect(fault.code == .repository)
        #expect(fault.message.hasSuffix(" belongs to another user"))
        let remedy = try #require(fault.remedy?.text)
        #expect(remedy.hasPrefix("git config --global --add safe.directory /"))
      }
    }
  }

  @Test(arguments: [Layout.plain, .mirror, .worktree])
  func safeDirectoryIsHeard(_ layout: Layout) async throws {
    let fixture = try await Fixture.withHistory()
    let path = try await layout.make(fixture)
    let home = try fixture.scratch.folder("home")
    try await mustRun("chown", ["-R", "65534:65534", fixture.repo, path])
    await #expect(processExitsWith: .success) { [path = path as String, home = home as String] in
      useHome(home)
      let remedy = try #require(
        try failure { () throws(Failure) in try GitRepository.open(path) }.remedy?.text)
      try await mustRun("sh", ["-c", remedy], environment: ["HOME": home])
    }
    await #expect(processExitsWith: .success) { [path = path as String, home = home as String] in
      useHome(home)
      let snapshot = try GitRepository.open(path).read(branch: "main", path: ".tinyforge.yml")
      #expect(snapshot.text == spec(1002))
    }
    // git trusts the very same setting.
    try await mustRun("git", ["-C", path, "log", "-1"], environment: ["HOME": home])
  }

  @Test func aForbiddenFolderIsDenied() async throws {
    let fixture = try await Fixture.withHistory()
    try await mustRun("chmod", ["755", fixture.scratch.path])
    try await mustRun("chmod", ["700", fixture.repo])
    let path = fixture.repo
    await #expect(processExitsWith: .success) { [path = path as String] in
      #expect(setuid(65_534) == 0)
      let fault = try failure { () throws(Failure) in try GitRepository.open(path) }
      #expect(fault.code == .denied, "\(fault)")
      #expect(fault.message.hasPrefix("cannot open the repository \(path): "))
    }
  }

  @Test func forbiddenObjectsAreDenied() async throws {
    let fixture = try await Fixture.withHistory()
    let (path, home) = (fixture.repo, try fixture.scratch.folder("home"))
    try await mustRun("chmod", ["-R", "a+rX", fixture.scratch.path])
    try await mustRun("chown", ["-R", "65534:65534", path])
    let tree = try await mustRun(
      "git", ["-c", "safe.directory=*", "-C", path, "rev-parse", "main^{tree}"])
    let object = "\(path)/.git/objects/\(tree.prefix(2))/\(tree.dropFirst(2))"
    try await mustRun("chown", ["0", object])
    try await mustRun("chmod", ["400", object])
    await #expect(processExitsWith: .success) { [path = path as String, home = home as String] in
      useHome(home)
      #expect(setuid(65_534) == 0)
      let repository = try GitRepository.open(path)
      let fault = try failure { () throws(Failure) in
        try repository.read(revision: nil, path: ".tinyforge.yml")
      }
      #expect(fault.code == .denied, "\(fault)")
    }
  }

  /// A folder that cannot be read may hold the object: it is never reported as missing.
  @Test func forbiddenPacksAreDenied() async throws {
    let fixture = try await Fixture.withHistory()
    try await mustRun("chmod", ["755", fixture.scratch.path])
    let mirror = try await Layout.pushedMirror.make(fixture)
    let id = try await git("rev-parse", "main~1", in: mirror)
    try await mustRun("chown", ["-R", "65534:65534", mirror])
    try await mustRun("chmod", ["000", "\(mirror)/objects/pack"])
    await #expect(processExitsWith: .success) { [mirror = mirror as String, id = id as String] in
      #expect(setuid(65_534) == 0)
      let repository = try GitRepository.openMirror(mirror)
      for revision in [id, String(id.prefix(9)), "main~1", "main"] {
        let fault = try failure { () throws(Failure) in
          try repository.read(revision: revision, path: ".tinyforge.yml")
        }
        #expect(fault.code == .denied, "\(revision): \(fault)")
      }
    }
  }
}
