import TestSupport
import Testing
import TinyforgeCore

/// Which forge gets a token that does not name its own.
@Suite(.ownTime, .hangLimit) struct TokenTargetTests {
  /// The variables of a pipeline on that forge.
  private static func pipeline(_ kind: String, _ address: String) -> [String: String] {
    switch kind {
    case "gitlab": ["GITLAB_CI": "true", "CI_SERVER_URL": address]
    case "gitlab by API": ["GITLAB_CI": "true", "CI_API_V4_URL": "\(address)/api/v4"]
    case "gitea": ["GITEA_ACTIONS": "true", "GITHUB_SERVER_URL": address]
    case "forgejo": ["FORGEJO_ACTIONS": "true", "GITHUB_SERVER_URL": "\(address)/git/"]
    default: ["GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": address]
    }
  }

  private static func isShown(_ server: ForgeServer) throws -> Bool {
    try server.log().contains { entry in
      entry.headers.values.contains { $0.contains(ForgeWorld.token) }
    }
  }

  /// A workload that somebody moved to another forge never receives it.
  @Test(arguments: ["github", "gitea", "forgejo", "gitlab", "gitlab by API"])
  func aPipelinesTokenStaysWithItsForge(_ kind: String) async throws {
    let world = try await World()
    let forge = ForgeWorld.forge("gitea", [("acme/shop", world.repository)])
    try await ForgeServer.run(forge) { own in
      try await ForgeServer.run(forge) { other in
        let variables = Self.pipeline(kind, own.address)
          .merging(["TINYFORGE_TOKEN": ForgeWorld.token]) { $1 }
        try await world.addWorkload("away", config: ForgeWorld.config("gitea", other.address))
        let alone = try ToldWorkload.all(try await world.fetch(environment: variables))
        #expect(alone["away"]?.status == "fetch_failed")
        // In text form, the remedy says how to address it.
        let text = try await world.fetch("drift", "text", environment: variables)
        #expect(text.output.contains("is for \(own.address), where this run belongs"), "\(text)")
        #expect(text.output.contains("`\(other.address) TOKEN`"))
        try await world.addWorkload("here", config: ForgeWorld.config("gitea", own.address))
        let both = try ToldWorkload.all(try await world.fetch(environment: variables))
        #expect(both["here"]?.status == "ok" && both["away"]?.status == "fetch_failed")
        #expect(try Self.isShown(own) && !Self.isShown(other))
        // Written with its forge it goes there, from any pipeline.
        let addressed = variables.merging([
          "TINYFORGE_TOKEN": "\(other.address) \(ForgeWorld.token)"
        ]) { $1 }
        #expect(
          try ToldWorkload.all(try await world.fetch(environment: addressed))["away"]?.status
            == "ok")
      }
    }
  }

  /// A pipeline that does not say where it runs has no forge of its own.
  @Test(arguments: [["GITHUB_ACTIONS": "true"], ["GITLAB_CI": "true"]])
  func aPipelineOfNoForge(_ variables: [String: String]) async throws {
    let world = try await World()
    let forge = ForgeWorld.forge("gitea", [("acme/shop", world.repository)])
    try await ForgeServer.run(forge) { server in
      try await world.addWorkload("w1", config: ForgeWorld.config("gitea", server.address))
      let result = try await world.fetch(
        "drift", "text",
        environment: variables.merging(["TINYFORGE_TOKEN": ForgeWorld.token]) { $1 })
      #expect(result.output.contains("`\(server.address) TOKEN`"), "\(result)")
      #expect(try !Self.isShown(server))
    }
  }

  /// Outside of a pipeline: the only forge, and that in a network that the admin named.
  ///
  /// Here a
  /// public address is played in a network of its own, which takes root.
  @Test func onAWorkstationAPublicForgeIsNamed() async throws {
    guard try await mustRun("id", ["-u"]) == "0" else { return }
    let world = try await World()
    let (certificate, key) = try await ForgeWorld.certificate(in: world.scratch)
    let config = try world.scratch.write(
      "forge.json", ForgeWorld.forge("gitea", [("acme/shop", world.repository)]))
    try await world.addWorkload(
      "w1", config: ForgeWorld.config("gitea", "https://forge.test:8443"))
    let script = """
      set -e
      ip link set lo up; ip addr add 8.8.8.8/32 dev lo
      mkfifo input
      python3 "$1" "$2" --host 8.8.8.8 --port 8443 --certificate "$3" --key "$4" --log log <input >ready &
      exec 9>input
      until grep -q listening ready; do sleep 0.1; done
      status=0
      "$5" --all --fetch http --no-cache --ca-file "$3" --resolve forge.test:8443:8.8.8.8 || status=$?
      exec 9>&-
      wait
      exit "$status"
      """
    func drift(_ token: String, _ more: [String: String] = [:]) async throws -> CommandResult {
      let folder = try world.scratch.folder("run")
      try await mustRun("sh", ["-c", "rm -f run/*"], in: world.scratch.path)
      return try await run(
        "unshare",
        [
          "-n", "bash", "-c", script, "-", projectFile("Tests/Peers/forge-server.py"), config,
          certificate, key, builtTool("drift"),
        ], in: folder,
        environment: ["TINYFORGE_DB": world.database, "TINYFORGE_TOKEN": token].merging(more) { $1 }
      )
    }
    let withheld = try await drift(ForgeWorld.token)
    #expect(withheld.status == 2, "\(withheld)")
    #expect(withheld.output.contains("names no forge, so it is not sent to this one"))
    let log = String(decoding: try readFile(world.scratch.file("run/log")), as: UTF8.self)
    #expect(!log.isEmpty && !log.contains(ForgeWorld.token))
    for (token, more) in [
      ("https://forge.test:8443 \(ForgeWorld.token)", [:]),
      (ForgeWorld.token, ["TINYFORGE_ALLOW_NETWORK": "8.8.8.0/24"]),
    ] {
      #expect(try await drift(token, more).status == 1)
    }
  }

  /// An address alone is a slip, and never sent as a token.
  @Test func anAddressIsNoToken() async throws {
    let world = try await World()
    try await world.addWorkload("w1")
    let result = try await world.fetch(environment: ["TINYFORGE_TOKEN": "https://git.example "])
    #expect(
      result.status == 2 && result.error.contains("is an address without its token"), "\(result)")
  }
}
