import GitSpecs
import TestSupport
import Testing

@Suite(.ownTime, .hangLimit) struct ThreadTests {
  @Test func everyTaskReadsItsOwn() async throws {
    let fixture = try await Fixture.withHistory()
    let mirror = try await Layout.mirror.make(fixture)
    try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<100 {
        group.addTask {
          try GitRepository.open(mirror).read(branch: "feature/x", path: ".tinyforge.yml").text
        }
      }
      for try await text in group { #expect(text == spec(1003)) }
    }
  }

  @Test func versionIsTheLibrarys() async throws {
    #expect(LibGit2.version == (try await mustRun("pkg-config", ["--modversion", "libgit2"])))
  }
}
