import Glibc
import TestSupport
import Testing
import TinyforgeCore

/// `plan --out` and `apply PLANFILE`: exactly what was reviewed, or nothing and the reason.
@Suite(.ownTime, .hangLimit) struct SavedPlanTests {
  /// A world whose two workloads are planned to `plan.json`.
  private func planned(_ ids: String..., config: String = World.config()) async throws -> (
    World, plan: String
  ) {
    let world = try await World()
    for id in ids { try await world.addWorkload(id, config: config) }
    let plan = world.scratch.file("plan.json")
    let result = try await world.tool("plan", "--all", "--out", plan)
    #expect(result.status == 0, "\(result.error)")
    return (world, plan)
  }

  @Test func thePlanIsPrivatePinnedAndWithoutSecrets() async throws {
    let secret = "c0ffee00c0ffee00c0ffee00c0ffee00"
    let (world, plan) = try await planned(
      "w1", config: World.config(#""port":3000,"access_token":"\#(secret)""#))
    var facts = stat()
    #expect(stat(plan, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
    let text = String(decoding: try readFile(plan), as: UTF8.self)
    try await expectSchema("plan-file", text)
    #expect(!text.contains(secret) && !text.contains("12345678901234567890"))
    let head = try await git("rev-parse", "HEAD", in: world.repository)
    let spec = try await mustRun("sha256sum", ["source/.tinyforge.yml"], in: world.scratch.path)
    #expect(text.contains(head) && text.contains("sha256:\(spec.prefix(64))"))
    let live = try await world.sql("SELECT source_config FROM workloads")
    let digest = try await mustRun("sha256sum", [], input: live)
    #expect(!text.contains("\(digest.prefix(64))"), "a guess of the live config can be confirmed")
  }

  /// Whoever has the plan cannot try guesses on it, and names inside of members count as well.
  @Test func aPlanConfirmsNoGuess() async throws {
    let members = #""port":3000,"pin":"4711","env":{"DB_PASSWORD":"abc"},"list":["API_TOKEN=abc"]"#
    let nested = #""vars":[{"name":"MY_SECRET","value":"abc"}]"#
    let (world, plan) = try await planned("w1", "w2", config: World.config("\(members),\(nested)"))
    let text = try JSONText(try readFile(plan))
    guard case .array(let workloads)? = text["workloads"] else { return }
    var digests: [String?] = []
    for workload in workloads {
      guard case .array(let list)? = workload["undeclared"] else { continue }
      for member in list where ["env", "list", "vars"].contains(member["name"]?.text) {
        #expect(member["digest"] == .null, "\(member)")
      }
      digests.append(list.first { $0["name"]?.text == "pin" }?["digest"]?.text)
    }
    let guess = try await mustRun("sh", ["-c", "printf '\"4711\"' | sha256sum | cut -c 1-64"])
    #expect(digests.count == 2 && digests[0] != digests[1], "equal values have equal digests")
    #expect(digests.allSatisfy { $0?.hasPrefix("hmac-sha256:") == true && !$0!.contains(guess) })
    // A nested secret that changed since is still noticed.
    try await world.sql(
      "UPDATE workloads SET source_config = replace(source_config, 'DB_PASSWORD\":\"abc', "
        + "'DB_PASSWORD\":\"xyz') WHERE id = 'w2'")
    let stale = try await world.tool("apply", plan, "--keep-going")
    #expect(stale.status == 4 && stale.output.contains("changed since, in env"), "\(stale)")
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "1")
  }

  /// The key is the database owner's alone; without it a plan neither fits nor is saved.
  @Test(.enabled(if: geteuid() == 0)) func theKeyIsPrivate() async throws {
    let (world, plan) = try await planned("w1")
    let key = "\(world.database).gitops-locks/plan.key"
    #expect(try await mustRun("stat", ["-c", "%a %s", key]) == "600 32")
    try await mustRun("cp", [builtTool("plan"), world.scratch.file("plan")])
    try await mustRun("chmod", ["755", world.scratch.path])
    let reader = try await run(
      "setpriv",
      [
        "--reuid=12345", "--clear-groups", world.scratch.file("plan"), "--all", "--out",
        "/tmp/never-\(getpid()).json",
      ],
      environment: ["TINYFORGE_DB": world.database, "TINYFORGE_MIRRORS": world.mirrors])
    #expect(reader.status == 2 && reader.error.contains("the key beside the database's locks"))
    try await mustRun("rm", [key])
    let other = try await world.tool("apply", plan)
    #expect(other.status == 4 && other.error.contains("key of this database's plans"), "\(other)")
    _ = try await world.tool("plan", "--all", "--out", world.scratch.file("new.json"))
    #expect(try await world.tool("apply", plan).status == 4)
    #expect(try await world.tool("apply", world.scratch.file("new.json")).status == 0)
  }

  /// A plan of an older version, whose digests have no key.
  @Test func aPlanWithoutKeyIsStale() async throws {
    let (world, plan) = try await planned("w1")
    let forge = """
      import hashlib, re, sys
      text = re.sub('  "key_id": "[^"]*",\\n', '', open(sys.argv[1]).read())
      head, tail = re.split('"sha256:[0-9a-f]{64}"(?=\\n}\\n$)', text)
      digest = hashlib.sha256((head + tail).encode()).hexdigest()
      open(sys.argv[1], 'w').write(f'{head}"sha256:{digest}"{tail}')
      """
    try await mustRun("/usr/bin/python3", ["-c", forge, plan])
    let result = try await world.tool("apply", plan)
    #expect(result.status == 4 && result.error.contains("older version"), "\(result)")
  }

  /// The commit is pinned: what was pushed since is not applied.
  @Test func exactlyThePlanIsApplied() async throws {
    let (world, plan) = try await planned("w1", "w2")
    let head = try await git("rev-parse", "HEAD", in: world.repository)
    try await world.push("version: 1\ndeploy: {port: 9999}\n")
    let result = try await world.tool("apply", plan, "--format", "json")
    #expect(result.status == 0, "\(result.output)\(result.error)")
    try await expectSchema("apply", result.output)
    let rows = try await world.sql(
      "SELECT DISTINCT json_extract(source_config, '$.port'), gitops_commit_sha FROM workloads")
    #expect(rows == "8080|\(head)")
    // What is as planned already counts as done.
    let before = try await world.sql(".dump")
    let again = try await world.tool("apply", plan)
    #expect(again.status == 0 && again.output.contains("2 unchanged"))
    #expect(try await world.sql(".dump") == before)
  }

  /// What changed since, in SQL, and how it is reported.
  @Test(arguments: [
    (
      "source_config = replace(source_config, '3000', '4000')",
      "port was 3000 at planning and is 4000 now, changed outside of GitOps"
    ),
    (
      "source_config = replace(source_config, '12345678901234567890', '5')",
      "memory, which the spec does not declare, was changed since"
    ),
    (
      "source_config = replace(source_config, ',\"memory\":12345678901234567890', '')",
      "memory, which the spec does not declare, was removed since"
    ),
    (
      "source_config = replace(source_config, '}', ',\"healthcheck\":\"/x\"}')",
      "healthcheck was unset at planning and is \"/x\" now"
    ),
    ("gitops_enabled = 0", "no longer opted in"),
    ("gitops_path = 'b.yml'", "gitops_path was .tinyforge.yml at planning and is b.yml now"),
    ("source_kind = 'static'", "source_kind was dockerfile"),
  ])
  func whatMovedIsTold(_ change: String, _ words: String) async throws {
    let (world, plan) = try await planned("w1")
    try await world.sql("UPDATE workloads SET \(change)")
    let before = try await world.sql(".dump")
    for option in ["--atomic", "--dry-run", "--quiet"] {
      let result = try await world.tool("apply", plan, option)
      #expect(result.status == 4 && result.output.contains(words), "\(result.output)")
    }
    #expect(try await world.sql(".dump") == before)
  }

  /// A field that the planned spec does not declare is part of what was reviewed, as any member is.
  @Test func aFieldThatIsNotPlannedMovesToo() async throws {
    let world = try await World(spec: "version: 1\ndeploy: {deploy_strategy: blue-green}\n")
    try await world.addWorkload("w1")
    let plan = world.scratch.file("plan.json")
    _ = try await world.tool("plan", "--all", "--out", plan)
    try await world.sql(
      "UPDATE workloads SET source_config = replace(source_config, '3000', '4000')")
    let before = try await world.sql(".dump")
    let result = try await world.tool("apply", plan)
    #expect(result.status == 4, "\(result.output)\(result.error)")
    #expect(result.output.contains("port, which the spec does not declare, was changed since"))
    #expect(try await world.sql(".dump") == before)
  }

  /// Another sync in between is named with its row of the log.
  @Test func theAuditRowThatMovedAFieldIsNamed() async throws {
    let (world, plan) = try await planned("w1")
    try await world.push("version: 1\ndeploy: {port: 7000}\n")
    #expect(try await world.tool("apply", "--all", "--yes", "--actor", "ann").status == 0)
    let result = try await world.tool("apply", plan)
    #expect(result.status == 4)
    #expect(
      result.output.contains(
        "port was 3000 at planning and is 7000 now, set by event 1, the sync of ann"),
      "\(result.output)")
  }

  @Test func aWorkloadThatIsGoneMovesToo() async throws {
    let (world, plan) = try await planned("w1", "w2")
    try await world.sql("DELETE FROM workloads WHERE id = 'w2'")
    for option in ["--atomic", "--dry-run", "--keep-going"] {
      let result = try await world.tool("apply", plan, option)
      #expect(result.status == 4, "\(option): \(result.output)\(result.error)")
      #expect(result.output.contains("no longer fits: the workload is no longer in the database"))
    }
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "1")
  }

  /// So is the one that opted the workload out, or moved its path.
  @Test func theAuditRowOfAnOptInIsNamed() async throws {
    let (world, plan) = try await planned("w1")
    _ = try await world.tool("apply", "enable", "w1", "--path", "b.yml", "--actor", "ann")
    let moved = try await world.tool("apply", plan)
    #expect(moved.output.contains("is b.yml now, by event 1, the enable of ann at"))
    _ = try await world.tool("apply", "disable", "w1", "--actor", "bob")
    let out = try await world.tool("apply", plan)
    #expect(out.output.contains("opted in to GitOps, by event 2, the disable of bob at"))
  }

  /// One workload is stale: the others are applied, unless all of it is to be one.
  @Test func oneByOneOrAllAtOnce() async throws {
    let (world, plan) = try await planned("a", "b", "c")
    try await world.sql("UPDATE workloads SET gitops_enabled = 0 WHERE id = 'b'")
    let atomic = try await world.tool("apply", plan, "--atomic", "--format", "json")
    #expect(atomic.status == 4)
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "0")
    let stopped = try await world.tool("apply", plan)
    #expect(stopped.status == 4 && stopped.error.contains("1 of 3 workloads was not tried"))
    let json = try await world.tool(
      "apply", "--workload", "b", "--workload", "c", "--yes", "--format", "json")
    try await expectSchema("apply", json.output)
    let summary = try JSONText(Array(json.output.utf8))["summary"]
    #expect(summary?["refused"] == .integer(1) && summary?["untried"] == .integer(1))
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "1")
    let whole = try await world.tool("apply", plan, "--keep-going")
    #expect(whole.status == 4)
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "2")
  }

  @Test func atomicWritesAllInOneTransaction() async throws {
    let (world, plan) = try await planned("a", "b", "c")
    try await world.sql(
      "CREATE TRIGGER t BEFORE UPDATE ON workloads WHEN old.id = 'c' BEGIN SELECT raise(ABORT, 'no'); END"
    )
    #expect(try await world.tool("apply", plan, "--atomic").status == 2)
    #expect(try await world.sql("SELECT count(*) FROM event_log") == "0")
    try await world.sql("DROP TRIGGER t")
    let result = try await world.tool("apply", plan, "--atomic")
    #expect(result.status == 0 && result.output.contains("3 applied"), "\(result.output)")
    #expect(try await world.sql("SELECT group_concat(id) FROM event_log") == "1,2,3")
  }
}
