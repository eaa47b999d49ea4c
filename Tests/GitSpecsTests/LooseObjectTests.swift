import SystemPackage
import GitSpecs
import TestSupport
import Testing
import TinyforgeCore

/// Objects in files of their own, which are read whole or not at all.
@Suite(.ownTime, .hangLimit) struct LooseObjectTests {
  /// Around the bounds at which a file is read by more than one call, and at which a spec is refused.
  @Test(arguments: [
    0, 1, 50, 57, 58, 4_085, 4_086, 4_087, 4_096, 16_300, 16_384, 16_400, 65_535, 65_536, 65_537,
    200_000,
  ])
  func contentsOfAllSizesComeWhole(_ size: Int) async throws {
    let fixture = try await Fixture()
    var generator = SystemRandomNumberGenerator()
    // What cannot be made smaller, and what can to next to nothing.
    let contents = [
      (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) },
      [UInt8](repeating: UInt8(ascii: "a"), count: size),
    ]
    for bytes in contents {
      try fixture.scratch.write("repo/spec.yml", bytes)
      try await fixture.commit("Size \(size)")
      let content = try GitRepository.open(fixture.repo).read(revision: "main", path: "spec.yml")
        .content
      #expect(content == (size > 65_536 ? .refused(.tooLarge(size)) : .file(bytes)))
    }
  }

  @Test func aFolderOfThousandsIsRead() async throws {
    let fixture = try await Fixture()
    for number in 0..<3_000 { try fixture.write("many/file-\(number).yml", spec(number)) }
    try await fixture.commit("Many")
    let snapshot = try GitRepository.open(fixture.repo).read(
      branch: "main", path: "many/file-2999.yml")
    #expect(snapshot.text == spec(2999))
  }

  /// Cut at every place, and a bit flipped at every place: reported each time, or the very bytes are read.
  @Test(arguments: ["main", "main~1", "main^{tree}", "main:.tinyforge.yml"])
  func damageAnywhereIsTold(_ revision: String) async throws {
    let fixture = try await Fixture.withHistory()
    let id = try await git("rev-parse", revision, in: fixture.repo)
    let object = "repo/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
    try await mustRun("chmod", ["-R", "u+w", fixture.repo])
    let whole = try readFile(fixture.scratch.file(object))
    // The walk to the first commit goes through the second, libgit2's own or ours.
    let (asked, text) = revision == "main~1" ? ("main~1", spec(1001)) : ("main", spec(1002))
    for place in whole.indices {
      var flipped = whole
      flipped[place] ^= UInt8(1 << (place % 8))
      for bytes in [
        Array(whole.prefix(place)), flipped, Array(whole[..<place] + [0] + whole[place...]),
      ] {
        try fixture.scratch.write(object, bytes)
        do throws(Failure) {
          let snapshot = try GitRepository.open(fixture.repo).read(
            revision: asked, path: ".tinyforge.yml")
          #expect(snapshot.text == text)
        } catch {
          #expect(error.code == .repository, "\(error)")
          #expect(error.remedy?.text.contains("fsck") == true, "\(error)")
        }
      }
    }
    try fixture.scratch.write(object, whole)
    let mended = try GitRepository.open(fixture.repo).read(revision: asked, path: ".tinyforge.yml")
    #expect(mended.text == text)
  }

  /// Abbreviated ids are completed by us, for libgit2 would read what breaks off.
  @Test func abbreviatedIDsAreFound() async throws {
    let fixture = try await Fixture.withHistory()
    let id = try await git("rev-parse", "main~1", in: fixture.repo)
    let repository = try GitRepository.open(fixture.repo)
    for length in [4, 5, 7, 12, 39, 40] {
      let snapshot = try repository.read(
        revision: String(id.prefix(length)), path: ".tinyforge.yml")
      #expect(snapshot.text == spec(1001))
    }
    let object = "\(fixture.repo)/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
    try await mustRun("chmod", ["u+w", object])
    try await mustRun("truncate", ["-s", "60", object])
    let fault = try failure { () throws(Failure) in
      try GitRepository.open(fixture.repo).read(
        revision: String(id.prefix(7)), path: ".tinyforge.yml")
    }
    #expect(fault.remedy?.text.contains("fsck") == true, "\(fault)")
  }

  /// What a clone borrows is read whole as well, through alternates of alternates.
  @Test(arguments: [false, true])
  func damageInAlternatesIsTold(_ isRelative: Bool) async throws {
    let fixture = try await Fixture.withHistory()
    let id = try await git("rev-parse", "main:.tinyforge.yml", in: fixture.repo)
    for (from, to) in [("repo", "borrower"), ("borrower", "second")] {
      let target = fixture.scratch.file(to)
      try await mustRun("git", ["clone", "-qs", fixture.scratch.file(from), target])
    }
    let last = fixture.scratch.file("second")
    if isRelative {
      try fixture.scratch.write(
        "second/.git/objects/info/alternates", "../../../repo/.git/objects\n")
    }
    #expect(
      try GitRepository.open(last).read(revision: "main", path: ".tinyforge.yml").text == spec(1002)
    )
    let object = "\(fixture.repo)/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
    try await mustRun("chmod", ["u+w", object])
    try await mustRun("truncate", ["-s", "20", object])
    let fault = try failure { () throws(Failure) in
      try GitRepository.open(last).read(revision: "main", path: ".tinyforge.yml")
    }
    #expect(fault.message.contains("the object \(id.prefix(12)) is damaged"), "\(fault)")
  }

  /// A folder that borrows from itself a thousand times over must not be read a thousand times.
  @Test func alternatesMayGoRound() async throws {
    let fixture = try await Fixture.withHistory()
    let ways = (0..<1_000).map { String(repeating: "./", count: $0 % 40) + "../objects\n" }
    try fixture.write(".git/objects/info/alternates", ways.joined())
    let snapshot = try GitRepository.open(fixture.repo).read(
      revision: "main", path: ".tinyforge.yml")
    #expect(snapshot.text == spec(1002))
  }

  /// Objects of a push wait in a folder beside the repository's own.
  @Test func damageInQuarantineIsTold() async throws {
    let fixture = try await Fixture.withHistory()
    let id = try await git("rev-parse", "main:.tinyforge.yml", in: fixture.repo)
    let folder = try fixture.scratch.folder("quarantine/\(id.prefix(2))")
    let object = "\(fixture.repo)/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
    try await mustRun("mv", [object, folder])
    let environment = GitEnvironment(objectFolders: [FilePath(fixture.scratch.file("quarantine"))])
    func read() throws(Failure) -> SpecSnapshot {
      try GitRepository.open(fixture.repo, environment: environment).read(
        revision: "main", path: ".tinyforge.yml")
    }
    #expect(try read().text == spec(1002))
    try await mustRun("chmod", ["-R", "u+w", folder])
    try await mustRun("truncate", ["-s", "20", "\(folder)/\(id.dropFirst(2))"])
    let fault = try failure { () throws(Failure) in try read() }
    #expect(fault.message.contains("the object \(id.prefix(12)) is damaged"), "\(fault)")
  }
}
