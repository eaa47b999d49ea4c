import GitSpecs
import TestSupport
import Testing
import TinyforgeCore

/// Random files, paths and revisions, read by this adapter and by git itself.
@Suite(.ownTime, .hangLimit) struct PeerTests {
  /// Segments that a careless reader would split, fold, quote or decode.
  static let segments = [
    "a", "A", "deploy", "with space", "größe", "gro\u{308}ße", "line\nbreak", "tab\t", "q'uote",
    "\"d\"", "back\\slash", "-dash", "--", "*", "[x]", "🦊", "~", "^1", "@{0}", ":colon", "a:b",
    "%41", "?q", "#h", "…", "\u{301}mark", " lead", "trail ", ".hidden", "x.yml",
  ]

  private struct Commit {
    var id: String
    /// By the bytes of the path: Swift holds "ö" and "o" with a mark for equal, git does not.
    var files: [[UInt8]: [UInt8]]
  }

  private func path(_ generator: inout SystemRandomNumberGenerator) -> String {
    (0..<Int.random(in: 1...4, using: &generator))
      .map { _ in Self.segments.randomElement(using: &generator) ?? "a" }
      .joined(separator: "/")
  }

  private func content(_ generator: inout SystemRandomNumberGenerator) -> [UInt8] {
    let sizes = [0, 1, 40, 900, 4_095, 4_096, 20_000, 65_536]
    let size = sizes.randomElement(using: &generator) ?? 0
    return (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// Writes files and commits them; a path that collides with an earlier folder is left out.
  private func commits(_ fixture: Fixture, _ count: Int) async throws -> [Commit] {
    var generator = SystemRandomNumberGenerator()
    var files: [[UInt8]: [UInt8]] = [:]
    var commits: [Commit] = []
    for number in 0..<count {
      for _ in 0..<12 {
        let name = path(&generator)
        let bytes = content(&generator)
        if (try? fixture.scratch.write("repo/\(name)", bytes)) != nil {
          files[Array(name.utf8)] = bytes
        }
      }
      commits.append(Commit(id: try await fixture.commit("number \(number)"), files: files))
    }
    return commits
  }

  @Test(arguments: [false, true])
  func readsWhatCatFilePrints(_ packed: Bool) async throws {
    let fixture = try await Fixture()
    let commits = try await commits(fixture, 6)
    if packed { try await git("gc", "-q", "--aggressive", "--prune=now", in: fixture.repo) }
    let repository = try GitRepository.open(fixture.repo)
    var read = 0
    for commit in commits {
      for (key, bytes) in commit.files {
        let name = String(decoding: key, as: UTF8.self)
        let snapshot = try repository.read(revision: commit.id, path: name)
        #expect(snapshot.content == .file(bytes), "\(commit.id):\(name)")
        read += 1
      }
    }
    #expect(read > 100)
    try await compareWithGit(repository, fixture, commits)
  }

  /// Every path git lists is read with the id that git gives its content.
  private func compareWithGit(
    _ repository: GitRepository, _ fixture: Fixture, _ commits: [Commit]
  ) async throws {
    for commit in commits {
      let listing = try await git(
        "ls-tree", "-r", "-z", commit.id, in: fixture.repo)
      for line in listing.unicodeScalars.split(separator: "\0") {
        // "100644 blob ID", a tab, the path.
        let (id, name) = (String(line.dropFirst(12).prefix(40)), String(line.dropFirst(53)))
        let snapshot = try repository.read(revision: commit.id, path: name)
        guard case .file(let bytes) = snapshot.content else {
          Issue.record("\(commit.id):\(name) \(snapshot.content)")
          continue
        }
        let copy = try fixture.scratch.write("copy", bytes)
        let hash = try await mustRun("git", ["hash-object", "--no-filters", copy])
        #expect(hash == id, "\(commit.id):\(name)")
      }
    }
  }

  @Test func absentIsWhatGitDoesNotHave() async throws {
    let fixture = try await Fixture()
    let commits = try await commits(fixture, 2)
    let repository = try GitRepository.open(fixture.repo)
    let last = try #require(commits.last)
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      let name = path(&generator)
      let snapshot = try repository.read(revision: last.id, path: name)
      let isFolder = last.files.keys.contains { $0.starts(with: "\(name)/".utf8) }
      if let bytes = last.files[Array(name.utf8)] {
        #expect(snapshot.content == .file(bytes), "\(name)")
      } else if isFolder {
        #expect(snapshot.obstacle == .directory, "\(name)")
      } else {
        #expect(snapshot.absence != nil, "\(name)")
      }
    }
  }
}
