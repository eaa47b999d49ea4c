import Glibc
import TestSupport
import Testing

/// Mirrors of another user, which git reads only where its settings say so.
///
/// The tools read a user's settings once a run, and only where a mirror is another user's.
@Suite(.ownTime, .hangLimit, .enabled(if: geteuid() == 0)) struct ForeignMirrorTests {
  /// What its own owner may not read is not another user's.
  @Test(arguments: [".git/config", ".git/objects/pack/*", ".git/packed-refs"])
  func unreadableFiles(_ file: String) async throws {
    let scratch = try Scratch()
    let script = """
      git init -qb main w; cd w; printf 'version: 1\n' >.tinyforge.yml; git add -A
      git -c user.name=a -c user.email=a@b commit -qm x; git gc -q; cd ..
      chown -R 65534:65534 w; chmod 755 .; chmod 0 w/\(file)
      HOME=/ setpriv --reuid 65534 --regid 65534 --clear-groups "$L" --rev main --repo w
      """
    let result = try await run(
      "sh", ["-c", script], in: scratch.path, environment: ["L": builtTool("lint-spec")])
    #expect(result.status == 2, "\(result)")
    #expect(!(result.output + result.error).contains("another user"), "\(result)")
    #expect(result.error.contains("permission denied"), "\(result)")
  }

  enum Settings: String, CaseIterable {
    case none, another, included, atXDG, any, folderOfMirrors, takenBack, unreadable,
      includedByGitFolder
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
    case .any: try world.scratch.write("home/.gitconfig", "[safe]\n\tdirectory = *\n")
    case .folderOfMirrors:
      try world.scratch.write("home/.gitconfig", "[safe]\n\tdirectory = \(world.mirrors)/*\n")
    case .takenBack:
      try world.scratch.write("home/.gitconfig", "[safe]\n\tdirectory = *\n\tdirectory =\n")
    case .unreadable:
      try world.scratch.write("home/.gitconfig/file", "a folder is not a file of settings")
    case .includedByGitFolder:
      try world.scratch.write("home/more", trusting)
      try world.scratch.write("home/.gitconfig", "[includeIf \"gitdir:/\"]\n\tpath = more\n")
    case .atXDG: try world.scratch.write("home/.config/git/config", trusting)
    }
    let environment = ["HOME": home, "XDG_CONFIG_HOME": "\(home)/.config"]
    let git = try await run("git", ["-C", mirror, "log", "-1"], environment: environment)
    let result = try await world.tool("drift", "--all", environment: environment)
    // As git reads it since 2.46.
    let isRead = git.status == 0 || settings == .folderOfMirrors
    #expect(result.status == (isRead ? 1 : 2), "\(result.output)\(result.error)")
    #expect(result.output.contains("belongs to another user") != isRead)
  }
}
