import GitSpecs
import Glibc
import SystemPackage
import TestSupport
import Testing
import TinyforgeCore

@Suite(.ownTime, .hangLimit) struct FailureTests {
  @Test func whatIsNoRepositoryIsNotFound() async throws {
    let scratch = try Scratch()
    let file = try scratch.write("file", "x")
    let cases = [
      (scratch.path, "there is no git repository at \(scratch.path)"),
      (scratch.file("none"), "there is no folder \(scratch.file("none"))"),
      (file, "there is no git repository at \(file)"),
    ]
    for (path, message) in cases {
      for fault in [
        try failure { () throws(Failure) in try GitRepository.open(path) },
        try failure { () throws(Failure) in try GitRepository.discover(above: FilePath(path)) },
      ] {
        #expect(fault.code == .notFound)
        #expect(fault.message == message)
        #expect(fault.remedy?.text.contains(path) == true)
      }
    }
    for path in ["", "a\0b"] {
      let fault = try failure { () throws(Failure) in try GitRepository.open(path) }
      #expect(fault.code == .usage)
    }
  }

  static let unknown: [(String, Failure.Code)] = [
    ("none", .notFound), ("1234567", .notFound),
    ("1234567890123456789012345678901234567890", .notFound),
    ("origin/none", .notFound), (":/no such subject", .notFound), ("main~99", .notFound),
    ("main:.tinyforge.yml", .usage), ("main^{tree}", .usage), ("", .usage), ("a\0b", .usage),
    ("..", .usage), ("a..b", .usage), ("--all", .notFound), ("-x\n", .usage), ("é~^:", .notFound),
    ("main^{/", .usage), ("main@{999}", .notFound),
    // Git allows names that a terminal shows in another order, or as nothing.
    ("ma\u{202E}in", .notFound), ("main\u{200B}", .notFound), ("\u{FEFF}main~1", .notFound),
  ]

  @Test(arguments: unknown)
  func anUnknownRevisionIsTold(_ revision: String, _ code: Failure.Code) async throws {
    let fixture = try await Fixture.withHistory()
    let repository = try GitRepository.open(fixture.repo)
    let fault = try failure { () throws(Failure) in
      try repository.read(revision: revision, path: ".tinyforge.yml")
    }
    #expect(fault.code == code, "\(fault)")
    #expect(fault.remedy?.text.hasPrefix("git -C \(fixture.repo) ") == true, "\(fault)")
    #expect(fault.sentence == fault.sentence.shownSafely)
  }

  @Test(arguments: [
    "none", "", "a\0b", "../main", "-x", "a..b", "refs/heads/main", "main/x", "ma\u{202E}in",
    "main\u{200B}",
  ])
  func aMissingBranchIsNotFound(_ branch: String) async throws {
    let fixture = try await Fixture.withHistory()
    let repository = try GitRepository.open(fixture.repo)
    let fault = try failure { () throws(Failure) in
      try repository.read(branch: branch, path: ".tinyforge.yml")
    }
    #expect(fault.code == .notFound)
    #expect(fault.remedy == "git -C \(fixture.repo) fetch")
    #expect(fault.message == fault.message.shownSafely)
  }

  @Test func anAbbreviationMayFitSeveral() async throws {
    let fixture = try await Fixture.withHistory()
    // Blobs until two of them share their first four digits with each other.
    var seen: [String: Int] = [:]
    let input = (0..<2_000).map { "blob\nmark :\($0 + 1)\ndata \(String($0).utf8.count)\n\($0)\n" }
    try await mustRun("git", ["fast-import", "--quiet"], in: fixture.repo, input: input.joined())
    let all = try await git(
      "cat-file", "--batch-check=%(objectname)", "--batch-all-objects", in: fixture.repo)
    for line in all.split(separator: "\n") { seen[String(line.prefix(4)), default: 0] += 1 }
    let prefix = try #require(seen.first { $0.value > 1 }?.key)
    let repository = try GitRepository.open(fixture.repo)
    let fault = try failure { () throws(Failure) in
      try repository.read(revision: prefix, path: "x")
    }
    #expect(fault.code == .usage)
    #expect(fault.message.contains("fits several objects"))
  }

  static let extensions: [(String, String, String)] = [
    ("objectFormat", "sha256", "names its objects by SHA-256 (extensions.objectformat)"),
    ("refStorage", "reftable", "keeps its references as a reftable (extensions.refstorage)"),
    ("fancy", "true", "uses extensions.fancy"),
  ]

  @Test(arguments: extensions)
  func anUnknownExtensionIsNamed(_ name: String, _ value: String, _ words: String) async throws {
    let fixture = try await Fixture.withHistory()
    let mirror = try await Layout.mirror.make(fixture)
    try await mustRun(
      "git", ["config", "-f", "\(mirror)/config", "core.repositoryformatversion", "1"])
    try await mustRun("git", ["config", "-f", "\(mirror)/config", "extensions.\(name)", value])
    let fault = try failure { () throws(Failure) in try GitRepository.open(mirror) }
    #expect(fault.code == .repository)
    #expect(
      fault.message
        == "the repository \(mirror) \(words), which libgit2 \(LibGit2.version) does not know")
    #expect(
      fault.remedy?.text.hasPrefix("git ") == true && fault.remedy?.text.contains(mirror) == true)
  }

  @Test func aRepositoryOfGitsOwnWithSHA256IsNamed() async throws {
    let scratch = try Scratch()
    try await git("init", "-q", "--object-format=sha256", in: scratch.path)
    let fault = try failure { () throws(Failure) in try GitRepository.open(scratch.path) }
    #expect(fault.message.contains("SHA-256"))
  }

  @Test(arguments: [
    "partialClone", "preciousObjects", "relativeWorktrees", "worktreeConfig", "noop",
  ])
  func aHarmlessExtensionIsNoObstacle(_ name: String) async throws {
    let fixture = try await Fixture.withHistory()
    try await git("config", "core.repositoryformatversion", "1", in: fixture.repo)
    try await git("config", "extensions.\(name)", "origin", in: fixture.repo)
    let snapshot = try GitRepository.open(fixture.repo).read(revision: nil, path: ".tinyforge.yml")
    #expect(snapshot.text == spec(1002))
  }

  /// What says only that everything is as usual.
  @Test(arguments: [("objectFormat", "sha1"), ("refStorage", "files")])
  func theUsualFormatMayBeNamed(_ name: String, _ value: String) async throws {
    let fixture = try await Fixture.withHistory()
    try await git("config", "core.repositoryformatversion", "1", in: fixture.repo)
    try await git("config", "extensions.\(name)", value, in: fixture.repo)
    let snapshot = try GitRepository.open(fixture.repo).read(revision: nil, path: ".tinyforge.yml")
    #expect(snapshot.text == spec(1002))
  }

  @Test func aFormatOfTheFutureIsTold() async throws {
    let fixture = try await Fixture.withHistory()
    try await git("config", "core.repositoryformatversion", "7", in: fixture.repo)
    let fault = try failure { () throws(Failure) in try GitRepository.open(fixture.repo) }
    #expect(fault.code == .repository)
    #expect(fault.message.contains("has a format that libgit2 \(LibGit2.version) does not know"))
  }

  @Test func aBrokenConfigurationIsTold() async throws {
    let fixture = try await Fixture.withHistory()
    try fixture.write(".git/config", "[core\n")
    let fault = try failure { () throws(Failure) in try GitRepository.open(fixture.repo) }
    #expect(fault.code == .repository)
    let file = "\(fixture.repo)/.git/config"
    #expect(fault.message == "line 2 of the git configuration \(file) is malformed")
  }
}

/// Damage within a repository that opens.
@Suite(.ownTime, .hangLimit) struct DamageTests {
  private func read(_ path: String) throws -> Failure {
    let repository = try GitRepository.open(path)
    return try failure { () throws(Failure) in
      try repository.read(revision: nil, path: ".tinyforge.yml")
    }
  }

  /// The file of a loose object.
  private func loose(_ fixture: Fixture, _ revision: String) async throws -> String {
    let id = try await git("rev-parse", revision, in: fixture.repo)
    return ".git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
  }

  @Test func aCorruptHeadIsTold() async throws {
    let fixture = try await Fixture.withHistory()
    try fixture.write(".git/HEAD", "garbage\n")
    let fault = try read(fixture.repo)
    #expect(fault.code == .repository)
    #expect(fault.remedy == "git -C \(fixture.repo) fsck")
  }

  @Test(arguments: ["main", "main^{tree}", "main:.tinyforge.yml"])
  func aCorruptObjectIsTold(_ revision: String) async throws {
    let fixture = try await Fixture.withHistory()
    let object = try await loose(fixture, revision)
    try await mustRun("chmod", ["-R", "u+w", fixture.repo])
    let whole = try readFile("\(fixture.repo)/\(object)")
    var flipped = whole
    flipped[whole.count / 2] ^= 0x55
    for bytes in [[], Array(whole.prefix(5)), flipped, Array("garbage".utf8)] {
      try fixture.scratch.write("repo/\(object)", bytes)
      let fault = try read(fixture.repo)
      #expect(fault.code == .repository, "\(fault)")
      #expect(fault.remedy?.text.hasPrefix("git -C \(fixture.repo) fsck") == true, "\(fault)")
    }
  }

  @Test func anotherObjectsBytesAreNoticed() async throws {
    let fixture = try await Fixture.withHistory()
    let (mine, other) = (
      try await loose(fixture, "main:.tinyforge.yml"),
      try await loose(fixture, "main~1:.tinyforge.yml")
    )
    try await mustRun("chmod", ["-R", "u+w", fixture.repo])
    try fixture.scratch.write("repo/\(mine)", try readFile("\(fixture.repo)/\(other)"))
    #expect(try read(fixture.repo).message.contains("object hash mismatch"))
  }

  @Test(arguments: ["main", "main^{tree}", "main:.tinyforge.yml"])
  func aMissingObjectIsTold(_ revision: String) async throws {
    let fixture = try await Fixture.withHistory()
    let object = try await loose(fixture, revision)
    try await mustRun("rm", ["-f", "\(fixture.repo)/\(object)"])
    let repository = try GitRepository.open(fixture.repo)
    for fault in [
      try failure { () throws(Failure) in
        try repository.read(revision: "main", path: ".tinyforge.yml")
      },
      try failure { () throws(Failure) in
        try repository.read(branch: "main", path: ".tinyforge.yml")
      },
      try failure { () throws(Failure) in try repository.read(branch: nil, path: ".tinyforge.yml")
      },
    ] {
      #expect(fault.code == .repository)
      #expect(fault.message.contains("object not found"))
      #expect(fault.remedy?.text.hasSuffix("git -C \(fixture.repo) fetch") == true)
    }
  }

  @Test func aPartialCloneSaysHowToGetTheRest() async throws {
    let fixture = try await Fixture.withHistory()
    try await git("config", "uploadpack.allowFilter", "true", in: fixture.repo)
    let partial = try await fixture.clone("partial", "--filter=blob:none", "--no-checkout")
    let fault = try read(partial)
    #expect(fault.code == .repository)
    let remedy = try #require(fault.remedy?.text)
    #expect(remedy == "git -C \(partial) fetch --refetch --no-filter")
    try await mustRun("sh", ["-c", remedy])
    let snapshot = try GitRepository.open(partial).read(revision: nil, path: ".tinyforge.yml")
    #expect(snapshot.text == spec(1002))
  }

  @Test func aBrokenReferenceIsTold() async throws {
    let fixture = try await Fixture.withHistory()
    try fixture.write(".git/refs/heads/main", "not an id\n")
    let repository = try GitRepository.open(fixture.repo)
    for fault in [
      try read(fixture.repo),
      try failure { () throws(Failure) in try repository.read(branch: "main", path: "x") },
    ] {
      #expect(fault.code == .repository)
      #expect(fault.remedy == "git -C \(fixture.repo) fsck")
    }
  }
}
