import GitSpecs
import TestSupport
import Testing
import TinyforgeCore

/// Objects that take little room in a repository, and far more in memory.
@Suite(.ownTime, .hangLimit) struct ObjectSizeTests {
  private enum Place: CaseIterable { case loose, packed, alternate, packedAlternate }

  /// A repository whose branch `large` is a commit, a tag, or a commit with a tree, of 17 MiB.
  private static func repository(_ kind: String, _ place: Place) async throws -> (
    fixture: Fixture, folder: String
  ) {
    let fixture = try await Fixture()
    try fixture.write(".tinyforge.yml", spec(1))
    try await fixture.commit("Small")
    let tree = try await git("rev-parse", "HEAD^{tree}", in: fixture.repo)
    let person = "A <a@example.test> 1700000000 +0000"
    let commit = "tree \(tree)\nauthor \(person)\ncommitter \(person)\n\n"
    let tag = "object \(tree)\ntype tree\ntag large\ntagger \(person)\n\n"
    let start = kind == "commit" ? commit : kind == "tag" ? tag : ""
    try fixture.scratch.write("large", Array(start.utf8) + [UInt8](repeating: 97, count: 17 << 20))
    var id = try await git(
      "hash-object", "-t", kind, "-w", "--literally", fixture.scratch.file("large"),
      in: fixture.repo)
    if kind == "tree" {
      try fixture.scratch.write("commit", commit.replacing(tree, with: id))
      id = try await git(
        "hash-object", "-t", "commit", "-w", "--literally", fixture.scratch.file("commit"),
        in: fixture.repo)
    }
    try fixture.scratch.write("repo/.git/refs/heads/large", "\(id)\n")
    return (fixture, try await move(fixture, place))
  }

  /// The repository itself, or one that borrows all objects from it.
  private static func move(_ fixture: Fixture, _ place: Place) async throws -> String {
    if place == .packed || place == .packedAlternate {
      // `git repack` refuses a tree of nonsense.
      let names = try await mustRun(
        "sh", ["-c", "git cat-file --batch-all-objects --batch-check | cut -d' ' -f1"],
        in: fixture.repo)
      _ = try await run(
        "git", ["pack-objects", "-q", ".git/objects/pack/pack"], in: fixture.repo,
        input: names + "\n")
      try await git("prune-packed", "-q", in: fixture.repo)
    }
    guard place == .alternate || place == .packedAlternate else { return fixture.repo }
    let other = try fixture.scratch.folder("other")
    try await git("init", "-q", in: other)
    try fixture.scratch.write(
      "other/.git/objects/info/alternates", "\(fixture.repo)/.git/objects\n")
    let id = try readFile("\(fixture.repo)/.git/refs/heads/large")
    try fixture.scratch.write("other/.git/refs/heads/large", id)
    return other
  }

  @Test(arguments: ["commit", "tag", "tree"])
  func largeObjectsAreRefused(_ kind: String) async throws {
    for place in Place.allCases {
      let (fixture, folder) = try await Self.repository(kind, place)
      for revision in ["large", "large~1", "large^{tree}"] {
        let refused = try failure { () throws(Failure) in
          try GitRepository.open(folder).read(revision: revision, path: ".tinyforge.yml")
        }
        #expect(
          refused.message.contains("the \(kind) ")
            && refused.message.contains("objects over 16 MiB are not read"),
          "\(place) \(revision): \(refused.message)")
        if kind == "tree" { break }
      }
      withExtendedLifetime(fixture) {}
    }
  }

  @Test(arguments: [false, true])
  func anAbbreviatedIdIsNoWayAround(_ isPacked: Bool) async throws {
    let (fixture, folder) = try await Self.repository("commit", isPacked ? .packed : .loose)
    let id = try await git("rev-parse", "large", in: folder)
    let refused = try failure { () throws(Failure) in
      try GitRepository.open(folder).read(revision: String(id.prefix(9)), path: ".tinyforge.yml")
    }
    #expect(refused.message.contains("over 16 MiB"), "\(refused.message)")
    withExtendedLifetime(fixture) {}
  }

  /// The mirror is opened without its packs first.
  @Test func aMirrorWithALargeCommit() async throws {
    let (fixture, folder) = try await Self.repository("commit", .packed)
    try await git("config", "core.bare", "true", in: folder)
    let refused = try failure { () throws(Failure) in
      try GitRepository.openMirror("\(folder)/.git").read(branch: "large", path: ".tinyforge.yml")
    }
    #expect(refused.message.contains("over 16 MiB"), "\(refused.message)")
    #expect(refused.remedy?.text.contains("lint-spec -") == true)
    withExtendedLifetime(fixture) {}
  }

  /// A commit of nearly 16 MiB is read.
  @Test func whatIsJustSmallEnoughIsRead() async throws {
    let fixture = try await Fixture()
    try fixture.write(".tinyforge.yml", spec(7))
    try fixture.scratch.write("message", String(repeating: "a", count: (16 << 20) - 400))
    try await git("add", ".", in: fixture.repo)
    try await git("commit", "-qF", fixture.scratch.file("message"), in: fixture.repo)
    #expect(
      try GitRepository.open(fixture.repo).read(revision: nil, path: ".tinyforge.yml").text
        == spec(7))
  }

  @Test func aChainOfTagsHasAnEnd() async throws {
    let fixture = try await Fixture.withHistory()
    var id = try await git("rev-parse", "main", in: fixture.repo)
    var type = "commit"
    for number in 0..<1100 {
      let tag = "object \(id)\ntype \(type)\ntag t\(number)\ntagger A <a@b> 1700000000 +0000\n\n"
      id = try await run(
        "git", ["hash-object", "-t", "tag", "-w", "--stdin"], in: fixture.repo, input: tag
      ).output.filter { !$0.isNewline }
      type = "tag"
    }
    try await git("update-ref", "refs/tags/deep", id, in: fixture.repo)
    for revision in ["deep", "deep~1", "deep^{commit}", "deep^{tree}", "deep^{/First}"] {
      let refused = try failure { () throws(Failure) in
        try GitRepository.open(fixture.repo).read(revision: revision, path: ".tinyforge.yml")
      }
      #expect(refused.message.contains("over 1000 tags"), "\(revision): \(refused.message)")
    }
  }
}

/// Copies of objects that git finds elsewhere.
@Suite(.ownTime, .hangLimit) struct ObjectPlacesTests {
  /// A crash may leave a broken file of an object that a pack holds whole.
  @Test(arguments: [0, 1, 7, 40])
  func aDamagedCopyOfWhatAPackHolds(_ size: Int) async throws {
    let fixture = try await Fixture.withHistory()
    let mirror = try await fixture.clone("mirror.git", "--mirror")
    try await git("repack", "-adq", in: mirror)
    for object in ["main", "main^{tree}", "main:.tinyforge.yml"] {
      let id = try await git("rev-parse", object, in: mirror)
      let file = "mirror.git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
      try fixture.scratch.write(file, [UInt8](repeating: 0x55, count: size))
      #expect(
        try GitRepository.open(mirror).read(revision: "main", path: ".tinyforge.yml").text
          == spec(1002))
      #expect(
        try GitRepository.openMirror(mirror).read(branch: "main", path: ".tinyforge.yml").text
          == spec(1002))
      try await mustRun("rm", [fixture.scratch.file(file)])
    }
  }

  /// Up to six deep, as git goes, by relative paths and with packs alone.
  @Test func alternatesOfAlternates() async throws {
    let fixture = try await Fixture.withHistory()
    let first = try await fixture.clone("a0.git", "--mirror")
    try await git("repack", "-adq", in: first)
    for number in 1...6 {
      let next = try await fixture.clone("a\(number).git", "--mirror")
      try await mustRun("sh", ["-c", "rm -rf objects/pack/* objects/[0-9a-f]*"], in: next)
      try fixture.scratch.write(
        "a\(number).git/objects/info/alternates", "../../a\(number - 1).git/objects\n")
      try await git("show", "main:.tinyforge.yml", in: next)
      for repository in [try GitRepository.open(next), try GitRepository.openMirror(next)] {
        #expect(
          try repository.read(branch: "main", path: ".tinyforge.yml").text == spec(1002),
          "\(number) deep")
      }
    }
  }
}
