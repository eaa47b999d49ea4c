import GitSpecs
import TestSupport
import Testing
import TinyforgeCore

/// Branches that stand in `packed-refs`, as git itself finds them.
@Suite(.ownTime, .hangLimit) struct PackedReferenceTests {
  /// What a repository looks like when its branches are read; each starts from packed ones.
  enum Form: String, CaseIterable {
    case packed, packedAnew, movedSince, deletedSince, besideThousands, inTheWayOfAFolder, worktree
  }

  @Test(arguments: Form.allCases)
  func areWhatGitFinds(_ form: Form) async throws {
    let fixture = try await Fixture.withHistory()
    var place = fixture.repo
    for name in ["main-2", "mai", "x/main", "heads/main", "größe"] {
      try await git("branch", name, "main~1", in: place)
    }
    try await git("pack-refs", "--all", in: place)
    switch form {
    case .packed: break
    case .packedAnew:
      try await git("commit", "-q", "--allow-empty", "-m", "Third", in: place)
      try await git("pack-refs", "--all", in: place)
    case .movedSince: try await git("update-ref", "refs/heads/mai", "main", in: place)
    case .deletedSince: try await git("branch", "-q", "-D", "mai", in: place)
    case .besideThousands:
      let id = try await git("rev-parse", "main", in: place)
      let input = (0..<3_000).map { "create refs/heads/branch-\($0) \(id)\n" }.joined()
      try await mustRun("git", ["update-ref", "--stdin"], in: place, input: input)
      try await git("pack-refs", "--all", in: place)
    case .inTheWayOfAFolder: try fixture.scratch.folder("repo/.git/refs/heads/mai")
    case .worktree:
      place = fixture.scratch.file("tree")
      try await git("worktree", "add", "-q", place, "mai", in: fixture.repo)
    }
    let repository = try GitRepository.open(place)
    let names = [
      "main", "main-2", "mai", "x/main", "heads/main", "größe", "feature/x", "ma", "x", "n",
      "../tags/light", "../../HEAD", "./main", "x//main", "main/",
    ]
    for name in names {
      let wanted = try await run(
        "git", ["rev-parse", "--verify", "--quiet", "refs/heads/\(name)"], in: place)
      let found: String?
      do throws(Failure) {
        found = try repository.read(branch: name, path: ".tinyforge.yml").commit?.id
      } catch {
        #expect(error.code == .notFound, "\(error)")
        found = nil
      }
      #expect(found == (wanted.status == 0 ? String(wanted.output.prefix(40)) : nil), "\(name)")
    }
  }

  /// An open repository finds what git has packed since it looked first.
  @Test func areFoundWhereTheyArePackedAnew() async throws {
    let fixture = try await Fixture.withHistory()
    let place = fixture.repo
    try await git("branch", "moving", "main~1", in: place)
    try await git("pack-refs", "--all", in: place)
    let repository = try GitRepository.open(place)
    func commit() throws(Failure) -> String? {
      try repository.read(branch: "moving", path: ".tinyforge.yml").commit?.id
    }
    #expect(try await git("rev-parse", "main~1", in: place) == commit())
    #expect(try await git("rev-parse", "main~1", in: place) == commit())
    try await git("update-ref", "refs/heads/moving", "main", in: place)
    try await git("pack-refs", "--all", in: place)
    #expect(try await git("rev-parse", "main", in: place) == commit())
    try await git("branch", "-q", "-D", "moving", in: place)
    #expect(throws: Failure.self) { try commit() }
  }
}
