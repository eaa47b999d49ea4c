import GitSpecs
import SystemPackage
import TestSupport
import Testing
import TinyforgeCore

/// Commits and tags that old importers or other programs wrote: read where `git show` reads them.
@Suite(.ownTime, .hangLimit) struct OddObjectTests {
  /// Headers after the tree and the parents; `TREE` is the tree's id.
  static let commits = [
    "author A <a@x\n> 1334833756 -0700\ncommitter A <a@x\n> 1334833756 -0700\n\nx\n",
    "author A <a@x 1334833756 -0700\ncommitter A <a@x 1334833756 -0700\n\nx\n",
    "author A <a@x> never -0700\ncommitter A <a@x> never -0700\n\nx\n",
    "author A <a@x> 1334833756\ncommitter C <c@x> 1334833756\n\nx\n",
    "author A <a@x>\ncommitter C <c@x>\n\nx\n",
    "author A\ncommitter C\n\nx\n", "author \ncommitter \n\nx\n", "author\ncommitter\n\nx\n",
    "\nx\n", "x", "",
    "committer C <c@x> 1334833756 +0100\n\nx\n", "author A <a@x> 1334833756 +0100\n\nx\n",
    "committer C <c@x> 1334833757 +0100\nauthor A <a@x> 1334833756 +0100\n\nx\n",
    "author A <a@x> 1334833756 +0100\nauthor B <b@x> 1334833757 +0100\ncommitter C <c@x> 1334833758 +0100\n\nx\n",
    "author A <B <a@x>> 1334833756 +0100\ncommitter C <<c@x> 1334833756 +0100\n\nx\n",
    "author <a@x> 1334833756 +0100\ncommitter <c@x> 1334833756 +0100\n\nx\n",
    "author A <> 1334833756 +0100\ncommitter C <> 1334833756 +0100\n\nx\n",
    "author A <a@x>1334833756 +0100\ncommitter C <c@x>   1334833756   +0100\n\nx\n",
    "author A <a@x> 1334833756 +01000\ncommitter C <c@x> 1334833756 0100\n\nx\n",
    "author A <a@x> 99999999999999999999 +0100\ncommitter C <c@x> 99999999999999999999 +0100\n\nx\n",
    "author A <a@x> -5 +0100\ncommitter C <c@x> -5 +0100\n\nx\n",
    "author A <a@x> 1334833756 +0100\r\ncommitter C <c@x> 1334833756 +0100\r\n\nx\n",
    "author A <a@x> 1334833756 +0100\ncommitter C <c@x> 1334833756 +0100",
    "author A <a@x> 1334833756 +0100\ncommitter C <c@x> 1334833756 +0100\ngpgsig x\n y\nauthor Z <z@x> 1 +0000\n\nx\n",
    "encoding latin1\nauthor A <a@x\ncommitter C <c@x\n\nauthor M <m@x> 5 +0000\n",
    "author Größe <a@x> 1334833756 +0100\ncommitter Ö <c@x> 1334833756 -1200\n\nx\n",
    "parent nonsense\nauthor A <a@x> 1334833756 +0100\ncommitter C <c@x> 1334833756 +0100\n\nx\n",
  ]

  private static func make(
    _ type: String, _ text: String, _ reference: String, _ fixture: Fixture
  ) async throws -> String {
    let id = try await run(
      "git", ["hash-object", "-t", type, "-w", "--stdin", "--literally"], in: fixture.repo,
      input: text
    ).output.filter { !$0.isNewline }
    try fixture.write(".git/\(reference)", "\(id)\n")
    return id
  }

  @Test(arguments: ["tree TREE", "tree TREEx\nauthor A <a@x> 1 +0000\n", "tree TREE\r\n\nx\n"])
  func aFirstLineThatDoesNotEnd(_ text: String) async throws {
    let fixture = try await Fixture.withHistory()
    let tree = try await git("rev-parse", "main^{tree}", in: fixture.repo)
    _ = try await Self.make("commit", text.replacing("TREE", with: tree), "refs/heads/odd", fixture)
    let shown = try await git("show", "odd:.tinyforge.yml", in: fixture.repo)
    let read = try GitRepository.open(fixture.repo).read(branch: "odd", path: ".tinyforge.yml")
    #expect(read.text == shown + "\n")
  }

  @Test(arguments: commits, [false, true])
  func aCommitIsReadWhereGitShowsIt(_ header: String, _ isPacked: Bool) async throws {
    let fixture = try await Fixture.withHistory()
    let tree = try await git("rev-parse", "main^{tree}", in: fixture.repo)
    let parent = try await git("rev-parse", "main", in: fixture.repo)
    let id = try await Self.make(
      "commit", "tree \(tree)\nparent \(parent)\n\(header)", "refs/heads/odd", fixture)
    if isPacked, try await run("git", ["repack", "-adq"], in: fixture.repo).status != 0 { return }
    for revision in ["odd", id, String(id.prefix(12)), "odd~1", "odd^{commit}", "refs/heads/odd"] {
      let shown = try await run("git", ["show", "\(revision):.tinyforge.yml"], in: fixture.repo)
      do throws(Failure) {
        let read = try GitRepository.open(fixture.repo).read(
          revision: revision, path: ".tinyforge.yml")
        #expect(read.text == spec(1002))
        // Git asks for parents here, and has none of malformed ones.
        if shown.status != 0 { #expect(["odd~1", "odd^{commit}"].contains(revision)) }
      } catch {
        #expect(shown.status != 0, "\(revision): \(error)")
      }
    }
    guard let read = try? GitRepository.openMirror(fixture.repo).read(branch: "odd", path: "x")
    else { return }
    let log = try await run(
      "git", ["log", "-1", "--format=%an%x00%at%x00%ct%x00%s", "odd"], in: fixture.repo)
    guard log.status == 0 else { return }
    let parts = log.output.dropLast().split(separator: "\0", omittingEmptySubsequences: false).map(
      String.init)
    #expect(read.commit?.committedAt == UTCTime.rfc3339(Int64(parts[2]) ?? 0))
    #expect(read.commit?.subject == parts[3])
  }

  static let tags = [
    "", "\nx\n", "tagger A <a@x> 1334833756 +0100\n\nx\n", "tagger A <a@x\n> 1 +0000\n\nx\n",
    "tagger\n\nx\n",
    "tagger A <a@x> never\n", "x", "tagger A <a@x> 1334833756 +0100",
  ]

  @Test(arguments: tags)
  func aTagIsFollowedWhereGitFollowsIt(_ rest: String) async throws {
    let fixture = try await Fixture.withHistory()
    let commit = try await git("rev-parse", "main", in: fixture.repo)
    let id = try await Self.make(
      "tag", "object \(commit)\ntype commit\ntag odd\n\(rest)", "refs/tags/odd", fixture)
    for revision in ["odd", id, "odd^{commit}", "odd~1", "odd^{}"] {
      let shown = try await run("git", ["show", "\(revision):.tinyforge.yml"], in: fixture.repo)
      let read = try? GitRepository.open(fixture.repo).read(
        revision: revision, path: ".tinyforge.yml")
      #expect(read?.text == (shown.status == 0 ? shown.output : nil), "\(revision)")
    }
  }

  /// A walk that ended at an odd commit would take its ancestors for known.
  @Test func aPushOfOddCommitsIsChecked() async throws {
    let fixture = try await Fixture.withHistory()
    try fixture.write(".tinyforge.yml", "version: 2\n")
    let bad = try await fixture.commit("bad")
    let tree = try await git("rev-parse", "\(bad)^{tree}", in: fixture.repo)
    let id = try await Self.make(
      "commit", "tree \(tree)\nparent \(bad)\nauthor A\ncommitter C\n\nx\n", "odd", fixture)
    let repository = try GitRepository.open(fixture.repo)
    let pushed = try repository.commits(pushed: [id], besides: "refs/tags/*")
    let changes = try repository.changes(to: id, from: nil, pushed) { $0 == ".tinyforge.yml" }
    #expect(changes.map(\.path.string) == [".tinyforge.yml"])
  }

  /// Bytes that are nobody's commit.
  @Test(arguments: 0..<60)
  func anyBytesAreHandled(_ seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let fixture = try await Fixture.withHistory()
    let tree = try await git("rev-parse", "main^{tree}", in: fixture.repo)
    var text = "tree \(tree)\n"
    let pieces = [
      "author ", "committer ", "\n", "\n", "A", "<", ">", " ", "1334833756", "+0100", "parent ",
      tree, "-", "0",
    ]
    for _ in 0..<Int.random(in: 0...25, using: &generator) {
      text += pieces.randomElement(using: &generator) ?? ""
    }
    _ = try await Self.make("commit", text, "refs/heads/odd", fixture)
    let shown = try await run("git", ["show", "odd:.tinyforge.yml"], in: fixture.repo)
    let read = try? GitRepository.open(fixture.repo).read(branch: "odd", path: ".tinyforge.yml")
    #expect(read?.text == (shown.status == 0 ? shown.output : nil), "\(text)")
  }
}
