import GitSpecs
import TestSupport
import Testing

@Suite(.ownTime, .hangLimit) struct MirrorSetTests {
  /// A folder that looks like a bare repository.
  private func bare(_ scratch: Scratch, _ name: String) throws {
    try scratch.write("\(name)/HEAD", "ref: refs/heads/main\n")
    try scratch.folder("\(name)/objects")
  }

  @Test(arguments: [
    "git.example.org/Acme/Shop.git", "Acme/Shop.git", "git.example.org/acme/shop.git",
    "acme/shop.git", "git.example.org/Acme/Shop", "Acme/Shop", "git.example.org/acme/shop",
    "acme/shop",
  ])
  func findsEveryLayout(_ layout: String) throws {
    let scratch = try Scratch()
    try bare(scratch, layout)
    let mirrors = MirrorSet(folders: ["/nonexistent", scratch.path + "/"])
    for name in ["Shop", "Shop.git"] {
      let lookup = mirrors.find(host: "git.example.org", owner: "Acme", name: name)
      #expect(lookup.found == scratch.file(layout))
      #expect(lookup.tried.last == lookup.found)
      #expect(lookup.tried.first == "/nonexistent/git.example.org/Acme/Shop.git")
    }
  }

  @Test func triesInOrder() {
    let lookup = MirrorSet(folders: ["/m"]).find(host: "H.org", owner: "Own", name: "Repo")
    #expect(lookup.found == nil)
    #expect(
      lookup.tried == [
        "/m/H.org/Own/Repo.git", "/m/Own/Repo.git", "/m/h.org/own/repo.git", "/m/own/repo.git",
        "/m/H.org/Own/Repo", "/m/Own/Repo", "/m/h.org/own/repo", "/m/own/repo",
      ])
    #expect(
      MirrorSet(folders: ["/"]).find(host: nil, owner: "a", name: "b").tried == [
        "/a/b.git", "/a/b",
      ])
  }

  @Test func theFirstFolderWins() throws {
    let scratch = try Scratch()
    try bare(scratch, "one/a/b")
    try bare(scratch, "two/a/b.git")
    let mirrors = MirrorSet(folders: [scratch.file("one"), scratch.file("two")])
    #expect(mirrors.find(host: nil, owner: "a", name: "b").found == scratch.file("one/a/b"))
  }

  @Test func aGroupHasSeveralSegments() async throws {
    let fixture = try await Fixture.withHistory()
    let mirrors = fixture.scratch.file("mirrors")
    try fixture.scratch.folder("mirrors/gitlab.com/group/sub")
    _ = try await fixture.clone("mirrors/gitlab.com/group/sub/app.git", "--mirror")
    let lookup = MirrorSet(folders: [mirrors]).find(
      host: "gitlab.com", owner: "group/sub", name: "app")
    let found = try #require(lookup.found)
    #expect(try GitRepository.open(found).read(branch: "main", path: ".tinyforge.yml").text != nil)
  }

  @Test func aFolderAloneIsNoRepository() throws {
    let scratch = try Scratch()
    try scratch.folder("a/b.git")
    try bare(scratch, "a/b")
    let found = MirrorSet(folders: [scratch.path]).find(host: nil, owner: "a", name: "b").found
    #expect(found == scratch.file("a/b"))
  }

  static let hostile = [
    "", ".", "..", "a\0b", "a\\b", "-x", "--upload-pack=x", "a\nb", "\u{7F}", ".git", ".GIT",
    "/etc", "../..", "a//b", "a/", "./a", "a/../b",
  ]

  @Test(arguments: hostile)
  func hostileSegmentsFindNothing(_ segment: String) throws {
    let scratch = try Scratch()
    try bare(scratch, "mirrors/a/b.git")
    try bare(scratch, "b.git")
    try bare(scratch, "mirrors/b.git")
    let mirrors = MirrorSet(folders: [scratch.file("mirrors"), ""])
    let lookups = [
      mirrors.find(host: nil, owner: segment, name: "b"),
      mirrors.find(host: nil, owner: "a/\(segment)", name: "b"),
      mirrors.find(host: nil, owner: "a", name: segment),
      mirrors.find(host: segment, owner: "a", name: "b"),
    ]
    for lookup in lookups { #expect(lookup == MirrorLookup(found: nil, tried: [])) }
  }

  @Test func aSlashWithAMarkIsStillASlash() {
    let lookup = MirrorSet(folders: ["/m"]).find(host: nil, owner: "a", name: "x/\u{301}..")
    #expect(lookup.tried.isEmpty)
  }
}
