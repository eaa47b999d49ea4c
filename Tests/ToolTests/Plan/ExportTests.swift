import DriftTracking
import Glibc
import Reporting
import TestSupport
import Testing
import TinyforgeCore

/// `plan export`, with real repositories and a real database.
@Suite(.ownTime, .hangLimit) struct ExportTests {
  private static let live = #""port":3000,"healthcheck":"/up","deploy_strategy":"blue-green""#

  /// Two commands and a commit take a workload under GitOps that was only ever edited in the panel.
  @Test func aWorkloadIsTakenUnderGitOps() async throws {
    let world = try await World(spec: nil)
    try await world.addWorkload("w1", name: "shop", config: World.config(Self.live), enabled: false)
    let script = """
      set -e
      "$PLAN" export shop > .tinyforge.yml
      git -c user.name=a -c user.email=a@example.org add .tinyforge.yml
      git -c user.name=a -c user.email=a@example.org commit -qm 'Describe the deploy'
      git push -q --mirror "$MIRROR"
      "$APPLY" enable shop
      """
    try await mustRun(
      "bash", ["-c", script], in: world.repository,
      environment: [
        "PLAN": builtTool("plan"), "APPLY": builtTool("apply"), "TINYFORGE_DB": world.database,
        "MIRROR": "\(world.mirrors)/acme/shop.git",
      ])
    let lint = try await run(
      builtTool("lint-spec"), ["--source", "dockerfile"], in: world.repository)
    #expect(lint.status == 0 && lint.output.isEmpty, "\(lint)")
    let drift = try await world.tool("drift", "--workload", "shop", "--format", "json")
    #expect(drift.status == 0, "\(drift)")
    let report = try DriftReport(json: Array(drift.output.utf8), name: "drift")
    #expect(report.workloads.map(\.managedFields) == [["port", "healthcheck", "deploy_strategy"]])
    let plan = try await world.tool("plan", "shop")
    #expect(plan.status == 0, "\(plan)")
  }

  @Test func whatIsPrintedIsTheSpecAlone() async throws {
    let world = try await World()
    let secret = "/up?token=ghp_0123456789abcdefghijABCDEFGHIJ012345"
    try await world.addWorkload(
      "w1", config: World.config(#""port":3000,"healthcheck":"\#(secret)""#))
    let result = try await world.tool("plan", "export", "--workload", "w1")
    #expect(
      result.status == 0 && result.output == "version: 1\ndeploy:\n  port: 3000\n", "\(result)")
    #expect(result.error.contains("healthcheck looks like a credential"), "\(result)")
    #expect(!result.error.contains("0123456789"), "\(result)")
    let russian = try await world.tool("plan", "export", "w1", "--lang", "ru")
    #expect(russian.status == 0 && !russian.error.contains("looks like"), "\(russian)")
  }

  @Test(
    arguments: [
      (["nobody"], 2, "there is no workload"), ([], 2, "no workload is named"),
      (["image"], 2, "GitOps serves dockerfile and static sources"),
      (["broken"], 2, "cannot be used"), (["--all"], 2, "workloads are selected"),
      (["--all", "w1"], 2, "--all takes"),
      (["w1", "--field", "port"], 2, "--field adds"), (["w1", "--force"], 2, "--force replaces"),
      (["w1", "--update", "x", "--into", "y"], 2, "use one"),
      (["w1", "--update", "gone.yml"], 2, "gone.yml"),
      (["w1", "--update", "x", "--field", "prt"], 2, "did you mean port"),
    ] as [([String], Int, String)])
  func whatGoesWrongIsSaid(_ words: [String], _ status: Int, _ message: String) async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.addWorkload("image", source: "image")
    try await world.addWorkload("broken", config: "{")
    let result = try await world.tool("plan", arguments: ["export"] + words)
    #expect(
      result.status == status && result.error.contains(message) && result.output.isEmpty,
      "\(result)")
  }

  /// What a runner would take for a command is written so that it is none, and read as it is.
  @Test(arguments: ["/a##[group]b", "/##vso[x]", "/#", "/##", "/::x", "/a'\"##[error]"])
  func whatIsPrintedIsReadAsItIs(_ path: String) async throws {
    let world = try await World()
    let members: JSONValue = ["healthcheck": .string(path)]
    try await world.addWorkload("w1", config: JSONWriter.compact(members))
    let made = try await world.tool("plan", "export", "w1")
    let lint = try await run(builtTool("lint-spec"), ["--format", "json", "-"], input: made.output)
    let file = try JSONText(Array(lint.output.utf8))["files"]
    guard case .array(let files) = file else { throw TestSupportError("\(lint)") }
    #expect(lint.status == 0 && files.first?["declared"]?["healthcheck"]?.text == path, "\(made)")
    #expect(!made.output.contains("##"), "\(made)")
  }

  // MARK: --into

  @Test func allAreWrittenIntoAFolder() async throws {
    let world = try await World()
    try await world.addWorkload("w1", config: World.config(Self.live), enabled: false)
    try await world.addWorkload(
      "w2", source: "static", config: World.config(Self.live, name: "site"), path: "deploy/spec.yml"
    )
    try await world.addWorkload("image", source: "image", config: World.config(name: "other"))
    let folder = world.scratch.file("specs")
    let result = try await world.tool("plan", "export", "--all", "--into", folder)
    #expect(result.status == 0, "\(result)")
    #expect(
      result.output
        == "acme/shop/.tinyforge.yml: port, healthcheck, deploy_strategy\nacme/site/deploy/spec.yml: deploy_strategy\n"
    )
    #expect(try await mustRun("find", [folder, "-type", "f"]).split(separator: "\n").count == 2)
    let site = try readFile("\(folder)/acme/site/deploy/spec.yml")
    #expect(
      String(decoding: site, as: UTF8.self)
        == "version: 1\ndeploy:\n  deploy_strategy: blue-green\n")
    #expect(try await mustRun("stat", ["-c", "%a", "\(folder)/acme/shop/.tinyforge.yml"]) == "644")
    // Nothing is replaced without being asked for.
    try world.scratch.write("specs/acme/shop/.tinyforge.yml", "mine\n")
    let again = try await world.tool("plan", "export", "--all", "--into", folder)
    #expect(again.status == 2 && again.error.contains("--force"), "\(again)")
    #expect(try readFile("\(folder)/acme/shop/.tinyforge.yml") == Array("mine\n".utf8))
    let forced = try await world.tool("plan", "export", "--all", "--into", folder, "--force")
    #expect(forced.status == 0, "\(forced)")
    #expect(try readFile("\(folder)/acme/shop/.tinyforge.yml") != Array("mine\n".utf8))
    #expect(try await mustRun("find", [folder, "-name", ".tinyforge-*"]).isEmpty)
  }

  /// Names of the database lead nowhere else, whatever they hold.
  @Test(arguments: [
    ("..", "shop", ".tinyforge.yml"), ("acme", "..", ".tinyforge.yml"),
    ("a/../../..", "shop", ".tinyforge.yml"),
    ("/etc", "shop", ".tinyforge.yml"), ("acme", "shop", "../../../x.yml"),
    ("acme", "shop", "/etc/x.yml"),
    ("acme", "", ".tinyforge.yml"), ("acme", "shop", ""), ("acme", ".git", "hooks"),
    ("acme", "shop", ".GIT/config"),
    ("acme", "a\u{1B}]0;x\u{7}", ".tinyforge.yml"), ("link", "shop", ".tinyforge.yml"),
    ("acme", "link", ".tinyforge.yml"),
    ("acme", "shop", "link/x.yml"), (".", "shop", ".tinyforge.yml"),
    ("acme", "shop/\u{301}..", "../x.yml"),
  ])
  func noNameLeavesTheFolder(_ owner: String, _ name: String, _ path: String) async throws {
    let world = try await World()
    let members: JSONValue = ["repo_owner": .string(owner), "repo_name": .string(name), "port": 1]
    try await world.addWorkload("w1", config: JSONWriter.compact(members), path: path)
    try await world.addWorkload("w2", config: World.config(name: "sound"))
    let folder = try world.scratch.folder("specs")
    let outside = try world.scratch.folder("outside/shop")
    try world.scratch.folder("specs/acme/shop/x")
    for link in ["link", "acme/link", "acme/shop/link"] {
      try await mustRun("ln", ["-sfn", world.scratch.file("outside"), "\(folder)/\(link)"])
    }
    // SQLite makes its log beside the database.
    let others = [
      world.scratch.path, "-not", "-path", "*/specs/*", "-not", "-name", "tinyforge.db*",
    ]
    let before = try await mustRun("find", others)
    let result = try await world.tool("plan", "export", "--all", "--into", folder, "--force")
    #expect(result.status == 2, "\(result)")
    #expect(!(result.output + result.error).unicodeScalars.contains("\u{1B}"))
    // The rest is written.
    #expect(result.output == "acme/sound/.tinyforge.yml: port\n", "\(result)")
    #expect(
      try await mustRun("find", others) == before)
    #expect(try await mustRun("find", [outside, "-type", "f"]).isEmpty)
  }

  @Test func twoWorkloadsOfOnePlaceAreRefused() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    try await world.addWorkload("w2")
    try await world.addWorkload("w3", config: World.config(name: "other"))
    let folder = world.scratch.file("specs")
    let result = try await world.tool("plan", "export", "--all", "--into", folder)
    #expect(result.status == 2 && result.output == "acme/other/.tinyforge.yml: port\n", "\(result)")
    #expect(result.error.contains("w1 and w2") && result.error.contains("w2 and w1"), "\(result)")
    #expect(access("\(folder)/acme/shop/.tinyforge.yml", F_OK) != 0)
  }

  /// Neither of two is written that only a forge or a file system takes for one, or that a folder cannot hold both of.
  @Test(
    arguments: [
      ("shop", "Shop", ".tinyforge.yml", ".tinyforge.yml", "that differ in case alone"),
      ("shop", "shop", "a/spec.yml", "A/Spec.yml", "that differ in case alone"),
      ("shop", "shop", "a/b", "a/b/.tinyforge.yml", "acme/shop/a/b would be a file and a folder"),
      ("shop", "shop", "a/b/c/x.yml", "a/b", "acme/shop/a/b would be a file and a folder"),
      ("shop", "Shop", "a", "A/x.yml", "would be a file and a folder"),
    ], [[], ["--force"]])
  func placesThatExcludeEachOther(
    _ places: (String, String, String, String, String), _ options: [String]
  ) async throws {
    let (name, other, path, otherPath, words) = places
    let world = try await World()
    try await world.addWorkload("w1", config: World.config(Self.live, name: name), path: path)
    try await world.addWorkload("w2", config: World.config(name: other), path: otherPath)
    try await world.addWorkload("w3", config: World.config(name: "sound"))
    let folder = world.scratch.file("specs")
    let result = try await world.tool(
      "plan", arguments: ["export", "--all", "--into", folder] + options)
    #expect(result.status == 2 && result.output == "acme/sound/.tinyforge.yml: port\n", "\(result)")
    #expect(result.error.ranges(of: words).count == 2, "\(result.error)")
    #expect(result.error.ranges(of: "; neither is written").count == 2, "\(result.error)")
    let files = try await mustRun("find", [folder, "-type", "f"])
    #expect(files == "\(folder)/acme/sound/.tinyforge.yml", "\(files)")
    let russian = try await world.tool(
      "plan", arguments: ["export", "--all", "--into", folder, "--lang", "ru"] + options)
    #expect(!russian.error.contains("neither"), "\(russian.error)")
    // What the message says to do.
    for id in ["w1", "w2"] {
      #expect(result.error.contains("plan export \(id)"))
      #expect(try await world.tool("plan", "export", id).output.hasPrefix("version: 1\n"))
    }
  }

  /// A file of others where a folder is needed, and a folder where a file is: neither is removed.
  @Test(arguments: [[], ["--force"]])
  func whatIsInTheWayStays(_ options: [String]) async throws {
    let world = try await World()
    try await world.addWorkload("w1", path: "a/b/.tinyforge.yml")
    try await world.addWorkload("w2", config: World.config(name: "other"), path: "a/b")
    let folder = world.scratch.file("specs")
    try world.scratch.folder("specs/acme/other/a/b")
    try world.scratch.folder("specs/acme/shop/a")
    try world.scratch.write("specs/acme/shop/a/b", "mine\n")
    let result = try await world.tool(
      "plan", arguments: ["export", "--all", "--into", folder] + options)
    #expect(result.status == 2 && result.output.isEmpty, "\(result)")
    #expect(result.error.contains("b is not a folder") && result.error.contains("acme/other/a/b"))
    #expect(try readFile("\(folder)/acme/shop/a/b") == Array("mine\n".utf8))
    #expect(try await mustRun("find", [folder, "-type", "f"]) == "\(folder)/acme/shop/a/b")
  }

  // MARK: --update

  @Test func editsOfThePanelAreTakenBack() async throws {
    let spec =
      "# ours\nversion: 1\ndeploy:\n  port:   8080   # the app's\n  healthcheck: '/healthz'\n"
    let world = try await World(spec: spec)
    try await world.addWorkload("w1", config: World.config(Self.live))
    let file = "\(world.repository)/.tinyforge.yml"
    let result = try await world.tool("plan", "export", "w1", "--repo", world.repository)
    #expect(result.status == 0, "\(result)")
    #expect(result.output == "\(file): port 8080 → 3000\n\(file): healthcheck /healthz → /up\n")
    let expected =
      "# ours\nversion: 1\ndeploy:\n  port:   3000   # the app's\n  healthcheck: '/up'\n"
    #expect(String(decoding: try readFile(file), as: UTF8.self) == expected)
    // Once more: nothing to do, and the file stays the same one.
    let inode = try await mustRun("stat", ["-c", "%i", file])
    let again = try await world.tool("plan", "export", "w1", "--update", file)
    #expect(
      again.status == 0 && again.output.isEmpty && again.error.contains("already"), "\(again)")
    #expect(try await mustRun("stat", ["-c", "%i", file]) == inode)
    let added = try await world.tool(
      "plan", "export", "w1", "--update", file, "--field", "deploy_strategy")
    #expect(
      added.status == 0 && added.output == "\(file): deploy_strategy blue-green\n", "\(added)")
    #expect(
      String(decoding: try readFile(file), as: UTF8.self) == expected
        + "  deploy_strategy: blue-green\n")
    try await world.push(String(decoding: try readFile(file), as: UTF8.self))
    #expect(try await world.tool("drift", "--workload", "w1").status == 0)
  }

  @Test func whatCannotBeEditedAloneIsRefused() async throws {
    let spec = "~: &base {port: 8080}\nversion: 1\ndeploy:\n  <<: *base\n"
    let world = try await World(spec: spec)
    try await world.addWorkload("w1")
    let file = "\(world.repository)/.tinyforge.yml"
    let result = try await world.tool("plan", "export", "w1", "--update", file)
    #expect(
      result.status == 1 && result.error.contains("\(file):1:17: port cannot be changed alone"),
      "\(result)")
    #expect(result.error.contains("write `port: 3000` under `deploy`"), "\(result)")
    #expect(String(decoding: try readFile(file), as: UTF8.self) == spec)
  }
}
