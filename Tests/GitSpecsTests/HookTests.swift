import SystemPackage
import GitSpecs
import TestSupport
import Testing

/// Hooks see an index and objects that stand beside the repository's own.
@Suite(.ownTime, .hangLimit) struct HookTests {
  @Test func readsTheIndexOfACommitOfAll() async throws {
    let fixture = try await Fixture.withHistory()
    let hook = """
      #!/bin/sh
      printf %s "$GIT_INDEX_FILE" > "\(fixture.scratch.path)/name"
      cp "$GIT_INDEX_FILE" "\(fixture.scratch.path)/index"
      """
    try fixture.write(".git/hooks/pre-commit", hook)
    try await mustRun("chmod", ["+x", "\(fixture.repo)/.git/hooks/pre-commit"])
    try fixture.write(".tinyforge.yml", spec(8001))
    try await git("commit", "-q", "-m", "all", "-a", in: fixture.repo)
    let kept = fixture.scratch.file("index")
    let environment = GitEnvironment { $0 == "GIT_INDEX_FILE" ? FilePath(kept) : nil }
    // The repository's own index is one commit further by now.
    try fixture.write(".tinyforge.yml", spec(8002))
    try await git("add", "-A", in: fixture.repo)
    let repository = try GitRepository.open(fixture.repo, environment: environment)
    #expect(try repository.index().read(path: ".tinyforge.yml").text == spec(8001))
  }

  @Test func readsObjectsInQuarantine() async throws {
    let fixture = try await Fixture.withHistory()
    let mirror = try await Layout.mirror.make(fixture)
    let hook = """
      #!/bin/sh
      read old new ref
      printf '%s' "$new" > "\(fixture.scratch.path)/new"
      cp -r "$GIT_OBJECT_DIRECTORY" "\(fixture.scratch.path)/quarantine"
      exit 1
      """
    try fixture.scratch.write("mirror.git/hooks/pre-receive", hook)
    try await mustRun("chmod", ["+x", "\(mirror)/hooks/pre-receive"])
    try fixture.write(".tinyforge.yml", spec(8003))
    try await fixture.commit("pushed and refused")
    _ = try await run("git", ["push", "-q", mirror, "main"], in: fixture.repo)
    let new = String(decoding: try readFile(fixture.scratch.file("new")), as: UTF8.self)
    let variables = [
      "GIT_OBJECT_DIRECTORY": fixture.scratch.file("quarantine"),
      "GIT_ALTERNATE_OBJECT_DIRECTORIES": "\(mirror)/objects",
    ]
    let environment = GitEnvironment { variables[$0].map { FilePath($0) } }
    let hooked = try GitRepository.open(mirror, environment: environment)
    #expect(try hooked.read(revision: new, path: ".tinyforge.yml").text == spec(8003))
    #expect(throws: (any Error).self) {
      try GitRepository.open(mirror).read(revision: new, path: ".tinyforge.yml")
    }
  }

  @Test func anEmptyEnvironmentChangesNothing() {
    #expect(GitEnvironment { _ in nil } == GitEnvironment())
    #expect(GitEnvironment { _ in "" } == GitEnvironment())
  }
}
