import Glibc
import TestSupport
import Testing

/// Mirrors of another user, which git reads only where its settings say so.
///
/// The tools leave a user's settings unread where they name no `safe.directory`.
@Suite(.enabled(if: geteuid() == 0)) struct ForeignMirrorTests {
  enum Settings: String, CaseIterable {
    case none, another, included, atXDG
  }

  @Test(arguments: Settings.allCases)
  func areReadWhereGitReadsThem(_ settings: Settings) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let mirror = "\(world.mirrors)/acme/shop.git"
    try await mustRun("chown", ["-R", "65534:65534", mirror])
    let home = try world.scratch.folder("home")
    let trusting = "[safe]\n\tdirectory = \(mirror)\n"
    switch settings {
    case .none: try world.scratch.write("home/.gitconfig", "[core]\n\tbare = false\n")
    case .another: try world.scratch.write("home/.gitconfig", "[safe]\n\tdirectory = /other\n")
    case .included:
      try world.scratch.write("home/more", trusting)
      try world.scratch.write("home/.gitconfig", "[include]\n\tpath = more\n")
    case .atXDG: try world.scratch.write("home/.config/git/config", trusting)
    }
    let environment = ["HOME": home, "XDG_CONFIG_HOME": "\(home)/.config"]
    let git = try await run("git", ["-C", mirror, "log", "-1"], environment: environment)
    let result = try await world.tool("drift", "--all", environment: environment)
    #expect(result.status == (git.status == 0 ? 1 : 2), "\(result.output)\(result.error)")
    #expect(result.output.contains("belongs to another user") == (git.status != 0))
  }

  /// `~/` in a repository's own settings is the home folder, whatever is left unread there.
  @Test func settingsMayIncludeThoseOfTheHomeFolder() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let mirror = "\(world.mirrors)/acme/shop.git"
    let home = try world.scratch.folder("home")
    try world.scratch.write("home/more", "[core]\n\tbare = true\n[extensions]\n\tfancy = true\n")
    try await git("config", "--unset", "core.bare", in: mirror)
    try await git("config", "core.repositoryformatversion", "1", in: mirror)
    try await git("config", "include.path", "~/more", in: mirror)
    let result = try await world.tool("drift", "--all", environment: ["HOME": home])
    #expect(result.output.contains("\(mirror) uses extensions.fancy"), "\(result.output)")
    try world.scratch.write("home/more", "[core]\n\tbare = true\n")
    let told = try await world.tool(
      "drift", "--all", "--format", "json", environment: ["HOME": home])
    #expect(told.output.contains(#""repository": "\#(mirror)""#), "\(told.output)")
  }
}
