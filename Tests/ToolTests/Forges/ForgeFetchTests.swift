import TestSupport
import Testing
import TinyforgeCore

/// Specs read from forges, by the built tools and against a server on loopback.
@Suite(.ownTime, .hangLimit) struct ForgeFetchTests {
  /// The right file at the right commit, and the same drift as from a local repository.
  @Test(arguments: [
    ("gitea", "acme"), ("github", "acme"), ("gitlab", "acme"), ("gitlab", "acme/sub group/größe"),
  ])
  func readsBranchAndPath(_ kind: String, _ owner: String) async throws {
    let world = try await World()
    try await git("checkout", "-qb", "feature/größe", in: world.repository)
    try world.scratch.write("source/deploy dir/spéc 1.yml", "version: 1\ndeploy: {port: 9090}\n")
    try await git("add", ".", in: world.repository)
    try await git("commit", "-qm", "Add deploy dir\n\nmore", in: world.repository)
    let commit = try await git("rev-parse", "HEAD", in: world.repository)
    let forge = ForgeWorld.forge(kind, [("\(owner)/shop", world.repository)])
    try await ForgeServer.run(forge) { server in
      try await world.addWorkload(
        "w1",
        config: ForgeWorld.config(kind, server.address, owner: owner, branch: "feature/größe"),
        path: "deploy dir/spéc 1.yml")
      let result = try await world.fetch()
      let told = try #require(try ToldWorkload.all(result)["w1"])
      #expect(told.status == "ok", "\(told.message)")
      #expect(told.commit == commit)
      #expect(told.json["spec"]?["origin"]?.text == "http")
      #expect(told.json["spec"]?["committed_at"]?.text == "2026-01-02T03:04:05Z")
      #expect(told.json["spec"]?["subject"]?.text == "Add deploy dir")
      #expect(
        told.json["spec"]?["repository"]?.text?.hasPrefix("\(server.address)/acme/") == true)
      let local = try await world.tool(
        "drift", "--workload", "w1", "--repo", world.repository, "--format", "json")
      let other = try #require(try ToldWorkload.all(local)["w1"])
      #expect(told.json["spec"]?["raw"] == other.json["spec"]?["raw"])
      #expect(told.json["spec"]?["committed_at"] == other.json["spec"]?["committed_at"])
      #expect(told.json["managed_fields"] == other.json["managed_fields"])
      #expect(result.status == 1)
      try await expectSchema("drift", result.output)
      let text = try await world.fetch("plan", "text")
      #expect(text.output.contains("in \(server.address)/acme/"))
    }
  }

  @Test(arguments: ["gitea", "github", "gitlab"])
  func defaultBranchAbsenceAndRevisions(_ kind: String) async throws {
    let world = try await World()
    let first = try await git("rev-parse", "HEAD", in: world.repository)
    try await git("tag", "v1", in: world.repository)
    try await git("branch", "-m", "main", "trunk", in: world.repository)
    try world.scratch.write("source/.tinyforge.yml", "version: 1\ndeploy: {port: 3000}\n")
    try await git("commit", "-qam", "Change the spec", in: world.repository)
    let second = try await git("rev-parse", "HEAD", in: world.repository)
    let empty = try world.scratch.folder("empty")
    try await git("init", "-q", in: empty)
    let forge = ForgeWorld.forge(
      kind, [("acme/shop", world.repository), ("acme/empty", empty)])
    try await ForgeServer.run(forge) { server in
      func add(_ id: String, _ name: String, branch: String?, path: String = ".tinyforge.yml")
        async throws
      {
        try await world.addWorkload(
          id, config: ForgeWorld.config(kind, server.address, name: name, branch: branch),
          path: path)
      }
      try await add("default", "shop", branch: nil)
      try await add("nofile", "shop", branch: "trunk", path: "other.yml")
      try await add("nobranch", "shop", branch: "gone")
      try await add("norepo", "gone", branch: "main")
      try await add("empty", "empty", branch: nil)
      let result = try await world.fetch()
      let told = try ToldWorkload.all(result)
      #expect(told["default"]?.commit == second && told["default"]?.status == "ok")
      #expect(told["nofile"]?.status == "no_file")
      #expect(told["nofile"]?.message.contains("there is no other.yml in") == true)
      #expect(told["empty"]?.status == "no_file")
      #expect(told["empty"]?.message.contains("no commits yet") == true)
      #expect(told["nobranch"]?.status == "fetch_failed")
      #expect(told["nobranch"]?.message.contains("there is no branch gone") == true)
      #expect(told["norepo"]?.status == "fetch_failed")
      #expect(told["norepo"]?.message.contains("no repository acme/gone") == true)
      #expect(result.status == 2)
      for revision in ["v1", first] {
        let old = try await world.fetch("drift", "json", ["--rev", revision])
        #expect(try ToldWorkload.all(old)["default"]?.commit == first)
      }
      // From the forge as well, a revert puts back the spec of a commit.
      for revision in ["v1", first] {
        let back = try await world.tool(
          "apply", "revert", "default", "--to-commit", revision, "--fetch", "http", "--yes",
          "--format", "json",
          environment: [
            "TINYFORGE_TOKEN": ForgeWorld.token, "TINYFORGE_ALLOW_NETWORK": "127.0.0.0/8",
            "XDG_CACHE_HOME": world.scratch.path,
          ])
        #expect(back.status == 0, "\(back.output)\(back.error)")
        #expect(back.output.contains("\"to_commit\": \"\(first)\""), "\(back.output)")
        try await expectSchema("revert", back.output)
      }
      // Without a token a private repository looks as if it were not there.
      let anonymous = try ToldWorkload.all(try await world.fetch(environment: [:]))
      #expect(anonymous["default"]?.status == "fetch_failed")
      #expect(anonymous["default"]?.message.contains("TINYFORGE_TOKEN") == true)
    }
  }

  /// A tag with a branch's name is never read for it, as git itself would.
  @Test(arguments: ["gitea", "github", "gitlab"])
  func branchesAreNoTags(_ kind: String) async throws {
    let world = try await World()
    try await git("tag", "main", in: world.repository)
    try await git("tag", "only", in: world.repository)
    let old = try await git("rev-parse", "HEAD", in: world.repository)
    try world.scratch.write("source/.tinyforge.yml", "version: 1\ndeploy: {port: 3000}\n")
    try await git("commit", "-qam", "Change the spec", in: world.repository)
    let new = try await git("rev-parse", "HEAD", in: world.repository)
    let others = [new, String(new.prefix(8)), "main~1", "heads/main", "refs/tags/main", "@"]
    // What only plays a forge may know bare names alone.
    for (more, expected) in [("", new), (#","bare":true"#, kind == "gitea" ? new : old)] {
      let forge = ForgeWorld.forge(kind, [("acme/shop", world.repository)], more: more)
      try await ForgeServer.run(forge) { server in
        try await world.sql("DELETE FROM workloads")
        try await world.addWorkload("w1", config: ForgeWorld.config(kind, server.address))
        for name in ["only"] + others {
          try await world.addWorkload(
            name, config: ForgeWorld.config(kind, server.address, branch: name))
        }
        let told = try ToldWorkload.all(try await world.fetch("drift", "json", ["--no-cache"]))
        #expect(told["w1"]?.commit == expected, "\(more)")
        if more.isEmpty {
          for name in ["only"] + others {
            #expect(
              told[name]?.message.contains("there is no branch \(name)") == true,
              "\(name): \(told[name]?.message ?? "")")
          }
        }
      }
    }
  }

  /// The second run costs 304s where the forge gives ETags, and tokens never share an answer.
  @Test(arguments: ["gitea", "github", "gitlab"])
  func answersAreKept(_ kind: String) async throws {
    let world = try await World()
    let forge = ForgeWorld.forge(kind, [("acme/shop", world.repository)])
    try await ForgeServer.run(forge) { server in
      try await world.addWorkload("w1", config: ForgeWorld.config(kind, server.address))
      let first = try await world.fetch()
      let asked = try server.log().count
      let second = try await world.fetch()
      let told = try #require(try ToldWorkload.all(first)["w1"]?.json)
      #expect(try ToldWorkload.all(second)["w1"]?.json == told && told["status"]?.text == "ok")
      let again = try server.log().dropFirst(asked)
      #expect(again.contains { $0.headers["if-none-match"] != nil && $0.status == "304" })
      #expect(again.allSatisfy { kind == "gitea" || $0.status == "304" }, "\(again)")
      let files = try await mustRun(
        "find", [world.scratch.file("tinyforge-gitops"), "-printf", "%y %m\n"])
      #expect(Set(files.split(separator: "\n")) == ["d 700", "f 600"])
      let other = try ToldWorkload.all(
        try await world.fetch(environment: ["TINYFORGE_TOKEN": "another-token"]))
      #expect(other["w1"]?.message.contains("refuses the token (401)") == true)
      let before = try server.log().count
      _ = try await world.fetch("drift", "json", ["--no-cache"])
      #expect(try server.log().dropFirst(before).allSatisfy { $0.headers["if-none-match"] == nil })
      // A damaged file is as good as none.
      try await mustRun(
        "find",
        [
          world.scratch.file("tinyforge-gitops"), "-type", "f", "-exec", "truncate", "-s",
          "-1", "{}", ";",
        ])
      #expect(try ToldWorkload.all(try await world.fetch())["w1"]?.json == told)
    }
  }

  @Test func tokensGoToTheirOwnForge() async throws {
    let world = try await World()
    let forge = ForgeWorld.forge("gitea", [("acme/shop", world.repository)])
    try await ForgeServer.run(forge) { one in
      try await ForgeServer.run(forge) { two in
        try await world.addWorkload("w1", config: ForgeWorld.config("gitea", one.address))
        try await world.addWorkload("w2", config: ForgeWorld.config("gitea", two.address))
        // One token and two forges: a row of the database must not be able to call for it.
        let held = try ToldWorkload.all(try await world.fetch())
        #expect(held["w1"]?.message.contains("--token-file") == true)
        #expect(try (one.log() + two.log()).allSatisfy { $0.headers["authorization"] == nil })
        let file = try world.scratch.write(
          "tokens", "# forges\n\(one.address) \(ForgeWorld.token)\n\(two.address) wrong-one\n")
        let told = try ToldWorkload.all(
          try await world.fetch("drift", "json", ["--token-file", file], environment: [:]))
        #expect(told["w1"]?.status == "ok")
        #expect(told["w2"]?.message.contains("refuses the token") == true)
        #expect(try one.log().last?.headers["authorization"] == "token \(ForgeWorld.token)")
        #expect(try two.log().last?.headers["authorization"] == "token wrong-one")
      }
    }
  }

  /// The workloads that are read do not decide which forges a fleet has.
  @Test func aTokenDoesNotFollowAPart() async throws {
    let world = try await World()
    let forge = ForgeWorld.forge("gitea", [("acme/shop", world.repository)])
    try await ForgeServer.run(forge) { server in
      try await world.addWorkload("w1", config: ForgeWorld.config("gitea", server.address))
      try await world.addWorkload("w2", config: ForgeWorld.config("gitea", "http://127.0.0.1:9"))
      for part in [["--name", "w1"], ["--shard", "1/2"], ["--shard", "2/2"]] {
        _ = try await world.fetch("drift", "json", part)
      }
      #expect(try !server.log().isEmpty)
      #expect(try server.log().allSatisfy { $0.headers["authorization"] == nil })
      let blank = try await world.fetch(environment: ["TINYFORGE_TOKEN": " "])
      #expect(blank.status == 2 && blank.error.contains("TINYFORGE_TOKEN holds no token"))
      // Written down with its forge it goes there, from the environment too.
      let variables = ["TINYFORGE_TOKEN": "\(server.address) \(ForgeWorld.token)"]
      let told = try ToldWorkload.all(
        try await world.fetch("drift", "json", ["--name", "w1"], environment: variables))
      #expect(told["w1"]?.status == "ok", "\(told)")
    }
  }

  @Test func theDatabaseHoldsTokens() async throws {
    let world = try await World()
    let folder = projectFile("Tests/Peers/seal-token")
    let sealed = try await mustRun(
      "go", ["run", "main.go", "the key", ForgeWorld.token], in: folder,
      environment: [
        "GO111MODULE": "off", "GOCACHE": world.scratch.file("go"), "GOFLAGS": "",
        "HOME": world.scratch.path,
      ]
    ).split(separator: "\n")[0]
    let forge = ForgeWorld.forge("gitlab", [("acme/shop", world.repository)])
    try await ForgeServer.run(forge) { server in
      try await world.addWorkload(
        "w1",
        config: ForgeWorld.config(
          "gitlab", server.address, more: #","access_token":"\#(sealed)""#))
      func message(_ variables: [String: String]) async throws -> String? {
        try ToldWorkload.all(try await world.fetch(environment: variables))["w1"]?.message
      }
      #expect(try await message(["ENCRYPTION_KEY": "the key"]) == "")
      #expect(
        try await message(["ENCRYPTION_KEY": "other"])?.contains("cannot be decrypted") == true)
      #expect(try await message([:])?.contains("set ENCRYPTION_KEY") == true)
      let doctor = try await run(
        builtTool("plan"), ["doctor", "--fetch", "http", "--format", "json"],
        environment: ["TINYFORGE_DB": world.database, "ENCRYPTION_KEY": "other"])
      #expect(doctor.output.contains("cannot be decrypted"))
    }
  }

  /// A local repository comes first, and the failure names both places.
  @Test func autoPrefersWhatIsAtHand() async throws {
    let world = try await World()
    try await ForgeServer.run(#"{"forge":"gitea"}"#) { server in
      try await world.addWorkload("here", config: ForgeWorld.config("gitea", server.address))
      let result = try await world.tool("drift", "--all", "--format", "json")
      #expect(try ToldWorkload.all(result)["here"]?.json["spec"]?["origin"]?.text == "commit")
      #expect(try server.log().isEmpty)
      try await world.addWorkload(
        "gone", config: ForgeWorld.config("gitea", server.address, name: "gone"))
      let local = try await world.tool("drift", "--all", "--fetch", "local", "--format", "json")
      #expect(
        try ToldWorkload.all(local)["gone"]?.message.hasPrefix("no clone or mirror") == true)
      let both = try await world.tool(
        "drift", "--all", "--allow-network", "127.0.0.1", "--format", "json")
      let message = try ToldWorkload.all(both)["gone"]?.message
      #expect(message?.contains("no clone or mirror of acme/gone") == true)
      #expect(message?.contains("(404)") == true)
    }
  }

  /// Applied from a forge: the commit is recorded, and a second run has nothing to do.
  @Test func appliesFromAForge() async throws {
    let world = try await World()
    let commit = try await git("rev-parse", "HEAD", in: world.repository)
    let forge = ForgeWorld.forge("github", [("acme/shop", world.repository)])
    try await ForgeServer.run(forge) { server in
      try await world.addWorkload("w1", config: ForgeWorld.config("github", server.address))
      let applied = try await world.fetch("apply", "json", ["--yes"])
      #expect(applied.status == 0, "\(applied.error)")
      #expect(try await world.sql("SELECT gitops_commit_sha FROM workloads") == commit)
      #expect(try await world.fetch().status == 0)
    }
  }
}
