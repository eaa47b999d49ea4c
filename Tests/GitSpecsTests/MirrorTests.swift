import GitSpecs
import TestSupport
import Testing
import TinyforgeCore

/// Mirrors, which are opened sooner than other repositories.
///
/// Plain settings are read by us, all others by libgit2.
@Suite(.ownTime, .hangLimit) struct MirrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var settings: String
  }

  private static let plain = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n"
  private static let unknown = "\trepositoryformatversion = 7\n"
  private static let fancy = "\trepositoryformatversion = 1\n[extensions]\n\tfancy = true\n"

  static let cases = [
    Case(testDescription: "init --bare", settings: plain + "\tfilemode = true\n"),
    Case(
      testDescription: "clone --mirror",
      settings: plain + """
        [remote "origin"]
        \turl = https://git.example.org/acme/shop
        \tfetch = +refs/*:refs/*
        \tmirror = true

        """),
    Case(testDescription: "no format", settings: "[core]\n\tbare = true\n"),
    Case(testDescription: "a work tree's", settings: "[core]\n\trepositoryformatversion = 0\n"),
    Case(testDescription: "format 1", settings: plain + "\trepositoryformatversion = 1\n"),
    Case(testDescription: "an unknown format", settings: plain + unknown),
    Case(testDescription: "an unknown extension", settings: plain + fancy),
    Case(testDescription: "in a section of its own", settings: plain + "[core]\n" + unknown),
    Case(testDescription: "in capitals", settings: plain + "[CORE]\n\tRepositoryFormatVersion=7\n"),
    Case(testDescription: "on one line", settings: plain + "[core] repositoryformatversion = 7\n"),
    Case(testDescription: "behind blanks", settings: plain + "  \t repositoryformatversion = 7\n"),
    Case(
      testDescription: "with a carriage return",
      settings: plain + "\trepositoryformatversion = 7\r\n"),
    Case(testDescription: "a subsection's", settings: plain + "[core \"x\"]\n" + unknown),
    Case(testDescription: "a remote's", settings: plain + "[remote \"origin\"]\n" + unknown),
    Case(
      testDescription: "a joined line's",
      settings: plain + "[remote \"origin\"]\n\turl = x\\\n[core]\n" + unknown),
    Case(testDescription: "a comment's", settings: plain + "#" + unknown + ";" + unknown),
    Case(testDescription: "included", settings: plain + "[include]\n\tpath = more\n"),
    Case(testDescription: "cut off", settings: plain + "[core"),
    Case(testDescription: "no settings", settings: ""),
    Case(
      testDescription: "long", settings: plain + String(repeating: "# more\n", count: 600) + unknown
    ),
  ]

  @Test(arguments: cases)
  func aMirrorIsReadWhereGitReadsIt(_ one: Case) async throws {
    let fixture = try await Fixture.withHistory()
    let mirror = try await fixture.clone("mirror.git", "--mirror")
    try fixture.scratch.write("mirror.git/more", "[core]\n\tbare = true\n")
    try fixture.scratch.write("mirror.git/config", one.settings)
    let shown = try await run("git", ["cat-file", "-p", "main:.tinyforge.yml"], in: mirror)
    do throws(Failure) {
      let repository = try GitRepository.openMirror(mirror)
      #expect(try repository.read(branch: "main", path: ".tinyforge.yml").text == shown.output)
      #expect(shown.status == 0, "\(shown.error)")
    } catch {
      #expect(shown.status != 0, "\(error)")
    }
  }

  /// git looks for a work tree's repository first.
  @Test func aRepositoryWithinAMirrorGoesFirst() async throws {
    let fixture = try await Fixture.withHistory()
    let mirror = try await fixture.clone("mirror.git", "--mirror")
    try await mustRun("mv", ["\(fixture.repo)/.git", "\(mirror)/.git"])
    try await git("branch", "within", "main~1", in: mirror)
    let snapshot = try GitRepository.openMirror(mirror).read(
      branch: "within", path: ".tinyforge.yml")
    #expect(snapshot.text == spec(1001))
  }

  /// What is neither in a file of its own nor anywhere else is told as it is of other repositories.
  @Test(arguments: ["main", "main^{tree}", "main:.tinyforge.yml"])
  func whatAMirrorLacksIsTold(_ revision: String) async throws {
    let fixture = try await Fixture.withHistory()
    let mirror = try await Layout.looseMirror.make(fixture)
    let id = try await git("rev-parse", revision, in: mirror)
    try await mustRun("rm", ["-f", "\(mirror)/objects/\(id.prefix(2))/\(id.dropFirst(2))"])
    func fault(_ open: (String) throws(Failure) -> GitRepository) throws -> Failure {
      try failure { () throws(Failure) in
        try open(mirror).read(branch: "main", path: ".tinyforge.yml")
      }
    }
    let told = try fault { (path) throws(Failure) in try GitRepository.openMirror(path) }
    let expected = try fault { (path) throws(Failure) in try GitRepository.open(path) }
    #expect(told.code == .repository)
    #expect(told.message == expected.message)
    #expect(told.remedy == expected.remedy)
  }
}
