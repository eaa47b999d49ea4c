import GitSpecs
import Glibc
import TestSupport
import Testing
import TinyforgeCore

/// Git's configuration, read as `git config` reads it.
@Suite(.ownTime, .hangLimit) struct SettingsTests {
  /// Texts of files, of which git refuses some.
  static let texts = [
    "[a]\n\tb = c\n", "[a]b=c", "[a] b = c ; comment\n", "[a]\nb\n", "[a]\nb =\n", "[A]\nB = C\n",
    "[a \"X y\"]\n\tb = c\n", "[a \"q\\\"\\\\\\x\"]\n\tb = c\n", "[a.X]\n\tb = c\n",
    "\u{FEFF}[a]\nb=c\n",
    "[a]\r\n\tb = c\r\n", "[a]\n\tb = \"x # y\" z # w\n", "[a]\n\tb = x\\\n y\n",
    "[a]\n\tb = \\t\\n\\b\\\\\\\"\n",
    "[a]\n\tb = \\x\n", "[a]\n\tb = \"x\n", "[a\n", "[a]\n1b = c\n", "[a]\n\tb c\n",
    "[a \"x\n\"]\nb=c\n",
    "[a \"x\" ]\nb=c\n", "# c\n; d\n[a] # e\nb = c", "[a]\nb-2 = 3\n", "[a]\nb_2 = 3\n",
    "[]\nb = c\n",
    "b = c\n", "[a]\n\tb = c  \n\tb = d\t\n", "[a]\n\tb = \"  x  \"  \n", "[a]\nb = #\n",
    "[a]\nb = x;y\n",
    "[a][c]\nd = e\n[a]b = c\n", "[a]\nb = \"x\"\"y\" \"z\"\n",
  ]

  @Test(arguments: texts)
  func aFileIsReadAsGitReadsIt(_ text: String) async throws {
    let scratch = try Scratch()
    try await git("init", "-q", in: scratch.path)
    // The repository's own settings would be refused with it.
    try scratch.write("more", text)
    try scratch.write(".git/config", "[core]\n\tbare = false\n[include]\n\tpath = ../more\n")
    let repository = try GitRepository.open(scratch.path)
    let listed = try await run(
      "git", ["config", "--file", "more", "-z", "--list"], in: scratch.path)
    guard listed.status == 0 else {
      let refused = try failure { () throws(Failure) in try repository.settings(named: "a.b") }
      #expect(refused.message.contains("/more is malformed"), "\(refused.message)")
      return
    }
    var values: [String: [String]] = [:]
    for entry in listed.output.split(separator: "\0") {
      let parts = entry.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      values[String(parts[0]), default: []].append(parts.count > 1 ? String(parts[1]) : "")
    }
    for (name, wanted) in values {
      #expect(try repository.settings(named: name) == wanted, "\(name)")
    }
    if values["a.b"] == nil { #expect(try repository.settings(named: "a.b").isEmpty) }
  }

  /// Conditions of includes, with whether the working folder is reached through a link.
  static let conditions = [
    "gitdir:repo/", "gitdir:**/repo/.git", "gitdir:repo/.git", "gitdir:./repo/", "gitdir:./other/",
    "gitdir:~/repo/", "gitdir:~/", "gitdir:~/link/", "gitdir:/", "gitdir:REPO/", "gitdir/i:REPO/",
    "gitdir:re?o/", "gitdir:re[op]o/", "gitdir:**/r*/**", "gitdir:x", "onbranch:main",
    "onbranch:ma*",
    "onbranch:feature/", "onbranch:**", "hasconfig:remote.*.url:https://*.example.org/**",
    "hasconfig:remote.*.url:https://other/**", "nonsense:x", "gitdir",
  ]

  @Test(arguments: conditions)
  func aConditionHoldsWhereItDoesForGit(_ condition: String) async throws {
    let fixture = try await Fixture.withHistory()
    let home = fixture.scratch.path
    try await git(
      "remote", "add", "origin", "https://git.example.org/acme/shop", in: fixture.repo)
    try fixture.scratch.write("more", "[x]\n\ty = included\n")
    try fixture.scratch.write(
      ".gitconfig",
      "[x]\n\ty = first\n[includeIf \"\(condition)\"]\n\tpath = more\n[x]\n\ty = last\n")
    try await mustRun("ln", ["-s", "repo", fixture.scratch.file("link")])
    let wanted = try await run(
      "git", ["config", "--get-all", "x.y"], in: fixture.repo, environment: ["HOME": home])
    let lines = wanted.output.split(separator: "\n").map(String.init)
    let path = fixture.repo
    await #expect(processExitsWith: .success) {
      [path = path as String, home = home as String, lines = lines as [String]] in
      useHome(home)
      let values = try GitRepository.open(path).settings(named: "x.y")
      #expect(values == lines)
    }
  }

  /// An empty name means no file, as in git.
  @Test(arguments: ["GIT_CONFIG_GLOBAL", "XDG_CONFIG_HOME", "GIT_CONFIG_NOSYSTEM"])
  func anEmptyVariableIsReadAsGitReadsIt(_ name: String) async throws {
    let fixture = try await Fixture.withHistory()
    let home = fixture.scratch.path
    try fixture.scratch.write(".gitconfig", "[x]\n\ty = global\n")
    try fixture.scratch.write(".config/git/config", "[x]\n\ty = xdg\n")
    try fixture.scratch.write("system", "[x]\n\ty = system\n")
    let variables = ["HOME": home, "GIT_CONFIG_SYSTEM": fixture.scratch.file("system"), name: ""]
    let wanted = try await run(
      "env",
      [
        "-u", name == "GIT_CONFIG_NOSYSTEM" ? "X" : "GIT_CONFIG_NOSYSTEM", "git", "config",
        "--get-all", "x.y",
      ],
      in: fixture.repo, environment: variables)
    let lines = wanted.output.split(separator: "\n").map(String.init)
    let (path, system) = (fixture.repo, fixture.scratch.file("system"))
    await #expect(processExitsWith: .success) {
      [
        path = path as String, home = home as String, system = system as String,
        name = name as String, lines = lines as [String]
      ] in
      useHome(home)
      unsetenv("GIT_CONFIG_NOSYSTEM")
      setenv("GIT_CONFIG_SYSTEM", system, 1)
      setenv(name, "", 1)
      let values = try GitRepository.open(path).settings(named: "x.y")
      #expect(values == lines)
    }
  }

  @Test(arguments: ["other", "own"])
  func anIncludeThatLeadsBackIsRefused(_ target: String) async throws {
    let fixture = try await Fixture.withHistory()
    try fixture.write(".git/other", "[include]\n\tpath = \(target == "own" ? "other" : "config")\n")
    try await git("config", "include.path", "other", in: fixture.repo)
    let repository = try GitRepository.open(fixture.repo)
    let fault = try failure { () throws(Failure) in try repository.settings(named: "x.y") }
    #expect(fault.message.contains("over 10 deep"), "\(fault.message)")
    #expect(try await run("git", ["config", "x.y"], in: fixture.repo).status == 128)
  }
}
